#pragma once

#include "paget/organ/growing_vessels.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::output
{

/// The segments of vessels as columns of a file: two points per segment.
struct VesselColumns {
    std::vector<double> position;     ///< x, y, z of one point after the other
    std::vector<std::uint32_t> nodes; ///< of segment i: 2i and 2i + 1
    std::vector<double> radius;
    std::vector<std::uint32_t> flowing;
};

/// Local.
VesselColumns columns_of(const organ::VesselNetwork& network, const Vec3& origin_um);

/// What vessels that grow have besides.
struct GrownColumns {
    std::vector<double> flow;           ///< [um^3/min], from the first point to the second if positive
    std::vector<double> haematocrit;    ///<
    std::vector<double> blood_pressure; ///< [mmHg], mean of the ends; 0 where nothing flows
    std::vector<double> wall_shear;     ///< [Pa]
    std::vector<double> maturity;       ///< of the wall, 0 to 1
    std::vector<double> age;            ///< [h]; since the start of the run for vessels of the start
    std::vector<std::uint32_t> grown;   ///< 0: was there at the start
    std::vector<std::uint32_t> collapsed;
    std::vector<double> tips; ///< x, y, z of one tip cell after the other
};

/// Local.
GrownColumns columns_of(const organ::GrowingVessels& vessels, const Vec3& origin_um, Tick now);

} // namespace paget::output
