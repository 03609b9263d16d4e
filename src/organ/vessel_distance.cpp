#include "paget/organ/vessel_distance.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace paget::organ
{
namespace
{
constexpr double cube_um = 60.0; // about the distance between capillaries

Vec3 least(const Vec3& a, const Vec3& b) { return {std::min(a.x, b.x), std::min(a.y, b.y), std::min(a.z, b.z)}; }
Vec3 most(const Vec3& a, const Vec3& b) { return {std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)}; }
} // namespace

double VesselDistance::Tube::wall_distance_um(const Vec3& position_um) const
{
    const Vec3 from_start = position_um - start_um;
    const double along = std::clamp(dot(from_start, way_um) * inverse_square_um, 0.0, 1.0);
    return std::max(0.0, norm(from_start - along * way_um) - radius_um);
}

VesselDistance::VesselDistance(const VesselNetwork& network)
{
    constexpr double far_um = std::numeric_limits<double>::max();
    Vec3 low_um{far_um, far_um, far_um};
    Vec3 high_um{-far_um, -far_um, -far_um};
    for (const Segment& segment : network.segments) {
        if (segment.flowing) {
            const Vec3 way_um = segment.end_um - segment.start_um;
            const double square_um2 = dot(way_um, way_um);
            tubes_.push_back({segment.start_um, way_um, square_um2 > 0.0 ? 1.0 / square_um2 : 0.0, segment.radius_um});
            low_um = least(low_um, least(segment.start_um, segment.end_um));
            high_um = most(high_um, most(segment.start_um, segment.end_um));
            largest_radius_um_ = std::max(largest_radius_um_, segment.radius_um);
        }
    }
    if (tubes_.empty()) {
        return;
    }
    origin_um_ = low_um;
    const Vec3 size_um = high_um - low_um;
    cubes_ = {1 + static_cast<int>(size_um.x / cube_um), 1 + static_cast<int>(size_um.y / cube_um),
              1 + static_cast<int>(size_um.z / cube_um)};
    in_cube_.resize(static_cast<std::size_t>(cubes_[0]) * static_cast<std::size_t>(cubes_[1]) *
                    static_cast<std::size_t>(cubes_[2]));
    for (std::size_t tube = 0; tube < tubes_.size(); ++tube) {
        list(static_cast<std::int32_t>(tube));
    }
}

VesselDistance::Cube VesselDistance::cube_at(const Vec3& position_um) const
{
    const auto along = [](double from_origin_um, int cubes) {
        return static_cast<int>(std::clamp(std::floor(from_origin_um / cube_um), 0.0, cubes - 1.0));
    };
    const Vec3 from_um = position_um - origin_um_;
    return {along(from_um.x, cubes_[0]), along(from_um.y, cubes_[1]), along(from_um.z, cubes_[2])};
}

std::size_t VesselDistance::place_of(const Cube& cube) const
{
    return (static_cast<std::size_t>(cube[2]) * static_cast<std::size_t>(cubes_[1]) +
            static_cast<std::size_t>(cube[1])) *
               static_cast<std::size_t>(cubes_[0]) +
           static_cast<std::size_t>(cube[0]);
}

/// In every cube that the box around its axis touches.
void VesselDistance::list(std::int32_t tube)
{
    const Tube& t = tubes_[static_cast<std::size_t>(tube)];
    const Vec3 end_um = t.start_um + t.way_um;
    const Cube first = cube_at(least(t.start_um, end_um));
    const Cube last = cube_at(most(t.start_um, end_um));
    for (int z = first[2]; z <= last[2]; ++z) {
        for (int y = first[1]; y <= last[1]; ++y) {
            for (int x = first[0]; x <= last[0]; ++x) {
                in_cube_[place_of({x, y, z})].push_back(tube);
            }
        }
    }
}

/// The nearest wall of the tubes in cubes that lie exactly so many cubes from the centre.
double VesselDistance::nearest_in_shell_um(const Vec3& position_um, const Cube& centre, int shell) const
{
    double nearest_um = std::numeric_limits<double>::infinity();
    const auto low = [&](std::size_t axis) { return std::max(0, centre[axis] - shell); };
    const auto high = [&](std::size_t axis) { return std::min(cubes_[axis] - 1, centre[axis] + shell); };
    for (int z = low(2); z <= high(2); ++z) {
        for (int y = low(1); y <= high(1); ++y) {
            const bool face = std::abs(z - centre[2]) == shell || std::abs(y - centre[1]) == shell;
            const int stride = face || shell == 0 ? 1 : 2 * shell; // else only the two ends of the row
            for (int x = centre[0] - shell; x <= centre[0] + shell; x += stride) {
                if (x < 0 || x >= cubes_[0]) {
                    continue;
                }
                for (const std::int32_t tube : in_cube_[place_of({x, y, z})]) {
                    nearest_um =
                        std::min(nearest_um, tubes_[static_cast<std::size_t>(tube)].wall_distance_um(position_um));
                }
            }
        }
    }
    return nearest_um;
}

double VesselDistance::from_um(const Vec3& position_um) const
{
    double nearest_um = std::numeric_limits<double>::infinity();
    if (tubes_.empty()) {
        return nearest_um;
    }
    const Cube centre = cube_at(position_um);
    const int shells = std::max({cubes_[0], cubes_[1], cubes_[2]});
    for (int shell = 0; shell < shells; ++shell) {
        nearest_um = std::min(nearest_um, nearest_in_shell_um(position_um, centre, shell));
        // What is not listed up to here has its axis beyond a whole cube for every shell but the point's own.
        if (nearest_um <= shell * cube_um - largest_radius_um_) {
            break;
        }
    }
    return nearest_um;
}

} // namespace paget::organ
