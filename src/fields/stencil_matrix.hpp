#pragma once

#include "brick_sums.hpp"
#include "stencil_operator.hpp"

#include "paget/petsc/handles.hpp"

namespace paget::fields
{

/// A StencilOperator as PETSc sees it: a DMDA with the cuts of the partition, a matrix-free matrix, vectors whose
/// arithmetic does not depend on the cut, and, for preconditioners that need its entries, an assembled matrix.
class StencilMatrix
{
public:
    /// Collective. Operator and sums must outlive this object and all vectors made from it.
    StencilMatrix(StencilOperator& stencil, BrickSums& sums);
    StencilMatrix(const StencilMatrix&) = delete; // PETSc holds a pointer to it
    StencilMatrix& operator=(const StencilMatrix&) = delete;

    DM grid() const { return grid_.get(); }
    Mat shell() const { return shell_.get(); }
    StencilOperator& stencil() const { return *stencil_; }

    /// A reproducible vector over the grid, zero. Collective.
    petsc::Vector vector() const;

    /// Tells PETSc that the operator's coefficients changed. Collective.
    void coefficients_changed();

    /// The matrix with its present entries stored. Collective; memory of about 100 bytes per voxel.
    Mat assembled();

private:
    StencilOperator* stencil_;
    BrickSums* sums_;
    petsc::Grid grid_;
    petsc::Vector model_;
    petsc::Matrix shell_;
    petsc::Matrix assembled_;
};

/// The operator behind a matrix that StencilMatrix::shell() gave; throws BugError for any other matrix.
StencilOperator& stencil_of(Mat matrix);

} // namespace paget::fields
