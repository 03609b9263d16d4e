#include "time_stepper.hpp"

#include "range.hpp"
#include "time_step.hpp"

#include "paget/core/error.hpp"
#include "paget/core/math.hpp"
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

/// Changes smaller than this share of the field need not be resolved to the full relative tolerance.
constexpr double negligible_change = 1e-3;
/// Error of a solve against the change in the step, as a share of the error that is allowed in time: where two
/// solutions are compared, and where they are not, against the field itself.
constexpr double compared_share = 0.01;
constexpr double solver_share = 0.05;
/// A step of backward Euler is solved to this share of its change, or to better where little error is allowed.
constexpr double euler_share = 0.02;
/// What double precision can reach.
constexpr double most_accurate = 1e-12;
/// Accuracy of solves that only estimate an error.
constexpr double rough = 0.05;
/// Far more than any step within reason needs.
constexpr int most_steps = 100'000;

double largest_difference(BrickSums& sums, Vec a, Vec b, Vec scratch)
{
    check(VecWAXPY(scratch, -1.0, b, a));
    return sums.largest_magnitude(ReadView(scratch).data());
}
} // namespace

TimeStepper::TimeStepper(FieldEquation& equation, MassAccount& account)
    : equation_(&equation),
      account_(&account),
      start_(equation.vector())
{
}

void TimeStepper::begin(SolveReport& report)
{
    check(VecCopy(equation_->values(), start_.get()));
    const ReadView view(start_.get());
    const Range range = range_of(view.values());
    std::array<double, 2> ends{range.least, -range.largest};
    equation_->comm().minimum(std::span<double>(ends));
    size_ = std::max(-ends[0], -ends[1]);
    stays_positive_ = ends[0] >= 0.0 && equation_->sources_are_positive();
    account_->open(view.values());
    report.steps = 0;
}

void TimeStepper::set_values(const petsc::Vector& values) { check(VecCopy(values.get(), equation_->values())); }

Accuracy TimeStepper::accuracy(double relaxed) const
{
    return {negligible_change * equation_->solver().size_of(equation_->values()), relaxed};
}

/// For steps of which two are compared.
Accuracy TimeStepper::compared_accuracy() const
{
    const double needed = std::max(compared_share * equation_->substance().time_tolerance, most_accurate);
    return accuracy(needed / equation_->solver().tolerance());
}

/// For a step of backward Euler: a small part of the change, so that slow changes do not lag behind, and a small part
/// of the error allowed.
Accuracy TimeStepper::euler_accuracy() const
{
    const double size = equation_->solver().size_of(equation_->values());
    const double time_tolerance = equation_->substance().time_tolerance;
    const double share = std::min(euler_share, 20.0 * time_tolerance);
    return {negligible_change * size, share / equation_->solver().tolerance(), size, solver_share * time_tolerance};
}

void TimeStepper::euler(double minutes, const Accuracy& accuracy, SolveReport& report)
{
    equation_->solve_first_stage(1.0 / minutes, accuracy, report);
    account_->add(equation_->reaction(), ReadView(equation_->values()).values(), minutes);
}

void TimeStepper::sdirk(double minutes, const Accuracy& accuracy, SolveReport& report)
{
    const double shift = 1.0 / (sdirk_gamma * minutes);
    equation_->solve_first_stage(shift, accuracy, report);
    account_->add(equation_->reaction(), ReadView(equation_->values()).values(), (1.0 - sdirk_gamma) * minutes);
    equation_->solve_second_stage(shift, sdirk_ratio, accuracy, report);
    account_->add(equation_->reaction(), ReadView(equation_->values()).values(), sdirk_gamma * minutes);
}

/// Whether the field is negative by more than the solver's tolerance explains. Collective.
bool TimeStepper::undershoots() const
{
    const Range range = range_of(ReadView(equation_->values()).values());
    std::array<double, 2> ends{-range.least, range.largest};
    equation_->comm().maximum(std::span<double>(ends));
    return ends[0] > 10.0 * equation_->substance().tolerance * ends[1];
}

void TimeStepper::take_fixed(double minutes, SolveReport& report)
{
    begin(report);
    report.steps = 1;
    sdirk(minutes, accuracy(1.0), report);
    if (stays_positive_ && undershoots()) {
        account_->reject();
        set_values(start_);
        euler(0.5 * minutes, accuracy(1.0), report);
        euler(0.5 * minutes, accuracy(1.0), report);
        report.steps = 2;
    }
    account_->accept();
}

void TimeStepper::need_vectors()
{
    if (!first_) {
        first_ = equation_->vector();
        second_ = equation_->vector();
    }
}

