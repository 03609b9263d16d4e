#pragma once

#include "paget/core/vec3.hpp"
#include "paget/organ/vessel_network.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace paget::organ
{

/// How far points are from the nearest flowing vessel, however far that is. Vessels are listed in cubes of space; a
/// search goes from the point's cube outwards, shell by shell, until no nearer vessel can be there. The answer is that
/// of trying all vessels, to the bit.
class VesselDistance
{
public:
    /// Local; every rank has all vessels.
    explicit VesselDistance(const VesselNetwork& network);

    /// From a point to the nearest wall; 0 inside a vessel, infinite if none flows.
    double from_um(const Vec3& position_um) const;

private:
    struct Tube {
        Vec3 start_um;
        Vec3 way_um;
        double inverse_square_um = 0.0;
        double radius_um = 0.0;

        double wall_distance_um(const Vec3& position_um) const; ///< 0 inside
    };
    using Cube = std::array<int, 3>;

    Cube cube_at(const Vec3& position_um) const;
    std::size_t place_of(const Cube& cube) const;
    void list(std::int32_t tube);
    double nearest_in_shell_um(const Vec3& position_um, const Cube& centre, int shell) const;

    std::vector<Tube> tubes_;
    Vec3 origin_um_;
    std::array<int, 3> cubes_{0, 0, 0};
    std::vector<std::vector<std::int32_t>> in_cube_;
    double largest_radius_um_ = 0.0;
};

} // namespace paget::organ
