#include "vessel_elements.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace paget::organ
{
namespace
{
/// Narrowest ring and longest element, and longest distance of points on a ring, in voxels.
constexpr double ring_voxels = 0.5;
constexpr double element_voxels = 0.5;
constexpr double point_voxels = 0.5;
constexpr std::size_t fewest_points = 16;

double voxel_edge_um(const mesh::Grid& grid)
{
    return *std::max_element(grid.spacing_um.begin(), grid.spacing_um.end());
}

/// Resistance of the sleeve of tissue that the ring's mean leaves out [min/um^2].
double sleeve_min_per_um2(double radius_um, double ring_um, double edge_um, double diffusivity_um2_per_min)
{
    const double seen_um = ring_um + edge_um * (0.18 + 0.028 * edge_um / ring_um);
    return portable_log(seen_um / radius_um) / (2.0 * std::numbers::pi * diffusivity_um2_per_min);
}

/// Directions around an axis, evenly spread: quarters of a turn, halved until there are enough. Only square roots,
/// which all machines round alike.
std::vector<Vec3> directions_around(const Vec3& axis, std::size_t least)
{
    const Vec3 other = std::fabs(axis.x) < 0.7 ? Vec3{1.0, 0.0, 0.0} : Vec3{0.0, 1.0, 0.0};
    const Vec3 u = direction(cross(axis, other));
    const Vec3 v = cross(axis, u);
    std::vector<Vec3> ring{u, v, -1.0 * u, -1.0 * v};
    while (ring.size() < least) {
        std::vector<Vec3> finer;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            finer.push_back(ring[i]);
            finer.push_back(direction(ring[i] + ring[(i + 1) % ring.size()]));
        }
        ring = std::move(finer);
    }
    return ring;
}

std::size_t points_on(double ring_um, double edge_um)
{
    const double points = 2.0 * std::numbers::pi * ring_um / (point_voxels * edge_um);
    return std::max(fewest_points, static_cast<std::size_t>(points));
}

/// The two voxels on an axis between whose centres a point lies, and the share of the upper one. Beyond the faces
/// stands a mirror.
struct Between {
    std::array<int, 2> voxel{};
    double upper = 0.0;
};

Between between(double position_um, double edge_um, int voxels)
{
    const double length_um = edge_um * voxels;
    const double mirrored = position_um < 0.0         ? -position_um
                            : position_um > length_um ? 2.0 * length_um - position_um
                                                      : position_um;
    const double place = std::clamp(mirrored, 0.0, length_um) / edge_um - 0.5;
    const double below = std::floor(place);
    const int lower = static_cast<int>(below);
    return {{std::clamp(lower, 0, voxels - 1), std::clamp(lower + 1, 0, voxels - 1)}, place - below};
}

/// Calls visit(voxel, weight) for the eight voxels around a point.
template <typename Visit>
void interpolate(const Vec3& p, const mesh::Grid& grid, Visit&& visit)
{
    const std::array<Between, 3> axes{between(p.x, grid.spacing_um[0], grid.voxels[0]),
                                      between(p.y, grid.spacing_um[1], grid.voxels[1]),
                                      between(p.z, grid.spacing_um[2], grid.voxels[2])};
    for (unsigned corner = 0; corner < 8; ++corner) {
        mesh::Index3 voxel{};
        double weight = 1.0;
        for (std::size_t a = 0; a < 3; ++a) {
            const std::size_t up = (corner >> a) & 1U;
            voxel[a] = axes[a].voxel[up];
            weight *= up == 1 ? axes[a].upper : 1.0 - axes[a].upper;
        }
        visit(voxel, weight);
    }
}

bool near_box(const Vec3& p, double margin_um, const mesh::Grid& grid, const mesh::Box& box)
{
    const std::array<double, 3> at{p.x, p.y, p.z};
    for (std::size_t a = 0; a < 3; ++a) {
        const double edge = grid.spacing_um[a];
        if (at[a] < box.lo[a] * edge - margin_um || at[a] > box.hi[a] * edge + margin_um) {
            return false;
        }
    }
    return true;
}
} // namespace

VesselElements cut_into_elements(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                                 double diffusivity_um2_per_min, const mesh::Grid& grid)
{
    const double edge_um = voxel_edge_um(grid);
    VesselElements elements;
    elements.first.push_back(0);
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        const Segment& segment = network.segments[s];
        const double length_um = segment.length_um();
        const int count =
            flow.flow_um3_per_min[s] != 0.0 ? static_cast<int>(length_um / (element_voxels * edge_um)) + 1 : 0;
        const double ring_um = std::max(segment.radius_um, ring_voxels * edge_um);
        const double leaks = 1.0 + (carriage.leakiness - 1.0) * (1.0 - segment.maturity);
        const double resistance = carriage.wall_min_per_um2(2.0 * segment.radius_um) / leaks +
                                  sleeve_min_per_um2(segment.radius_um, ring_um, edge_um, diffusivity_um2_per_min);
        for (int i = 0; i < count; ++i) {
            elements.all.push_back({static_cast<std::int32_t>(s), segment.point_um((i + 0.5) / count), ring_um,
                                    length_um / count / resistance});
        }
        elements.first.push_back(static_cast<std::int32_t>(elements.all.size()));
    }
    return elements;
}

VesselShares::VesselShares(const VesselNetwork& network, const VesselElements& elements, const mesh::Grid& grid,
                           const mesh::Box& owned)
{
    const double edge_um = voxel_edge_um(grid);
    std::int32_t segment = -1;
    std::vector<Vec3> around;
    for (std::size_t e = 0; e < elements.all.size(); ++e) {
        const VesselElement& element = elements.all[e];
        if (element.segment != segment) {
            segment = element.segment;
            const Segment& line = network.segments[static_cast<std::size_t>(segment)];
            around = directions_around(direction(line.end_um - line.start_um), points_on(element.ring_um, edge_um));
        }
        if (!near_box(element.middle_um, element.ring_um + edge_um, grid, owned)) {
            continue;
        }
        std::map<std::size_t, double> here;
        const double part = 1.0 / static_cast<double>(around.size());
        for (const Vec3& way : around) {
            interpolate(element.middle_um + element.ring_um * way, grid, [&](const mesh::Index3& voxel, double weight) {
                if (owned.contains(voxel) && weight > 0.0) {
                    here[owned.offset(voxel)] += part * weight;
                }
            });
        }
        for (const auto& [voxel, weight] : here) {
            shares_.push_back({static_cast<std::int32_t>(e), static_cast<std::int32_t>(voxel), weight});
        }
    }
}

} // namespace paget::organ
