#include "place.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

namespace paget::agents
{

Walls::Walls(const mesh::Grid& grid)
{
    const Vec3 end = grid.extent_um();
    const double longest = std::max({end.x, end.y, end.z});
    if (!(longest <= farthest_place_um)) {
        throw InputError(fmt::format("an organ {} um long is too large (places of cells reach to {} um). Make it "
                                     "smaller.",
                                     longest, farthest_place_um));
    }
    const auto inside = [](double um) { return static_cast<std::int64_t>(std::floor(um * place_quanta_per_um)); };
    x_ = {0, inside(end.x)};
    y_ = {0, inside(end.y)};
    z_ = {0, inside(end.z)};
    if (grid.planar()) {
        z_.low = z_.high = z_.high / 2;
    }
}

Place Walls::confined(const Vec3& p) const
{
    const auto confined = [](double um, const AxisWalls& walls) {
        return std::clamp(um, um_of(walls.low), um_of(walls.high));
    };
    return nearest_place({confined(p.x, x_), confined(p.y, y_), confined(p.z, z_)});
}

} // namespace paget::agents
