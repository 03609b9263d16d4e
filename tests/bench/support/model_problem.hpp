#pragma once

#include "support/field_case.hpp"

#include "paget/fields/diffusing_field.hpp"
#include "paget/mesh/partition.hpp"

#include <string>
#include <vector>

namespace paget::bench
{

/// Oxygen in a cube of n^3 voxels of 20 um: D = 1e5 um^2/min, decay 0.1/min, 38 mmHg held at all walls; cells take up 3
/// to 10 per minute at random per voxel in a ball of 0.35 of the edge, and 3.3 per minute in 2 % of the voxels outside.
/// In six minutes 5 % of the voxels exchange their cells with a neighbour and all uptake grows by 1 %.
class ModelProblem
{
public:
    ModelProblem(int edge_voxels, const mesh::Index3& parts, const parallel::Communicator& comm);

    static constexpr double minutes = 6.0;
    static constexpr double wall_mmHg = 38.0;

    int edge() const { return partition_.grid().voxels[0]; }
    double voxels() const { return static_cast<double>(partition_.grid().voxel_count()); }
    const mesh::Partition& partition() const { return partition_; }
    std::size_t owned() const { return before_.size(); }

    /// Loss per owned voxel at a part (0 to 1) of the six minutes, linear in time.
    std::vector<double> loss_per_min(double part) const;

    /// `prefix` names the field's PETSc options; the tolerances are those of fields::Substance.
    fields::DiffusingField make_field(double tolerance, const std::string& prefix, double time_tolerance = 1e-3) const;

    /// |g - A u| / |g| of the quasi-steady equation, by plain loops in double. On one rank only.
    double relative_residual(const std::vector<double>& loss_per_min, const std::vector<double>& values) const;

    /// A reaction without gain, for losses that outlive it.
    fields::Reaction reaction(const std::vector<double>& loss_per_min) const { return {loss_per_min, no_gain_}; }

private:
    double loss_before(const mesh::Index3& voxel) const;
    double loss_after(const mesh::Index3& voxel) const;

    const parallel::Communicator* comm_;
    mesh::Partition partition_;
    std::vector<double> before_;
    std::vector<double> after_;
    std::vector<double> no_gain_;
};

} // namespace paget::bench
