#pragma once

#include "multigrid_level.hpp"
#include "stencil_operator.hpp"

#include <optional>
#include <vector>

namespace paget::fields
{

/// Geometric multigrid for a StencilOperator: V(2,2) cycles in single precision. All steps are pointwise in a fixed
/// order of operations, so its bits do not depend on the cut.
class Multigrid
{
public:
    explicit Multigrid(const StencilOperator& matrix);

    /// Takes over the operator's present coefficients. Collective.
    void update();

    /// correction = one symmetric cycle on `residual`, both over this rank's voxels: a preconditioner for conjugate
    /// gradients and others. Collective.
    void apply(const double* residual, double* correction);

    /// Largest magnitudes over this rank's voxels.
    struct Sizes {
        double correction = 0.0; ///< not finite if any correction is not
        double solution = 0.0;
    };

    /// u += a cycle on rhs - A u, with linear interpolation: an iteration of its own, which converges faster. The
    /// residual and the sum are in double precision. `cycle` counts those of a solve from 0: every other one corrects a
    /// little more than it found. `from_zero`: u is zero, so that the residual is the right-hand side. Collective.
    Sizes improve(StencilOperator& matrix, const double* rhs, double* u, int cycle, bool from_zero);

    /// What a cycle may be expected to leave of an error, as a share, after update(). Local.
    double contraction() const { return levels_[0].contraction(); }

    std::size_t levels() const { return levels_.size(); }

private:
    void fill_removal();
    void average_removal(std::size_t level);
    void cycle(std::size_t level, const std::vector<Prolongation>& prolongations, const MultigridLevel::TakeRows& take);
    template <class Residual, class TakeOwn>
    void run(const std::vector<Prolongation>& prolongations, Residual residual, TakeOwn take);
    void convert_row(const double* residual, double factor, int j, int k, float* row) const;
    void gather(std::size_t level, PaddedValues& values);
    PaddedValues& own_part(std::size_t level, PaddedValues& values);

    const StencilOperator* matrix_;
    std::vector<MultigridLevel> levels_;
    std::vector<Prolongation> constant_; ///< to each level from the next coarser one
    std::vector<Prolongation> linear_;
    std::optional<PaddedValues> part_; ///< this rank's cells of the first grid that is held as a whole
    std::vector<float> gathered_;      ///< those of all ranks, one after the other
};

} // namespace paget::fields
