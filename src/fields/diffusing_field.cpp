#include "paget/fields/diffusing_field.hpp"

#include "field_solver.hpp"
#include "range.hpp"
#include "time_step.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
using petsc::check;
using petsc::ReadView;
using petsc::WriteView;

/// Changes smaller than this share of the field need not be resolved to the full relative tolerance.
constexpr double negligible_change = 1e-3;

struct Extremes {
    double least_loss = 0.0;
    double least_gain = 0.0;
};

/// Exact minima over the organ; minus infinity where a rate is not finite.
Extremes extremes_of(const Reaction& reaction, const parallel::Communicator& comm)
{
    std::array<double, 2> least{least_of(reaction.loss_per_min), least_of(reaction.gain_per_min)};
    comm.minimum(std::span<double>(least));
    return {least[0], least[1]};
}
} // namespace

struct DiffusingField::Impl {
    Impl(const mesh::Partition& partition, const parallel::Communicator& comm_, Substance substance_,
         const std::string& prefix_)
        : comm(&comm_),
          substance(std::move(substance_)),
          prefix(prefix_),
          concentration(partition, comm_, substance.initial),
          stencil(partition, comm_, substance),
          sums(stencil.box(), comm_),
          matrix(stencil, sums),
          solver(matrix, sums, prefix_, substance.tolerance),
          values(matrix.vector()),
          rhs(matrix.vector()),
          change(matrix.vector())
    {
        check(VecSet(values.get(), substance.initial));
    }

    Extremes checked_extremes(const Reaction& reaction) const;
    SolveReport steady(const Reaction& reaction, const Extremes& extremes);
    SolveReport implicit(const Reaction& reaction, const Extremes& extremes, double minutes);

    void set_operator(double shift_per_min, const Reaction& reaction);
    void set_sources(const Reaction& reaction);
    void set_rate_of_change(double shift_per_min, const Reaction& reaction);
    void require_steady_state(const Extremes& extremes) const;
    void solve_change(double floor, SolveReport& report);
    void step_sdirk(double minutes, const Reaction& reaction, SolveReport& report);
    void step_euler(double minutes, const Reaction& reaction, SolveReport& report);
    bool undershoots() const;
    bool sources_are_positive(const Extremes& extremes) const;
    void publish(bool clip);

    const parallel::Communicator* comm;
    Substance substance;
    std::string prefix;
    Concentration concentration;
    StencilOperator stencil;
    BrickSums sums;
    StencilMatrix matrix;
    FieldSolver solver;
    petsc::Vector values;
    petsc::Vector rhs;
    petsc::Vector change;
};

Extremes DiffusingField::Impl::checked_extremes(const Reaction& reaction) const
{
    const auto voxels = static_cast<std::size_t>(stencil.box().volume());
    ensure(reaction.loss_per_min.size() == voxels && reaction.gain_per_min.size() == voxels,
           "a reaction does not match the voxels of this rank");
    const Extremes extremes = extremes_of(reaction, *comm);
    if (!(extremes.least_loss >= 0.0) || !std::isfinite(extremes.least_gain)) {
        throw NumericalError(
            fmt::format("{}: a loss rate is negative or a rate is not finite (least loss {}, least gain "
                        "{}), so the field is undefined. Check the rates of uptake, secretion and "
                        "supply of this substance, and the field's values before this step",
                        prefix, extremes.least_loss, extremes.least_gain));
    }
    return extremes;
}

void DiffusingField::Impl::set_operator(double shift_per_min, const Reaction& reaction)
{
    stencil.set_removal(substance.decay_per_min + shift_per_min, reaction.loss_per_min);
    solver.coefficients_changed();
}

void DiffusingField::Impl::set_sources(const Reaction& reaction)
{
    const WriteView view(rhs.get());
    std::copy(reaction.gain_per_min.begin(), reaction.gain_per_min.end(), view.values().begin());
    stencil.add_wall_supply(view.data());
}

/// rhs <- gain + walls - L u = du/dt. The operator at hand is L + shift.
void DiffusingField::Impl::set_rate_of_change(double shift_per_min, const Reaction& reaction)
{
    set_sources(reaction);
    const WriteView applied(change.get());
    const WriteView rate(rhs.get());
    const ReadView u(values.get());
    stencil.apply(u.data(), applied.data());
    for (std::size_t i = 0; i < rate.values().size(); ++i) {
        rate.data()[i] -= applied.data()[i] - shift_per_min * u.data()[i];
    }
}

void DiffusingField::Impl::require_steady_state(const Extremes& extremes) const
{
    if (substance.decay_per_min + extremes.least_loss > 0.0) {
        return;
    }
    bool held = false;
    for (std::size_t side = 0; side < 6; ++side) {
        held = held || stencil.held(side);
    }
    const auto [least, largest] = stencil.removal_range();
    const bool exists = substance.diffusivity_um2_per_min > 0.0 ? largest > 0.0 || held : least > 0.0;
    if (!exists) {
        throw NumericalError(fmt::format("{}: there is no steady state, because nothing removes the substance. Give it "
                                         "decay or a held wall, or use the implicit scheme",
                                         prefix));
    }
}

