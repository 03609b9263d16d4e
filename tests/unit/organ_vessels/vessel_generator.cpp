#include "paget/core/error.hpp"
#include "paget/organ/vessel_network.hpp"

#include "paget/organ/vessel_flow.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace paget::organ
{
namespace
{
const RandomNumbers seed_seven(7);
const mesh::Grid tissue{{40, 30, 24}, 10.0}; // 400 x 300 x 240 um

bool same(const VesselNetwork& a, const VesselNetwork& b)
{
    return std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                      [](const Segment& s, const Segment& t) {
                          return s.start_um == t.start_um && s.end_um == t.end_um && s.radius_um == t.radius_um;
                      });
}

double horizontal_um(const Vec3& a, const Vec3& b) { return std::hypot(a.x - b.x, a.y - b.y); }

/// Neighbours flow in opposite directions, and blood that comes in by one node of a capillary leaves by its last.
TEST(VesselGenerator, GivesABedItsEnds)
{
    const mesh::Grid grid({20, 20, 20}, 20.0);
    const BedEnds ends{25.0, 15.0, 0.4, true};
    const VesselNetwork plain = generate_capillary_bed(grid, 100.0, 4.0, 0.2, RandomNumbers(1), 5);
    const VesselNetwork bed = generate_capillary_bed(grid, 100.0, 4.0, 0.2, RandomNumbers(1), 5, ends);
    ASSERT_EQ(bed.segments.size(), plain.segments.size());
    ASSERT_EQ(bed.flows.size(), bed.segments.size());
    EXPECT_EQ(bed.nodes.size(), 16U * 5U);
    EXPECT_EQ(bed.boundary.size(), 32U);
    FlowDescription by_pressure;
    by_pressure.source = FlowSource::pressure;
    EXPECT_EQ(flow_problem(bed, by_pressure), "");
    const VesselFlow flow = find_flow(bed, by_pressure);
    for (std::size_t s = 0; s < bed.segments.size(); ++s) {
        EXPECT_EQ(bed.segments[s].start_um, plain.segments[s].start_um);
        EXPECT_EQ(bed.segments[s].start_um, bed.nodes[static_cast<std::size_t>(bed.flows[s].from_node)].position_um);
        EXPECT_EQ(bed.segments[s].end_um, bed.nodes[static_cast<std::size_t>(bed.flows[s].to_node)].position_um);
        const std::size_t column = s / 4;
        EXPECT_EQ(flow.flow_um3_per_min[s] > 0.0, (column % 4 + column / 4) % 2 == 0) << s;
    }
}
} // namespace

TEST(CapillaryBed, WithoutJitterIsARegularLattice)
{
    const VesselNetwork bed = generate_capillary_bed(tissue, 100.0, 4.0, 0.0, seed_seven, 1);
    ASSERT_EQ(bed.segments.size(), 4U * 3U * 2U);
    EXPECT_EQ(bed.segments[0].start_um, (Vec3{50, 50, 0}));
    EXPECT_EQ(bed.segments[0].end_um, (Vec3{50, 50, 120}));
    EXPECT_EQ(bed.segments[1].end_um, (Vec3{50, 50, 240}));
    EXPECT_EQ(bed.segments[2].start_um, (Vec3{150, 50, 0}));
    EXPECT_EQ(bed.segments.back().end_um, (Vec3{350, 250, 240}));
    EXPECT_DOUBLE_EQ(bed.total_length_um(), 12 * 240.0);
    for (std::size_t i = 0; i < bed.segments.size(); ++i) {
        EXPECT_EQ(bed.segments[i].radius_um, 4.0);
        EXPECT_EQ(bed.segments[i].name, static_cast<std::int64_t>(i));
        EXPECT_TRUE(bed.segments[i].flowing);
    }
}

TEST(CapillaryBed, SegmentsOfACapillaryShareNodes)
{
    const VesselNetwork bed = generate_capillary_bed(tissue, 50.0, 4.0, 0.3, seed_seven, 1);
    constexpr std::size_t pieces = 5; // 240 um in pieces of about 50 um
    ASSERT_EQ(bed.segments.size(), 8U * 6U * pieces);
    for (std::size_t i = 0; i < bed.segments.size(); ++i) {
        const bool first = i % pieces == 0;
        const bool last = i % pieces == pieces - 1;
        if (!first) {
            EXPECT_EQ(bed.segments[i].start_um, bed.segments[i - 1].end_um);
        }
        EXPECT_EQ(bed.segments[i].start_um.z == 0.0, first);
        EXPECT_EQ(bed.segments[i].end_um.z == 240.0, last);
    }
}

