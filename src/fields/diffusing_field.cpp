#include "paget/fields/diffusing_field.hpp"

#include "time_step.hpp"
#include "time_stepper.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/vector_view.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
using petsc::ReadView;
using petsc::WriteView;
} // namespace

struct DiffusingField::Impl {
    Impl(const mesh::Partition& partition, const parallel::Communicator& comm, const Substance& substance,
         const std::string& prefix)
        : concentration(partition, comm, substance.initial),
          equation(partition, comm, substance, prefix),
          account(equation.stencil(), equation.sums(), equation.substance()),
          stepper(equation, account)
    {
    }

    SolveReport steady(double minutes);
    SolveReport step(double minutes);
    void publish(bool clip, SolveReport& report);

    Concentration concentration;
    FieldEquation equation;
    MassAccount account;
    TimeStepper stepper;
};

/// The account covers `minutes` of the steady state.
SolveReport DiffusingField::Impl::steady(double minutes)
{
    SolveReport report;
    report.steady = true;
    account.open(ReadView(equation.values()).values());
    equation.solve_steady(report);
    account.add(equation.reaction(), ReadView(equation.values()).values(), minutes);
    account.accept();
    publish(equation.sources_are_positive(), report);
    return report;
}

SolveReport DiffusingField::Impl::step(double minutes)
{
    SolveReport report;
    if (equation.substance().scheme == Scheme::implicit) {
        stepper.take_fixed(minutes, report);
    } else {
        stepper.take_controlled(minutes, report);
    }
    publish(stepper.stays_positive(), report);
    return report;
}

/// With sources >= 0 the exact solution is >= 0 (the operator is an M-matrix), so clipping only brings the field closer
/// to it.
void DiffusingField::Impl::publish(bool clip, SolveReport& report)
{
    const WriteView view(equation.values());
    std::vector<double> before;
    if (account.kept()) {
        before.assign(view.values().begin(), view.values().end());
    }
    if (clip) {
        concentration.assign_clipped(view.values());
    } else {
        concentration.assign(view.values());
    }
    report.balance = account.close(before, view.values(), report.steady);
}

DiffusingField::DiffusingField(const mesh::Partition& partition, const parallel::Communicator& comm,
                               Substance substance, const std::string& options_prefix)
    : impl_(std::make_unique<Impl>(partition, comm, substance, options_prefix))
{
}

DiffusingField::~DiffusingField() = default;
DiffusingField::DiffusingField(DiffusingField&&) noexcept = default;
DiffusingField& DiffusingField::operator=(DiffusingField&&) noexcept = default;

const Substance& DiffusingField::substance() const { return impl_->equation.substance(); }

const Concentration& DiffusingField::concentration() const { return impl_->concentration; }

SolveReport DiffusingField::advance(const Reaction& reaction, double minutes)
{
    ensure(minutes > 0.0, "a field is advanced by no time");
    impl_->equation.set_reaction(reaction);
    const mesh::Grid& grid = impl_->equation.stencil().partition().grid();
    return takes_steady(substance(), grid, impl_->equation.least_loss_per_min(), minutes) ? impl_->steady(minutes)
                                                                                          : impl_->step(minutes);
}

SolveReport DiffusingField::solve_steady(const Reaction& reaction)
{
    impl_->equation.set_reaction(reaction);
    return impl_->steady(1.0);
}

void DiffusingField::keep_balance(bool keep) { impl_->account.keep(keep); }

std::span<const double> DiffusingField::consumption() const { return impl_->account.consumption(); }

void DiffusingField::assign(std::span<const double> owned)
{
    impl_->concentration.assign(owned);
    std::copy(owned.begin(), owned.end(), WriteView(impl_->equation.values()).values().begin());
}

} // namespace paget::fields
