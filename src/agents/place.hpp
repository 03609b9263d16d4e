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
    return std::max({std::abs(p.x), std::abs(p.y), std::abs(p.z)});
}

/// The walls of an organ's box. In a planar organ all cells lie in the middle of its layer.
class Walls
{
public:
    explicit Walls(const mesh::Grid& grid);

    /// The place in the box to which a cell that left it through a wall is mirrored.
    Place mirrored(const Place& p) const
    {
        if (!planar_ && inside(p.x, end_.x) && inside(p.y, end_.y) && inside(p.z, end_.z)) {
            return p;
        }
        return {mirror(p.x, end_.x), mirror(p.y, end_.y), planar_ ? end_.z / 2 : mirror(p.z, end_.z)};
    }
    /// The nearest place in the box.
    Place confined(const Vec3& position_um) const;

private:
    static bool inside(std::int64_t x, std::int64_t end)
    {
        return static_cast<std::uint64_t>(x) <= static_cast<std::uint64_t>(end);
    }
    static std::int64_t mirror(std::int64_t x, std::int64_t end)
    {
        return std::clamp(x < 0 ? -x : (x > end ? 2 * end - x : x), std::int64_t{0}, end);
    }

    Place end_; ///< the box's far corner
    bool planar_ = false;
};

} // namespace paget::agents
