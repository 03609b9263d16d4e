#include "stencilmg_pc.hpp"

#include "multigrid.hpp"
#include "stencil_matrix.hpp"

#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <petsc/private/pcimpl.h>

#include <memory>

namespace paget::fields
{
namespace
{
using petsc::callback;

std::unique_ptr<Multigrid>& multigrid_of(PC pc) { return *static_cast<std::unique_ptr<Multigrid>*>(pc->data); }

PetscErrorCode set_up(PC pc)
{
    return callback([pc] {
        auto& multigrid = multigrid_of(pc);
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
        multigrid_of(pc)->apply(from.data(), into.data());
    });
}

PetscErrorCode view(PC pc, PetscViewer viewer)
{
    return callback([&] {
        const auto& multigrid = multigrid_of(pc);
        petsc::check(PetscViewerASCIIPrintf(viewer, "  V(2,2) cycle, Chebyshev smoother, single precision, %d grids\n",
                                            multigrid ? static_cast<int>(multigrid->levels()) : 0));
    });
}

PetscErrorCode reset(PC pc)
{
    multigrid_of(pc).reset();
    return 0;
}

PetscErrorCode destroy(PC pc)
{
    delete &multigrid_of(pc);
    pc->data = nullptr;
    return 0;
}

PetscErrorCode create(PC pc)
{
    pc->data = new std::unique_ptr<Multigrid>();
    pc->ops->setup = set_up;
    pc->ops->apply = apply;
    pc->ops->applytranspose = apply; // the cycle is symmetric
    pc->ops->view = view;
    pc->ops->reset = reset;
    pc->ops->destroy = destroy;
    return 0;
}
} // namespace

void register_stencilmg() { petsc::check(PCRegister("stencilmg", create)); }

} // namespace paget::fields
