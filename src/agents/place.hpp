#pragma once

#include "paget/core/vec3.hpp"
#include "paget/mesh/grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace paget::agents
{

/// Places in tissue are whole multiples of 2^-26 um (0.015 nm), at most 2 m from the origin, so that every sum and
/// difference of places is exact.
struct Place {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;

    friend constexpr bool operator==(const Place&, const Place&) = default;
    friend constexpr Place operator+(const Place& a, const Place& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend constexpr Place operator-(const Place& a, const Place& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
};

inline constexpr double place_quanta_per_um = 67108864.0; // 2^26
inline constexpr double farthest_place_um = 2.0e6;

/// Nearest place; of a vector, the nearest displacement. Halves go to the even neighbour, so that -v gives the
/// opposite.
inline Place nearest_place(const Vec3& um)
{
    return {std::lrint(um.x * place_quanta_per_um), std::lrint(um.y * place_quanta_per_um),
            std::lrint(um.z * place_quanta_per_um)};
}

/// Exact.
inline Vec3 um_of(const Place& place)
{
    constexpr double um = 1.0 / place_quanta_per_um;
    return {um * static_cast<double>(place.x), um * static_cast<double>(place.y), um * static_cast<double>(place.z)};
}

inline double um_of(std::int64_t quanta) { return static_cast<double>(quanta) / place_quanta_per_um; }

/// Of a displacement: the farthest along any axis.
inline std::int64_t largest_component(const Place& p)
{
    return std::max(std::max(std::abs(p.x), std::abs(p.y)), std::abs(p.z));
}

/// The two walls of an organ's box across one axis, in quanta of places. Cells may be where low <= x <= high.
struct AxisWalls {
    std::int64_t low = 0;
    std::int64_t high = 0;

    /// The place inside to which one that left through a wall (of which the low one is at 0) is mirrored.
    std::int64_t mirrored(std::int64_t x) const
    {
        return std::clamp(x < 0 ? -x : (x > high ? 2 * high - x : x), low, high);
    }
};

/// The walls of an organ's box. In a planar organ all cells lie in the middle of its layer.
class Walls
{
public:
    explicit Walls(const mesh::Grid& grid);

    const AxisWalls& x() const { return x_; }
    const AxisWalls& y() const { return y_; }
    const AxisWalls& z() const { return z_; }

    /// The place in the box to which a cell that left it through a wall is mirrored.
    Place mirrored(const Place& p) const { return {x_.mirrored(p.x), y_.mirrored(p.y), z_.mirrored(p.z)}; }
    /// The nearest place in the box.
    Place confined(const Vec3& position_um) const;

private:
    AxisWalls x_;
    AxisWalls y_;
    AxisWalls z_;
};

} // namespace paget::agents
