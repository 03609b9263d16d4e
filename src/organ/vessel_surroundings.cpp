#include "vessel_surroundings.hpp"

#include "paget/core/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::organ
{
namespace
{
constexpr double not_mine = -std::numeric_limits<double>::infinity();

/// Middles of the pieces of all segments, one after the other; fills `first`.
std::vector<Vec3> middles_of_pieces(const VesselNetwork& network, const mesh::Grid& grid,
                                    std::vector<std::int32_t>& first)
{
    const double edge_um = *std::max_element(grid.spacing_um.begin(), grid.spacing_um.end());
    std::vector<Vec3> middles;
    first.assign(1, 0);
    for (const Segment& segment : network.segments) {
        const int pieces = std::max(1, static_cast<int>(std::ceil(segment.length_um() / edge_um)));
        for (int i = 0; i < pieces; ++i) {
            middles.push_back(segment.point_um((i + 0.5) / pieces));
        }
        first.push_back(static_cast<std::int32_t>(middles.size()));
    }
    return middles;
}

/// Calls value(voxel) for points in owned voxels and takes what other ranks say of the others. `width` numbers a point.
template <class Value>
std::vector<double> from_owners(const std::vector<Vec3>& points, std::size_t width, const mesh::Grid& grid,
                                const mesh::Box& box, const parallel::Communicator& comm, const Value& value)
{
    std::vector<double> numbers(width * points.size(), not_mine);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const mesh::Index3 voxel = grid.voxel_at(points[i]);
        if (box.contains(voxel)) {
            value(voxel, numbers.data() + width * i);
        }
    }
    comm.maximum(std::span<double>(numbers));
    return numbers;
}
} // namespace

std::vector<double> pressure_in_voxels(const agents::Population& population, const mesh::Grid& grid,
                                       const mesh::Box& box)
{
    const auto voxels = static_cast<std::size_t>(box.volume());
    std::vector<std::int64_t> sum(voxels, 0);
    std::vector<std::int64_t> cells(voxels, 0);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (agents::is_living(population.fate(cell))) {
            const std::size_t v = box.offset(grid.voxel_at(population.position_um(cell)));
            sum[v] += fixed_point::from_double(population.pressure(cell));
            cells[v] += 1;
        }
    }
    std::vector<double> mean(voxels, 0.0);
    for (std::size_t v = 0; v < voxels; ++v) {
        mean[v] = cells[v] > 0 ? fixed_point::to_double(sum[v]) / static_cast<double>(cells[v]) : 0.0;
    }
    return mean;
}

VesselSurroundings surroundings_of(const GrownVessels& vessels, const fields::Concentration& field, double free_share,
                                   const std::vector<double>& pressure, const mesh::Grid& grid,
                                   const parallel::Communicator& comm)
{
    VesselSurroundings around;
    const mesh::Box& box = field.box();
    const std::vector<Vec3> pieces = middles_of_pieces(vessels.network, grid, around.first);
    around.signal = from_owners(pieces, 1, grid, box, comm, [&](const mesh::Index3& voxel, double* number) {
        number[0] = free_share * field.at(voxel);
    });
    if (comm.any(!pressure.empty())) {
        around.pressure = from_owners(pieces, 1, grid, box, comm, [&](const mesh::Index3& voxel, double* number) {
            number[0] = pressure[box.offset(voxel)];
        });
    }
    std::vector<Vec3> tips;
    for (const TipCell& tip : vessels.tips) {
        tips.push_back(vessels.network.nodes[static_cast<std::size_t>(tip.node)].position_um);
    }
    const auto felt = from_owners(tips, 4, grid, box, comm, [&](const mesh::Index3& voxel, double* number) {
        const Vec3 gradient = free_share * field.gradient_per_um(voxel);
        number[0] = free_share * field.at(voxel);
        number[1] = gradient.x;
        number[2] = gradient.y;
        number[3] = gradient.z;
    });
    for (std::size_t i = 0; i < tips.size(); ++i) {
        around.tip_signal.push_back(felt[4 * i]);
        around.tip_gradient.push_back({felt[4 * i + 1], felt[4 * i + 2], felt[4 * i + 3]});
    }
    return around;
}

} // namespace paget::organ
