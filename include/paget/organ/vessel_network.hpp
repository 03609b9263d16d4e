#pragma once

#include "paget/core/random.hpp"
#include "paget/core/vec3.hpp"
#include "paget/mesh/grid.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::organ
{

/// A straight piece of blood vessel.
struct Segment {
    Vec3 start_um;
    Vec3 end_um;
    double radius_um = 4.0;
    std::int64_t name = 0; ///< its label in the file, or its running number
    bool flowing = true;   ///< exchanges with tissue, lets cells in and out

    double length_um() const { return norm(end_um - start_um); }
    Vec3 point_um(double fraction) const { return start_um + fraction * (end_um - start_um); }
};

/// The vessels of an organ, the same on all ranks.
struct VesselNetwork {
    std::string title;
    std::vector<Segment> segments;

    double total_length_um() const;
};

/// A bed of parallel capillaries along z (2-D: points, seen end on), on a square lattice of the given spacing, each cut
/// into segments of about the spacing whose nodes are moved at random by up to jitter * spacing. Empty if spacing is 0.
VesselNetwork generate_capillary_bed(const mesh::Grid& grid, double spacing_um, double radius_um, double jitter,
                                     const RandomNumbers& random, std::uint64_t organ_key);

/// Reads a measured network (format: docs/vessel_files.md), placed with its box's centre at the grid's centre. Throws
/// InputError with file, line and remedy if it cannot be read or does not fit into the grid.
VesselNetwork read_vessel_network(const std::string& path, const mesh::Grid& grid);

} // namespace paget::organ
