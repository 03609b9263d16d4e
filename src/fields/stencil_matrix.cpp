#include "stencil_matrix.hpp"

#include "reproducible_vector.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <petscdmda.h>

namespace paget::fields
{
namespace
{
using petsc::callback;
using petsc::check;

std::vector<PetscInt> part_widths(const std::vector<int>& cuts)
{
    std::vector<PetscInt> widths;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        widths.push_back(cuts[i + 1] - cuts[i]);
    }
    return widths;
}

petsc::Grid make_grid(const mesh::Partition& partition, const parallel::Communicator& comm)
{
    const auto& n = partition.grid().voxels;
    const auto& parts = partition.parts();
    const auto x = part_widths(partition.cuts(0));
    const auto y = part_widths(partition.cuts(1));
    const auto z = part_widths(partition.cuts(2));
    petsc::Grid grid;
    check(DMDACreate3d(comm.handle(), DM_BOUNDARY_NONE, DM_BOUNDARY_NONE, DM_BOUNDARY_NONE, DMDA_STENCIL_STAR, n[0],
                       n[1], n[2], parts[0], parts[1], parts[2], 1, 1, x.data(), y.data(), z.data(), grid.slot()));
    check(DMDASetInterpolationType(grid.get(), DMDA_Q0)); // voxels, not nodes: for the user's -pc_type mg
    check(DMSetUp(grid.get()));
    return grid;
}

StencilMatrix& context_of(Mat matrix)
{
    PetscBool shell = PETSC_FALSE;
    check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(matrix), MATSHELL, &shell));
    ensure(shell == PETSC_TRUE, "stencilmg works on Paget's own matrices only; choose another type for inner blocks");
    void* context = nullptr;
    check(MatShellGetContext(matrix, &context));
    return *static_cast<StencilMatrix*>(context);
}

PetscErrorCode multiply(Mat matrix, Vec x, Vec y)
{
    return callback([&] {
        const petsc::ReadView from(x);
        const petsc::WriteView into(y);
        stencil_of(matrix).apply(from.data(), into.data());
    });
}

PetscErrorCode diagonal(Mat matrix, Vec out)
{
    return callback([&] { stencil_of(matrix).diagonal(petsc::WriteView(out).data()); });
}

PetscErrorCode create_vectors(Mat matrix, Vec* right, Vec* left)
{
    return callback([&] {
        for (Vec* wanted : {right, left}) {
            if (wanted != nullptr) {
                petsc::Vector vector = context_of(matrix).vector();
                check(PetscObjectReference(reinterpret_cast<PetscObject>(vector.get())));
                *wanted = vector.get();
            }
        }
    });
}

template <class F>
void set_operation(Mat matrix, MatOperation operation, F* function)
{
    check(MatShellSetOperation(matrix, operation, reinterpret_cast<void (*)(void)>(function)));
}

/// One row of the assembled matrix: the stencil of a voxel.
void insert_row(const mesh::Grid& grid, const mesh::Index3& voxel, double diagonal_entry,
                const std::array<double, 3>& exchange_per_min, Mat matrix)
{
    const MatStencil row{voxel[2], voxel[1], voxel[0], 0};
    std::array<MatStencil, 7> columns{row};
    std::array<double, 7> entries{diagonal_entry};
    PetscInt count = 1;
    for (std::size_t side = 0; side < 6; ++side) {
        mesh::Index3 other = voxel;
        other[side / 2] += side % 2 == 0 ? -1 : 1;
        if (grid.box().contains(other)) {
            columns[static_cast<std::size_t>(count)] = {other[2], other[1], other[0], 0};
            entries[static_cast<std::size_t>(count++)] = -exchange_per_min[side / 2];
        }
    }
    check(MatSetValuesStencil(matrix, 1, &row, count, columns.data(), entries.data(), INSERT_VALUES));
}
} // namespace

StencilMatrix::StencilMatrix(StencilOperator& stencil, BrickSums& sums)
    : stencil_(&stencil),
      sums_(&sums),
      grid_(make_grid(stencil.partition(), stencil.comm()))
{
    check(DMCreateGlobalVector(grid_.get(), model_.slot()));
    make_reproducible(model_.get(), sums);
    const auto local = static_cast<PetscInt>(stencil.box().volume());
    check(MatCreateShell(stencil.comm().handle(), local, local, PETSC_DETERMINE, PETSC_DETERMINE, this, shell_.slot()));
    set_operation(shell_.get(), MATOP_MULT, multiply);
    set_operation(shell_.get(), MATOP_MULT_TRANSPOSE, multiply);
    set_operation(shell_.get(), MATOP_GET_DIAGONAL, diagonal);
    set_operation(shell_.get(), MATOP_CREATE_VECS, create_vectors);
    check(MatSetOption(shell_.get(), MAT_SPD, PETSC_TRUE));
}

petsc::Vector StencilMatrix::vector() const
{
    petsc::Vector copy;
    check(VecDuplicate(model_.get(), copy.slot()));
    check(VecSet(copy.get(), 0.0));
    return copy;
}

void StencilMatrix::coefficients_changed()
{
    check(MatAssemblyBegin(shell_.get(), MAT_FINAL_ASSEMBLY));
    check(MatAssemblyEnd(shell_.get(), MAT_FINAL_ASSEMBLY));
}

Mat StencilMatrix::assembled()
{
    if (!assembled_) {
        check(DMCreateMatrix(grid_.get(), assembled_.slot()));
        check(MatSetOption(assembled_.get(), MAT_SPD, PETSC_TRUE));
    }
    const mesh::Box& box = stencil_->box();
    std::vector<double> entries(static_cast<std::size_t>(box.volume()));
    stencil_->diagonal(entries.data());
    for (int k = box.lo[2]; k < box.hi[2]; ++k) {
        for (int j = box.lo[1]; j < box.hi[1]; ++j) {
            for (int i = box.lo[0]; i < box.hi[0]; ++i) {
                insert_row(stencil_->partition().grid(), {i, j, k}, entries[box.offset({i, j, k})],
                           stencil_->exchange_per_min(), assembled_.get());
            }
        }
    }
    check(MatAssemblyBegin(assembled_.get(), MAT_FINAL_ASSEMBLY));
    check(MatAssemblyEnd(assembled_.get(), MAT_FINAL_ASSEMBLY));
    return assembled_.get();
}

StencilOperator& stencil_of(Mat matrix) { return context_of(matrix).stencil(); }

} // namespace paget::fields