TEST(CapillaryBed, NodesMoveUpToTheJitterAndStayInside)
{
    for (const double jitter : {0.1, 0.3, 1.0}) {
        const VesselNetwork bed = generate_capillary_bed(tissue, 50.0, 4.0, jitter, seed_seven, 1);
        const VesselNetwork lattice = generate_capillary_bed(tissue, 50.0, 4.0, 0.0, seed_seven, 1);
        ASSERT_EQ(bed.segments.size(), lattice.segments.size());
        double farthest_um = 0.0;
        for (std::size_t i = 0; i < bed.segments.size(); ++i) {
            const Vec3& end = bed.segments[i].end_um;
            farthest_um = std::max(farthest_um, horizontal_um(end, lattice.segments[i].end_um));
            EXPECT_TRUE(end.x >= 4.0 && end.x <= 396.0 && end.y >= 4.0 && end.y <= 296.0);
        }
        EXPECT_LE(farthest_um, 50.0 * jitter * (1.0 + 1e-12));
        EXPECT_GE(farthest_um, 0.9 * 50.0 * jitter) << "240 nodes, uniform in a disc: missed with probability < 1e-17";
    }
}

TEST(CapillaryBed, DisplacementsAreCentred)
{
    // 100 * 100 * 2 nodes. A component is uniform in a disc of radius 15 um: s.d. 7.5 um, so the mean has 0.053 um.
    // False alarm at 4.5 standard errors: 7e-6 per component; the seed is fixed.
    const mesh::Grid wide{{500, 500, 5}, 10.0};
    const VesselNetwork bed = generate_capillary_bed(wide, 50.0, 1.0, 0.3, seed_seven, 1);
    const VesselNetwork lattice = generate_capillary_bed(wide, 50.0, 1.0, 0.0, seed_seven, 1);
    ASSERT_EQ(bed.segments.size(), 10000U);
    Vec3 sum{};
    double squares = 0.0;
    for (std::size_t i = 0; i < bed.segments.size(); ++i) {
        const Vec3 moved = bed.segments[i].start_um - lattice.segments[i].start_um;
        const Vec3 moved_end = bed.segments[i].end_um - lattice.segments[i].end_um;
        sum += moved + moved_end;
        squares += dot(moved, moved) + dot(moved_end, moved_end);
    }
    const double error_um = 7.5 / std::sqrt(20000.0);
    EXPECT_LT(std::fabs(sum.x / 20000.0), 4.5 * error_um);
    EXPECT_LT(std::fabs(sum.y / 20000.0), 4.5 * error_um);
    EXPECT_NEAR(squares / 20000.0, 15.0 * 15.0 / 2.0, 2.5) << "mean square of a disc is r^2/2; 2.5 um^2 is 5.4 s.e.";
}

TEST(CapillaryBed, InTwoDimensionsIsSeenEndOn)
{
    const mesh::Grid layer{{40, 30, 1}, 10.0};
    const VesselNetwork bed = generate_capillary_bed(layer, 50.0, 4.0, 0.3, seed_seven, 1);
    ASSERT_EQ(bed.segments.size(), 8U * 6U);
    for (const Segment& segment : bed.segments) {
        EXPECT_EQ(horizontal_um(segment.start_um, segment.end_um), 0.0);
        EXPECT_EQ(segment.start_um.z, 0.0);
        EXPECT_EQ(segment.end_um.z, 10.0);
    }
}

TEST(CapillaryBed, DependsOnSeedAndOrganOnly)
{
    const auto bed = [](std::uint64_t seed, std::uint64_t organ) {
        return generate_capillary_bed(tissue, 50.0, 4.0, 0.3, RandomNumbers(seed), organ);
    };
    EXPECT_TRUE(same(bed(7, 1), bed(7, 1)));
    EXPECT_FALSE(same(bed(7, 1), bed(8, 1)));
    EXPECT_FALSE(same(bed(7, 1), bed(7, 2)));
}

TEST(CapillaryBed, HasOneCapillaryInASmallTissueAndNoneWithoutSpacing)
{
    const mesh::Grid small{{3, 3, 3}, 10.0};
    const VesselNetwork one = generate_capillary_bed(small, 100.0, 4.0, 0.0, seed_seven, 1);
    ASSERT_EQ(one.segments.size(), 1U);
    EXPECT_EQ(one.segments[0].start_um, (Vec3{15, 15, 0}));
    EXPECT_TRUE(generate_capillary_bed(small, 0.0, 4.0, 0.2, seed_seven, 1).segments.empty());
    const VesselNetwork thick = generate_capillary_bed(small, 100.0, 40.0, 1.0, seed_seven, 1);
    EXPECT_EQ(thick.segments[0].end_um, (Vec3{15, 15, 30})) << "no room to move";
}

TEST(CapillaryBed, RefusesWhatCannotBe)
{
    const auto bed = [](double spacing, double radius, double jitter) {
        return generate_capillary_bed(tissue, spacing, radius, jitter, seed_seven, 1);
    };
    EXPECT_THROW(bed(-1.0, 4.0, 0.2), BugError);
    EXPECT_THROW(bed(std::numeric_limits<double>::quiet_NaN(), 4.0, 0.2), BugError);
    EXPECT_THROW(bed(50.0, 0.0, 0.2), BugError);
    EXPECT_THROW(bed(50.0, 4.0, -0.1), BugError);
    EXPECT_THROW(bed(50.0, 4.0, 1.1), BugError);
    EXPECT_THROW(bed(1e-9, 4.0, 0.2), BugError);
}

} // namespace paget::organ
