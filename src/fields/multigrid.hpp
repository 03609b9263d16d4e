#pragma once

#include "multigrid_level.hpp"
#include "stencil_operator.hpp"

#include <vector>

namespace paget::fields
{

/// Geometric multigrid for a StencilOperator, used as a preconditioner: one symmetric V(2,2) cycle in single precision.
/// All steps are pointwise in a fixed order of operations, so its bits do not depend on the cut.
class Multigrid
{
public:
    explicit Multigrid(const StencilOperator& matrix);

    /// Takes over the operator's present coefficients. Collective.
    void update();

    /// correction = one cycle on `residual`, both over this rank's voxels. Collective.
    void apply(const double* residual, double* correction);

    std::size_t levels() const { return levels_.size(); }

private:
    void fill_removal();
    void cycle(std::size_t level);
    void gather(std::size_t level, std::vector<float>& values);
    float* own_part(std::size_t level, std::vector<float>& values);

    const StencilOperator* matrix_;
    std::vector<MultigridLevel> levels_;
    std::vector<float> part_;     ///< this rank's cells of the first grid that is held as a whole
    std::vector<float> gathered_; ///< those of all ranks, one after the other
};

} // namespace paget::fields
