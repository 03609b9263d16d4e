#include "field_equation.hpp"

#include "cycle_errors.hpp"
#include "range.hpp"
#include "saturation.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace paget::fields
{
namespace
{
using petsc::check;
using petsc::ReadView;
using petsc::WriteView;

/// Newton's method squares its error; one that has not arrived by then never will.
constexpr int most_newton_steps = 60;
} // namespace

FieldEquation::FieldEquation(const mesh::Partition& partition, const parallel::Communicator& comm,
                             const Substance& substance, const std::string& options_prefix)
    : substance_(substance),
      prefix_(options_prefix),
      stencil_(partition, comm, substance),
      sums_(partition.grid(), stencil_.box(), comm),
      matrix_(stencil_, sums_),
      solver_(matrix_, sums_, options_prefix, substance.tolerance),
      values_(matrix_.vector()),
      rhs_(matrix_.vector()),
      change_(matrix_.vector())
{
    check(VecSet(values_.get(), substance.initial));
}

void FieldEquation::set_reaction(const Reaction& reaction)
{
    const auto voxels = static_cast<std::size_t>(stencil_.box().volume());
    const auto saturating = reaction.saturating_loss_per_min;
    ensure(reaction.loss_per_min.size() == voxels && reaction.gain_per_min.size() == voxels &&
               (saturating.empty() || saturating.size() == voxels),
           "a reaction does not match the voxels of this rank");
    ensure(saturating.empty() || substance_.half_saturation > 0.0,
           "a saturating loss of a substance without a half-saturation");
    std::array<double, 3> least{least_of(reaction.loss_per_min), least_of(reaction.gain_per_min),
                                saturating.empty() ? 0.0 : least_of(saturating)};
    comm().minimum(std::span<double>(least));
    if (!(least[0] >= 0.0) || !(least[2] >= 0.0) || !std::isfinite(least[1])) {
        throw NumericalError(
            fmt::format("{}: a loss rate is negative or a rate is not finite (least loss {}, least gain {}, least "
                        "saturating loss {}), so the field is undefined. Check the rates of uptake, secretion and "
                        "supply of this substance, and the field's values before this step",
                        prefix_, least[0], least[1], least[2]));
    }
    reaction_ = reaction;
    least_loss_ = least[0];
    least_gain_ = least[1];
}

bool FieldEquation::sources_are_positive() const
{
    return least_gain_ >= 0.0 && std::all_of(substance_.walls.begin(), substance_.walls.end(),
                                             [](const auto& wall) { return wall.value_or(0.0) >= 0.0; });
}

/// L + f'(u) + shift.
void FieldEquation::set_operator(double shift_per_min)
{
    std::span<const double> slopes = reaction_.loss_per_min;
    if (saturates()) {
        const ReadView u(values_.get());
        slope_per_min_.resize(slopes.size());
        for (std::size_t i = 0; i < slopes.size(); ++i) {
            slope_per_min_[i] = slopes[i] + saturating_slope(reaction_.saturating_loss_per_min[i],
                                                             substance_.half_saturation, u.data()[i]);
        }
        slopes = slope_per_min_;
    }
    stencil_.set_removal(substance_.decay_per_min + shift_per_min, slopes);
    solver_.coefficients_changed();
}

void FieldEquation::set_sources()
{
    const WriteView view(rhs_.get());
    std::copy(reaction_.gain_per_min.begin(), reaction_.gain_per_min.end(), view.values().begin());
    stencil_.add_wall_supply(view.data());
}

/// rhs <- g - L u - f(u) = du/dt. The operator at hand is L + f'(u) + shift.
void FieldEquation::set_rate_of_change(double shift_per_min)
{
    set_sources();
    const WriteView applied(change_.get());
    const WriteView rate(rhs_.get());
    const ReadView u(values_.get());
    stencil_.apply(u.data(), applied.data());
    for (std::size_t i = 0; i < rate.values().size(); ++i) {
        rate.data()[i] -= applied.data()[i] - shift_per_min * u.data()[i];
    }
    if (saturates()) {
        const double half = substance_.half_saturation;
        for (std::size_t i = 0; i < rate.values().size(); ++i) {
            const double s = reaction_.saturating_loss_per_min[i];
            rate.data()[i] +=
                saturating_slope(s, half, u.data()[i]) * u.data()[i] - saturating_loss(s, half, u.data()[i]);
        }
    }
}

void FieldEquation::require_steady_state() const
{
    bool held = false;
    for (std::size_t side = 0; side < 6; ++side) {
        held = held || stencil_.held(side);
    }
    const auto [least, largest] = stencil_.removal_range();
    const bool exists = least > 0.0 || (substance_.diffusivity_um2_per_min > 0.0 && (largest > 0.0 || held));
    if (!exists) {
        throw NumericalError(fmt::format("{}: there is no steady state, because nothing removes the substance. Give it "
                                         "decay or a held wall, or set its start to uniform and its scheme to "
                                         "automatic",
                                         prefix_));
    }
}

void FieldEquation::solve_steady(SolveReport& report)
{
    set_operator(0.0);
    require_steady_state();
    if (saturates()) {
        set_rate_of_change(0.0);
        iterate_saturating(0.0, {}, true, report);
        return;
    }
    set_sources();
    solver_.solve(rhs_.get(), values_.get(), true, {}, report);
}

void FieldEquation::solve_stage(double shift_per_min, const Accuracy& accuracy, SolveReport& report)
{
    if (saturates()) {
        iterate_saturating(shift_per_min, accuracy, false, report);
        return;
    }
    check(VecSet(change_.get(), 0.0));
    solver_.solve(rhs_.get(), change_.get(), false, accuracy, report);
    check(VecAXPY(values_.get(), 1.0, change_.get()));
}

/// rhs <- what Newton's step has left of the equation: f(u - d) + f'(u - d) d - f(u), which is >= 0.
void FieldEquation::linearisation_error()
{
    const double half = substance_.half_saturation;
    const WriteView left(rhs_.get());
    const ReadView u(values_.get());
    const ReadView d(change_.get());
    for (std::size_t i = 0; i < left.values().size(); ++i) {
        const double s = reaction_.saturating_loss_per_min[i];
        const double before = u.data()[i] - d.data()[i];
        left.data()[i] = (saturating_loss(s, half, before) + saturating_slope(s, half, before) * d.data()[i]) -
                         saturating_loss(s, half, u.data()[i]);
    }
}

/// Newton's method, from the equation's residual in rhs. f is concave and the operator an M-matrix, so that from the
/// second step on the iterates rise to the solution and cannot miss it (Ortega and Rheinboldt 1970, Iterative Solution
/// of Nonlinear Equations, 13.3). For a steady state errors are judged against the solution, else against the larger of
/// the steps' sizes and the floor.
void FieldEquation::iterate_saturating(double shift_per_min, const Accuracy& accuracy, bool steady, SolveReport& report)
{
    double wanted = 0.0;
    double reference = steady ? solver_.size_of(values_.get()) : accuracy.floor;
    CycleErrors errors;
    if (!total_) {
        total_ = vector();
    }
    check(VecSet(total_.get(), 0.0));
    while (errors.cycles() < most_newton_steps && !errors.hopeless()) {
        check(VecSet(change_.get(), 0.0));
        Accuracy inner = accuracy;
        inner.floor = reference;
        solver_.solve(rhs_.get(), change_.get(), false, inner, report);
        check(VecAXPY(values_.get(), 1.0, change_.get()));
        check(VecAXPY(total_.get(), 1.0, change_.get()));
        const double size = solver_.size_of(change_.get());
        errors.add(size);
        reference = steady ? solver_.size_of(values_.get()) : std::max(reference, size);
        wanted = accuracy.allowed(solver_.tolerance(), reference);
        if (errors.estimate() <= wanted) {
            std::swap(change_, total_);
            return;
        }
        if (steady) {
            set_operator(shift_per_min);
            set_rate_of_change(shift_per_min);
        } else {
            linearisation_error();
            set_operator(shift_per_min);
        }
    }
    throw NumericalError(
        fmt::format("{0}: Newton's method for the saturating loss did not converge: error about {1:.3g} "
                    "after {2} steps, wanted {3:.3g}. Give a larger tolerance, a larger "
                    "half-saturation, or a shorter coupling step",
                    prefix_, errors.estimate(), errors.cycles(), wanted));
}

void FieldEquation::solve_first_stage(double shift_per_min, const Accuracy& accuracy, SolveReport& report)
{
    set_operator(shift_per_min);
    set_rate_of_change(shift_per_min);
    solve_stage(shift_per_min, accuracy, report);
}

/// After a first stage its equation holds, so that only the change's new weight is left of the second one's residual.
void FieldEquation::solve_second_stage(double shift_per_min, double ratio, const Accuracy& accuracy,
                                       SolveReport& report)
{
    check(VecAXPBY(rhs_.get(), ratio * shift_per_min, 0.0, change_.get()));
    if (saturates()) {
        set_operator(shift_per_min);
    }
    solve_stage(shift_per_min, accuracy, report);
}

void FieldEquation::damp(double shift_per_min, Vec in, Vec out, const Accuracy& accuracy, SolveReport& report)
{
    check(VecAXPBY(rhs_.get(), shift_per_min, 0.0, in));
    check(VecSet(out, 0.0));
    solver_.solve(rhs_.get(), out, false, accuracy, report);
}

} // namespace paget::fields