/// Bound of the error of the step of backward Euler just made, mode by mode of the linearised equation: with z = step *
/// rate, the error is g(z) = (1 + z) (1 - exp(-z)) / z - 1 times the change, and g(z) <= 0.2985, <= 1.152 / (1 + z) and
/// <= 1.45 z / (1 + z)^2 for all z >= 0. The second needs one more, rough, solve, the third two.
double TimeStepper::euler_error(double minutes, SolveReport& report)
{
    const double allowed = euler_allowed();
    BrickSums& sums = equation_->sums();
    const double by_change = 0.2985 * sums.largest_magnitude(ReadView(equation_->change()).data());
    if (by_change <= allowed) {
        return by_change;
    }
    need_vectors();
    const Accuracy roughly{0.0, rough / equation_->solver().tolerance()};
    equation_->damp(1.0 / minutes, equation_->change(), first_.get(), roughly, report);
    const double by_damping = 1.152 * (1.0 + rough) * sums.largest_magnitude(ReadView(first_.get()).data());
    if (by_damping <= allowed) {
        return std::min(by_change, by_damping);
    }
    equation_->damp(1.0 / minutes, first_.get(), second_.get(), roughly, report);
    const double by_both = 1.45 * largest_difference(sums, first_.get(), second_.get(), equation_->change());
    return std::min({by_change, by_damping, by_both});
}

/// Error that a step of backward Euler may make besides that of its solve.
double TimeStepper::euler_allowed() const
{
    return (1.0 - solver_share) * equation_->substance().time_tolerance * size_;
}

/// One step as a whole and once more in two halves, which stay. Returns the estimated error of the halves: a third of
/// the difference where the step is short against all relaxation, and less where it is not.
double TimeStepper::doubled_step(double minutes, SolveReport& report)
{
    need_vectors();
    const Accuracy wanted = compared_accuracy();
    check(VecCopy(equation_->values(), second_.get()));
    sdirk(minutes, wanted, report);
    account_->reject();
    check(VecCopy(equation_->values(), first_.get()));
    set_values(second_);
    sdirk(0.5 * minutes, wanted, report);
    sdirk(0.5 * minutes, wanted, report);
    return largest_difference(equation_->sums(), equation_->values(), first_.get(), equation_->change()) / 3.0;
}

/// Steps of SDIRK2 over `minutes`. Half of the error allowed is shared out by the length of the steps, the other half
/// is for fast changes at the start: a step may take a tenth of what is left of it.
void TimeStepper::take_doubled(double minutes, double size, SolveReport& report)
{
    constexpr double free_share = 0.1;
    double left_minutes = minutes;
    double free_error = 0.5 * equation_->substance().time_tolerance * size;
    const double error_per_min = free_error / minutes;
    double step = 0.25 * minutes;
    while (left_minutes > 0.0) {
        const bool last = step >= left_minutes * (1.0 - 1e-9);
        const double tried = last ? left_minutes : step;
        const double allowed = error_per_min * tried + free_share * free_error;
        const double error = doubled_step(tried, report);
        if (error <= allowed) {
            account_->accept();
            left_minutes = last ? 0.0 : left_minutes - tried;
            free_error -= std::max(error - error_per_min * tried, 0.0);
            report.steps += 2;
            report.time_error += size > 0.0 ? error / size : 0.0;
        } else {
            account_->reject();
            set_values(second_);
        }
        const double factor = error > 0.0 ? 0.9 * portable_pow(allowed / error, 1.0 / 3.0) : 4.0;
        step = tried * std::clamp(factor, 0.2, 4.0);
        if (report.solves > most_steps) {
            throw NumericalError(fmt::format("{}: the field changes too fast for its time tolerance: {:.3g} of {:.3g} "
                                             "minutes are left after {} solves. Give a larger time_tolerance or a "
                                             "shorter coupling step",
                                             equation_->prefix(), left_minutes, minutes, report.solves));
        }
    }
}

void TimeStepper::take_controlled(double minutes, SolveReport& report)
{
    begin(report);
    euler(minutes, euler_accuracy(), report);
    const double after = equation_->sums().largest_magnitude(ReadView(equation_->values()).data());
    const double size = std::max(size_, after);
    size_ = size;
    const double error = euler_error(minutes, report);
    if (error <= euler_allowed()) {
        account_->accept();
        report.steps = 1;
        report.time_error = size > 0.0 ? error / size : 0.0;
        return;
    }
    account_->reject();
    set_values(start_);
    take_doubled(minutes, size, report);
}

} // namespace paget::fields
