#include "place.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

namespace paget::agents
{

Walls::Walls(const mesh::Grid& grid) : planar_(grid.planar())
{
    const Vec3 end = grid.extent_um();
    const double longest = std::max({end.x, end.y, end.z});
    if (!(longest <= farthest_place_um)) {
        throw InputError(fmt::format("an organ {} um long is too large (places of cells reach to {} um). Make it "
                                     "smaller.",
                                     longest, farthest_place_um));
    }
    const auto inside = [](double um) { return static_cast<std::int64_t>(std::floor(um * place_quanta_per_um)); };
    end_ = {inside(end.x), inside(end.y), inside(end.z)};
}

Place Walls::confined(const Vec3& p) const
{
    const Vec3 end = um_of(end_);
    Place place =
        nearest_place({std::clamp(p.x, 0.0, end.x), std::clamp(p.y, 0.0, end.y), std::clamp(p.z, 0.0, end.z)});
    if (planar_) {
        place.z = end_.z / 2;
    }
    return place;
}

} // namespace paget::agents
