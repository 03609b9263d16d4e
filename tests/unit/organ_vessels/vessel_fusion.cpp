#include "vessel_fusion.hpp"

#include "made_network.hpp"
#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::organ
{
namespace
{
const RandomNumbers numbers(3);

Vec3 somewhere(std::uint64_t key)
{
    const auto u = numbers.uniforms(Purpose::test, key, 0);
    return {100.0 * u[0], 100.0 * u[1], 100.0 * u[2]};
}

/// The slow twin: many points on both lines.
double sampled_distance_um(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d)
{
    constexpr int points = 200;
    double least = 1e300;
    for (int i = 0; i <= points; ++i) {
        for (int j = 0; j <= points; ++j) {
            const Vec3 p = a + (double(i) / points) * (b - a);
            const Vec3 q = c + (double(j) / points) * (d - c);
            least = std::min(least, norm(p - q));
        }
    }
    return least;
}

TEST(ClosestPoints, AreTheNearestOfAll)
{
    for (std::uint64_t i = 0; i < 60; ++i) {
        const Vec3 a = somewhere(4 * i);
        const Vec3 b = somewhere(4 * i + 1);
        const Vec3 c = somewhere(4 * i + 2);
        const Vec3 d = somewhere(4 * i + 3);
        const ClosestPoints points = closest_points(a, b, c, d);
        EXPECT_NEAR(points.distance_um, norm(a + points.on_first * (b - a) - (c + points.on_second * (d - c))), 1e-12);
        const double sampled = sampled_distance_um(a, b, c, d);
        EXPECT_LE(points.distance_um, sampled + 1e-9);
        EXPECT_NEAR(points.distance_um, sampled, 0.5);
    }
}

TEST(ClosestPoints, ParallelLinesAndPoints)
{
    EXPECT_DOUBLE_EQ(closest_points({0, 0, 0}, {10, 0, 0}, {0, 3, 0}, {10, 3, 0}).distance_um, 3.0);
    EXPECT_DOUBLE_EQ(closest_points({0, 0, 0}, {10, 0, 0}, {20, 0, 0}, {30, 0, 0}).distance_um, 10.0);
    EXPECT_DOUBLE_EQ(closest_points({5, 0, 0}, {5, 0, 0}, {0, 4, 0}, {10, 4, 0}).distance_um, 4.0);
}

TEST(NearestVessel, IsTheNearestAxisWithinReachOfItsWall)
{
    testing_vessels::MadeNetwork made;
    made.vessel(made.node({0, 20, 0}), made.node({100, 20, 0}), 8.0);
    made.vessel(made.node({0, 0, 15}), made.node({100, 0, 15}), 8.0);
    const auto all = [](std::size_t) { return true; };
    const Meeting met = nearest_vessel(made.network, {50, 0, 0}, {50, 2, 0}, 12.0, all);
    EXPECT_EQ(met.segment, 1);
    EXPECT_DOUBLE_EQ(met.fraction, 0.5);
    EXPECT_DOUBLE_EQ(met.distance_um, 15.0);
    EXPECT_EQ(nearest_vessel(made.network, {50, 0, 0}, {50, 2, 0}, 10.0, all).segment, -1) << "the wall is 11 um away";
    EXPECT_EQ(nearest_vessel(made.network, {50, 0, 0}, {50, 8, 0}, 12.0, [](std::size_t s) { return s == 0; }).segment,
              0);
}
} // namespace
} // namespace paget::organ