SolveReport DiffusingField::Impl::steady(const Reaction& reaction, const Extremes& extremes)
{
    SolveReport report;
    report.steady = true;
    set_operator(0.0, reaction);
    require_steady_state(extremes);
    set_sources(reaction);
    solver.solve(rhs.get(), values.get(), true, 0.0, report);
    publish(sources_are_positive(extremes));
    return report;
}

/// u <- u + change with A change = rhs. Increments, so that the tolerance is relative to the change of the field, and a
/// slow change over many steps is not lost below the tolerance of each.
void DiffusingField::Impl::solve_change(double floor, SolveReport& report)
{
    check(VecSet(change.get(), 0.0));
    solver.solve(rhs.get(), change.get(), false, floor, report);
    check(VecAXPY(values.get(), 1.0, change.get()));
}

void DiffusingField::Impl::step_sdirk(double minutes, const Reaction& reaction, SolveReport& report)
{
    const double shift = 1.0 / (sdirk_gamma * minutes);
    const double floor = negligible_change * solver.size_of(values.get());
    set_operator(shift, reaction);
    set_rate_of_change(shift, reaction);
    solve_change(floor, report); // first stage minus u
    check(VecAXPBY(rhs.get(), sdirk_ratio * shift, 0.0, change.get()));
    solve_change(floor, report); // second stage, which is the result, minus the first
}

void DiffusingField::Impl::step_euler(double minutes, const Reaction& reaction, SolveReport& report)
{
    set_operator(1.0 / minutes, reaction);
    set_rate_of_change(1.0 / minutes, reaction);
    solve_change(negligible_change * solver.size_of(values.get()), report);
}

/// Whether the field is negative by more than the solver's tolerance explains. Collective.
bool DiffusingField::Impl::undershoots() const
{
    const Range range = range_of(ReadView(values.get()).values());
    std::array<double, 2> extremes{-range.least, range.largest};
    comm->maximum(std::span<double>(extremes));
    return extremes[0] > 10.0 * substance.tolerance * extremes[1];
}

/// No scheme of order above one keeps every field positive (Bolley and Crouzeix 1978, RAIRO Anal. Numer. 12:237):
/// where SDIRK2 undershoots, two steps of backward Euler, which does, take its place.
SolveReport DiffusingField::Impl::implicit(const Reaction& reaction, const Extremes& extremes, double minutes)
{
    SolveReport report;
    const std::vector<double> before = concentration.owned();
    const bool was_positive = comm->minimum(*std::min_element(before.begin(), before.end())) >= 0.0;
    const bool stays_positive = was_positive && sources_are_positive(extremes);
    step_sdirk(minutes, reaction, report);
    if (stays_positive && undershoots()) {
        std::copy(before.begin(), before.end(), WriteView(values.get()).values().begin());
        step_euler(0.5 * minutes, reaction, report);
        step_euler(0.5 * minutes, reaction, report);
    }
    publish(stays_positive);
    return report;
}

bool DiffusingField::Impl::sources_are_positive(const Extremes& extremes) const
{
    return extremes.least_gain >= 0.0 && std::all_of(substance.walls.begin(), substance.walls.end(),
                                                     [](const auto& wall) { return wall.value_or(0.0) >= 0.0; });
}

/// With sources >= 0 the exact solution is >= 0 (A is an M-matrix), so clipping only brings the field closer to it.
void DiffusingField::Impl::publish(bool clip)
{
    const WriteView view(values.get());
    if (clip) {
        std::transform(view.values().begin(), view.values().end(), view.values().begin(),
                       [](double u) { return u < 0.0 ? 0.0 : u; });
    }
    concentration.assign(view.values());
}

DiffusingField::DiffusingField(const mesh::Partition& partition, const parallel::Communicator& comm,
                               Substance substance, const std::string& options_prefix)
    : impl_(std::make_unique<Impl>(partition, comm, std::move(substance), options_prefix))
{
}

DiffusingField::~DiffusingField() = default;
DiffusingField::DiffusingField(DiffusingField&&) noexcept = default;
DiffusingField& DiffusingField::operator=(DiffusingField&&) noexcept = default;

const Substance& DiffusingField::substance() const { return impl_->substance; }

const Concentration& DiffusingField::concentration() const { return impl_->concentration; }

SolveReport DiffusingField::advance(const Reaction& reaction, double minutes)
{
    ensure(minutes > 0.0, "a field is advanced by no time");
    const Extremes extremes = impl_->checked_extremes(reaction);
    const mesh::Grid& grid = impl_->stencil.partition().grid();
    return takes_steady(impl_->substance, grid, extremes.least_loss, minutes)
               ? impl_->steady(reaction, extremes)
               : impl_->implicit(reaction, extremes, minutes);
}

SolveReport DiffusingField::solve_steady(const Reaction& reaction)
{
    return impl_->steady(reaction, impl_->checked_extremes(reaction));
}

void DiffusingField::assign(std::span<const double> owned)
{
    impl_->concentration.assign(owned);
    std::copy(owned.begin(), owned.end(), WriteView(impl_->values.get()).values().begin());
}

} // namespace paget::fields
