#include "stencilmg_pc.hpp"

#include "cycle_errors.hpp"
#include "multigrid.hpp"
#include "stencil_matrix.hpp"

#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <petsc/private/pcimpl.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

namespace paget::fields
{
namespace
{
using petsc::callback;

/// What a preconditioner of this type holds.
struct Cycles {
    std::unique_ptr<Multigrid> multigrid;
    Accuracy accuracy;
    CyclesOutcome outcome;
};

Cycles& cycles_of(PC pc) { return *static_cast<Cycles*>(pc->data); }

PetscErrorCode set_up(PC pc)
{
    return callback([pc] {
        auto& multigrid = cycles_of(pc).multigrid;
        if (!multigrid) {
            multigrid = std::make_unique<Multigrid>(stencil_of(pc->mat));
        }
        multigrid->update();
    });
}

PetscErrorCode apply(PC pc, Vec residual, Vec correction)
{
    return callback([&] {
        const petsc::ReadView from(residual);
        const petsc::WriteView into(correction);
        cycles_of(pc).multigrid->apply(from.data(), into.data());
    });
}

/// When an iteration is to end, as PETSc gives it.
struct Limits {
    double relative;
    double absolute;
    int cycles;
    bool from_zero; ///< u is zero at first
};

/// Cycles until the estimated error is small enough, all in the maximum norm, which is exact on any number of ranks.
KSPConvergedReason iterate(Cycles& cycles, StencilOperator& stencil, const double* rhs, double* u, const Limits& limits)
{
    CycleErrors errors(cycles.multigrid->contraction());
    while (errors.cycles() < limits.cycles) {
        const Multigrid::Sizes sizes =
            cycles.multigrid->improve(stencil, rhs, u, errors.cycles(), limits.from_zero && errors.cycles() == 0);
        std::array<double, 2> largest{sizes.correction, sizes.solution};
        if (!std::isfinite(largest[0])) {
            largest[0] = std::numeric_limits<double>::infinity(); // NaN would be lost in the maximum
        }
        stencil.comm().maximum(std::span<double>(largest));
        errors.add(largest[0]);
        if (errors.hopeless() || !std::isfinite(largest[1])) {
            return std::isfinite(largest[0]) ? KSP_DIVERGED_BREAKDOWN : KSP_DIVERGED_NANORINF;
        }
        const double error = errors.estimate();
        const double reference = std::max(largest[1], cycles.accuracy.floor);
        cycles.outcome = {errors.cycles(), reference > 0.0 ? error / reference : error, largest[1]};
        if (error <= cycles.accuracy.allowed(limits.relative, largest[1])) {
            return KSP_CONVERGED_RTOL;
        }
        if (error <= limits.absolute) {
            return KSP_CONVERGED_ATOL;
        }
    }
    return KSP_DIVERGED_ITS;
}

/// PETSc's signature: the work vector and the divergence tolerance are not needed.
PetscErrorCode apply_richardson(PC pc, Vec rhs, Vec solution, Vec /*work*/, PetscReal relative, PetscReal absolute,
                                PetscReal /*divergence*/, PetscInt most_cycles, PetscBool zero_guess, PetscInt* cycles,
                                PCRichardsonConvergedReason* reason)
{
    return callback([&] {
        const petsc::ReadView from(rhs);
        const petsc::WriteView into(solution);
        const KSPConvergedReason why =
            iterate(cycles_of(pc), stencil_of(pc->mat), from.data(), into.data(),
                    {relative, absolute, static_cast<int>(most_cycles), zero_guess == PETSC_TRUE});
        *cycles = cycles_of(pc).outcome.cycles;
        *reason = static_cast<PCRichardsonConvergedReason>(why); // PETSc takes the number over as a KSPConvergedReason
    });
}

PetscErrorCode view(PC pc, PetscViewer viewer)
{
    return callback([&] {
        const auto& multigrid = cycles_of(pc).multigrid;
        petsc::check(PetscViewerASCIIPrintf(viewer, "  V(2,2) cycle, Chebyshev smoother, single precision, %d grids\n",
                                            multigrid ? static_cast<int>(multigrid->levels()) : 0));
    });
}

PetscErrorCode reset(PC pc)
{
    cycles_of(pc).multigrid.reset();
    return 0;
}

PetscErrorCode destroy(PC pc)
{
    delete &cycles_of(pc);
    pc->data = nullptr;
    return 0;
}

PetscErrorCode create(PC pc)
{
    pc->data = new Cycles();
    pc->ops->setup = set_up;
    pc->ops->apply = apply;
    pc->ops->applytranspose = apply; // the cycle is symmetric
    pc->ops->applyrichardson = apply_richardson;
    pc->ops->view = view;
    pc->ops->reset = reset;
    pc->ops->destroy = destroy;
    return 0;
}
} // namespace

void register_stencilmg() { petsc::check(PCRegister("stencilmg", create)); }

CyclesOutcome cycles_outcome(PC preconditioner) { return cycles_of(preconditioner).outcome; }

void set_accuracy(PC preconditioner, const Accuracy& accuracy) { cycles_of(preconditioner).accuracy = accuracy; }

} // namespace paget::fields
