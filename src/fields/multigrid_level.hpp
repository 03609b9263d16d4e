#pragma once

#include "level_shape.hpp"

#include <vector>

namespace paget::fields
{

/// One grid of the multigrid hierarchy in single precision: its operator, its Chebyshev smoother and the transfer to
/// the next coarser grid. Restriction averages over the children of a cell (weighted by volume), prolongation copies a
/// cell to its children: each is the transpose of the other in the volume-weighted product, so a cycle is symmetric, as
/// conjugate gradients demand. The coarse operator is the same finite-volume stencil on the coarse cells, which for
/// piecewise constant prolongation is the Galerkin operator with diffusion scaled to consistency (Braess 1995,
/// Computing 55:379).
class MultigridLevel
{
public:
    MultigridLevel(const LevelShape& shape, const FaceNeighbours& neighbours, const parallel::Communicator& comm);

    const LevelShape& shape() const { return shape_; }
    std::size_t cells() const { return stencil_.cells(); }

    /// Removal rates [1/min] of the stored cells; set them, then call update_diagonal().
    std::vector<float>& removal() { return removal_; }
    /// Right-hand side on the stored cells, to be set before a cycle.
    std::vector<float>& rhs() { return rhs_; }
    const std::vector<float>& solution() const { return solution_; }

    /// Computes the diagonal. Returns the least share of removal in it: the lower bound of the spectrum of D^-1 A by
    /// Gershgorin's theorem; 2 minus it is the upper bound. Local.
    float update_diagonal();

    /// Fits the smoother to the spectrum, from the share above, taken over all ranks.
    void set_smoother(float least_share);

    /// Exact on a grid of a single cell.
    void solve_single_cell() { solution_[0] = inverse_diagonal_[0] * rhs_[0]; }

    /// Two Chebyshev steps from a zero solution, or from the present one. Collective unless stored as a whole.
    void smooth_from_zero();
    void smooth();

    /// Average of `fine` (over the stored cells) for the cells of `coarse_box`, into `coarse`. Local.
    void average(const float* fine, const mesh::Box& coarse_box, float* coarse) const;

    /// Average of the residual, likewise. Collective unless stored as a whole.
    void average_residual(const mesh::Box& coarse_box, float* coarse);

    /// Adds the correction of the next coarser grid (over its stored box) to the solution. Local.
    void correct(const mesh::Box& coarse_box, const float* coarse);

private:
    void first_step(float* out);
    void next_step(const float* current, float* previous);
    void residual_row(const float* u, int j, int k, float* out);
    template <class Row>
    void average_rows(const mesh::Box& coarse_box, float* coarse, Row row) const;

    LevelShape shape_;
    Stencil<float> stencil_;
    std::array<std::vector<float>, 3> share_; ///< of a cell in the width of the coarse cell that it belongs to
    std::vector<float> removal_;
    std::vector<float> inverse_diagonal_;
    std::vector<float> rhs_;
    std::vector<float> solution_;
    std::vector<float> other_;
    std::vector<float> row_;
    std::vector<float> walls_;
    float first_ = 1.0F;    ///< weight of the first Chebyshev step
    float momentum_ = 0.0F; ///< weights of the second
    float second_ = 1.0F;
};

} // namespace paget::fields
