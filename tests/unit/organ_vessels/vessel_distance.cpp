#include "paget/organ/vessel_distance.hpp"

#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::organ
{
namespace
{
/// The slow twin: all vessels, by the same arithmetic.
double by_all_um(const VesselNetwork& network, const Vec3& p)
{
    double nearest = std::numeric_limits<double>::infinity();
    for (const Segment& segment : network.segments) {
        if (segment.flowing) {
            const Vec3 way = segment.end_um - segment.start_um;
            const double square = dot(way, way);
            const Vec3 from_start = p - segment.start_um;
            const double along = std::clamp(dot(from_start, way) * (square > 0.0 ? 1.0 / square : 0.0), 0.0, 1.0);
            nearest = std::min(nearest, std::max(0.0, norm(from_start - along * way) - segment.radius_um));
        }
    }
    return nearest;
}

VesselNetwork tangle(std::uint64_t segments, double size_um, double length_um)
{
    const RandomNumbers random(7);
    VesselNetwork network;
    for (std::uint64_t n = 0; n < segments; ++n) {
        const auto u = random.uniforms(Purpose::test, n, 0);
        const Vec3 start{size_um * u[0], size_um * u[1], 0.5 * size_um * u[2]};
        const Vec3 way = length_um * u[3] * random.unit_vector(Purpose::test, n, 0, false, 1);
        network.segments.push_back({start, start + way, 3.0 + 30.0 * u[3] * u[3], 0, n % 5 != 0});
    }
    network.segments.back().end_um = network.segments.back().start_um; // a point
    return network;
}
} // namespace

TEST(VesselDistance, IsThatOfTryingAllVessels)
{
    const RandomNumbers random(8);
    for (const double length_um : {20.0, 400.0}) {
        const VesselNetwork network = tangle(120, 1500.0, length_um);
        const VesselDistance distance(network);
        for (std::uint64_t n = 0; n < 2000; ++n) {
            const auto u = random.uniforms(Purpose::test, n, 0); // some lie far outside
            const Vec3 p{3000.0 * u[0] - 700.0, 3000.0 * u[1] - 700.0, 2000.0 * u[2] - 500.0};
            EXPECT_EQ(distance.from_um(p), by_all_um(network, p));
        }
    }
}

TEST(VesselDistance, WithoutFlowThereIsNone)
{
    VesselNetwork network = tangle(3, 100.0, 50.0);
    for (Segment& segment : network.segments) {
        segment.flowing = false;
    }
    EXPECT_TRUE(std::isinf(VesselDistance(network).from_um({1.0, 2.0, 3.0})));
    EXPECT_TRUE(std::isinf(VesselDistance(VesselNetwork{}).from_um({1.0, 2.0, 3.0})));
}

} // namespace paget::organ
