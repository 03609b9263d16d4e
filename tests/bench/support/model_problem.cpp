#include "support/model_problem.hpp"

#include <cmath>

namespace paget::bench
{
namespace
{
constexpr double spacing_um = 20.0;

mesh::Grid cube(int edge) { return {{edge, edge, edge}, spacing_um}; }
} // namespace

ModelProblem::ModelProblem(int edge_voxels, const mesh::Index3& parts, const parallel::Communicator& comm)
    : comm_(&comm),
      partition_(cube(edge_voxels), parts)
{
    const mesh::Box box = partition_.box(comm.rank());
    before_ = testing_fields::values_on(box, [&](const mesh::Index3& v) { return loss_before(v); });
    after_ = testing_fields::values_on(box, [&](const mesh::Index3& v) { return loss_after(v); });
    no_gain_.assign(before_.size(), 0.0);
}

double ModelProblem::loss_before(const mesh::Index3& voxel) const
{
    const mesh::Grid& grid = partition_.grid();
    double distance2 = 0.0;
    for (int axis = 0; axis < 3; ++axis) {
        const double off = voxel[static_cast<std::size_t>(axis)] + 0.5 - 0.5 * edge();
        distance2 += off * off;
    }
    if (std::sqrt(distance2) < 0.35 * edge()) {
        return 3.0 + 7.0 * testing_fields::random_at(grid, voxel, 1);
    }
    return testing_fields::random_at(grid, voxel, 2) < 0.02 ? 3.3 : 0.0;
}

/// Neighbours along x exchange their cells in pairs, both or none.
double ModelProblem::loss_after(const mesh::Index3& voxel) const
{
    const mesh::Index3 first{voxel[0] & ~1, voxel[1], voxel[2]};
    const mesh::Index3 other{voxel[0] ^ 1, voxel[1], voxel[2]};
    const bool exchanged = other[0] < edge() && testing_fields::random_at(partition_.grid(), first, 3) < 0.05;
    return 1.01 * loss_before(exchanged ? other : voxel);
}

std::vector<double> ModelProblem::loss_per_min(double part) const
{
    std::vector<double> loss(before_.size());
    for (std::size_t v = 0; v < loss.size(); ++v) {
        loss[v] = before_[v] + part * (after_[v] - before_[v]);
    }
    return loss;
}

fields::DiffusingField ModelProblem::make_field(double tolerance, const std::string& prefix,
                                                double time_tolerance) const
{
    fields::Substance oxygen = testing_fields::oxygen();
    oxygen.tolerance = tolerance;
    oxygen.time_tolerance = time_tolerance;
    return {partition_, *comm_, oxygen, prefix};
}

double ModelProblem::relative_residual(const std::vector<double>& loss_per_min, const std::vector<double>& values) const
{
    const fields::Substance oxygen = testing_fields::oxygen();
    const double k = oxygen.diffusivity_um2_per_min / (spacing_um * spacing_um);
    const mesh::Box box = partition_.grid().box();
    double residual2 = 0.0;
    double sources2 = 0.0;
    testing_fields::for_voxels(box, [&](const mesh::Index3& v) {
        const double u = values[box.offset(v)];
        double residual = -(oxygen.decay_per_min + loss_per_min[box.offset(v)]) * u;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            for (const int side : {-1, 1}) {
                mesh::Index3 next = v;
                next[axis] += side;
                const bool inside = box.contains(next);
                residual += inside ? k * (values[box.offset(next)] - u) : 2.0 * k * (wall_mmHg - u);
                sources2 += inside ? 0.0 : std::pow(2.0 * k * wall_mmHg, 2);
            }
        }
        residual2 += residual * residual;
    });
    return std::sqrt(residual2 / sources2);
}

} // namespace paget::bench
