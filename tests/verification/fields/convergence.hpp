#pragma once

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace paget::testing_fields
{

/// The cut of a grid that fits the ranks of the test.
inline mesh::Partition partition_for(const mesh::Grid& grid, const parallel::Communicator& comm)
{
    return {grid, *mesh::choose_parts(grid, comm.size())};
}

/// Largest |computed - exact| over the voxels where `counts(voxel)`. Collective.
template <class Exact, class Counts>
double largest_error(const mesh::Grid& grid, const fields::Concentration& computed, const parallel::Communicator& comm,
                     Exact exact, Counts counts)
{
    double largest = 0.0;
    for_voxels(computed.box(), [&](const mesh::Index3& v) {
        const Vec3 centre = grid.centre_um(v);
        if (counts(centre)) {
            largest = std::max(largest, std::fabs(computed.at(v) - exact(centre)));
        }
    });
    return comm.maximum(largest);
}

/// Root mean square of computed - exact over the voxels where `counts(voxel)`: what is judged where a curved surface
/// cuts through voxels, since the largest error jumps with the way in which it happens to cut. Collective.
template <class Exact, class Counts>
double mean_error(const mesh::Grid& grid, const fields::Concentration& computed, const parallel::Communicator& comm,
                  Exact exact, Counts counts)
{
    SuperAccumulator squares;
    std::int64_t voxels = 0;
    for_voxels(computed.box(), [&](const mesh::Index3& v) {
        const Vec3 centre = grid.centre_um(v);
        if (counts(centre)) {
            const double error = computed.at(v) - exact(centre);
            squares.add(error * error);
            ++voxels;
        }
    });
    comm.sum(squares);
    return std::sqrt(squares.round() / static_cast<double>(comm.sum(voxels)));
}

/// The error has to fall by 2^order each time the spacing is halved, with order between 1.8 and `most`.
inline void expect_second_order(const std::vector<double>& errors, double most = 2.2)
{
    for (std::size_t i = 0; i + 1 < errors.size(); ++i) {
        const double order = std::log2(errors[i] / errors[i + 1]);
        EXPECT_GE(order, 1.8) << "errors " << errors[i] << " and " << errors[i + 1];
        EXPECT_LE(order, most) << "errors " << errors[i] << " and " << errors[i + 1];
    }
}

/// Value of a field at the voxel that holds a point. Collective.
inline double value_at(const mesh::Grid& grid, const fields::Concentration& field, const parallel::Communicator& comm,
                       const Vec3& point_um)
{
    const mesh::Index3 voxel = grid.voxel_at(point_um);
    return comm.maximum(field.box().contains(voxel) ? field.at(voxel) : -1e300);
}

/// Oxygen in tissue that takes up 10 /min: penetration length sqrt(D / (uptake + decay)) = 99.504 um.
inline constexpr double uptake_per_min = 10.0;
inline const double penetration_um = std::sqrt(1e5 / (uptake_per_min + 0.1));

} // namespace paget::testing_fields
