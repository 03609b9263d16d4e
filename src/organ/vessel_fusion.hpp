#pragma once

#include "paget/core/vec3.hpp"
#include "paget/organ/vessel_network.hpp"

#include <cstdint>
#include <functional>

namespace paget::organ
{

/// The nearest points of two straight lines from a point to another one, as fractions of the lines.
struct ClosestPoints {
    double on_first = 0.0;
    double on_second = 0.0;
    double distance_um = 0.0;
};

/// Local.
ClosestPoints closest_points(const Vec3& start_um, const Vec3& end_um, const Vec3& other_start_um,
                             const Vec3& other_end_um);

/// The vessel that a straight path meets first in distance: the one whose axis comes nearest, of all within reach_um
/// plus their radius (the smaller index if two are equally near). Segment -1 if there is none.
struct Meeting {
    std::int32_t segment = -1;
    double fraction = 0.0; ///< of the segment
    double distance_um = 0.0;
};

/// `counts` says which segments can be met. Local.
Meeting nearest_vessel(const VesselNetwork& network, const Vec3& start_um, const Vec3& end_um, double reach_um,
                       const std::function<bool(std::size_t)>& counts);

} // namespace paget::organ
