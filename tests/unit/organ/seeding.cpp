#include "seeding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
using agents::Fate;

const TimeStep step{6000, 6000};

agents::Arrival arrival_of(std::uint64_t number, std::uint64_t leader)
{
    agents::Arrival arrival;
    arrival.cell.id = CellId::make(OrganKey{4}, number);
    arrival.cell.volume = agents::CellType{}.reference_volume();
    arrival.cell.velocity_um_per_min = {1.0, 1.0, 1.0};
    arrival.cell.heading = {0.0, 1.0, 0.0};
    arrival.cell.phase = 3;
    arrival.cell.journeys = 1;
    arrival.cell.clone = 77;
    arrival.cluster = CellId::make(OrganKey{4}, leader);
    arrival.source = OrganId{0};
    arrival.destination = OrganId{1};
    return arrival;
}
agents::Arrival single(std::uint64_t number) { return arrival_of(number, number); }

const double cancer_radius_um = agents::CellType{}.radius_um();

/// Vessels well inside a box of 600 um and far from each other: one of 100 um, one of 300 um, one without flow.
OrganDescription organ_with_vessels()
{
    OrganDescription organ;
    organ.name = "lung";
    organ.grid = {{30, 30, 30}, 20.0};
    organ.vessels.segments = {{{100.0, 100.0, 100.0}, {200.0, 100.0, 100.0}, 4.0, 0, true},
                              {{300.0, 300.0, 300.0}, {300.0, 120.0, 540.0}, 6.0, 1, true},
                              {{500.0, 500.0, 60.0}, {500.0, 500.0, 160.0}, 5.0, 2, false}};
    organ.soil = {0.3, 0.5, 0.0};
    return organ;
}

double distance_to_axis_um(const Segment& segment, const Vec3& p)
{
    const Vec3 way = segment.end_um - segment.start_um;
    const double t = std::clamp(dot(p - segment.start_um, way) / dot(way, way), 0.0, 1.0);
    return norm(p - segment.point_um(t));
}

bool at_wall(const Segment& segment, const Vec3& p)
{
    return std::fabs(distance_to_axis_um(segment, p) - segment.radius_um - cancer_radius_um) < 1e-9;
}

double four_standard_errors(double p, double n) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }
} // namespace

// One check within 4 s.e.: false alarm 6e-5; the seed is fixed.
TEST(Seeding, CellsLieOneRadiusOutsideAVesselChosenByLength)
{
    const OrganDescription organ = organ_with_vessels();
    const Seeding seeding(organ, organ.vessels, RandomNumbers(5));
    double at_first = 0.0;
    const double n = 4000.0;
    for (std::uint64_t number = 0; number < 4000; ++number) {
        const Vec3 p = seeding.settle(single(number), step).position_um;
        EXPECT_TRUE(organ.grid.contains(p));
        const bool first = at_wall(organ.vessels.segments[0], p);
        EXPECT_NE(first, at_wall(organ.vessels.segments[1], p));
        at_first += first ? 1.0 : 0.0;
    }
    EXPECT_NEAR(at_first / n, 0.25, four_standard_errors(0.25, n));
}

// The mean place along the vessel and the mean direction from it, three checks within 4 s.e.: false alarm 2e-4.
TEST(Seeding, PlacesAreUniformAlongAndAroundAVessel)
{
    OrganDescription organ = organ_with_vessels();
    organ.vessels.segments.resize(1);
    const Seeding seeding(organ, organ.vessels, RandomNumbers(6));
    Vec3 sum;
    const double n = 4000.0;
    for (std::uint64_t number = 0; number < 4000; ++number) {
        sum += seeding.settle(single(number), step).position_um - Vec3{150.0, 100.0, 100.0};
    }
    EXPECT_NEAR(sum.x / n, 0.0, 4.0 * 100.0 / std::sqrt(12.0 * n));
    EXPECT_NEAR(sum.y / n, 0.0, 4.0 * (4.0 + cancer_radius_um) / std::sqrt(2.0 * n));
    EXPECT_NEAR(sum.z / n, 0.0, 4.0 * (4.0 + cancer_radius_um) / std::sqrt(2.0 * n));
}

// Three checks within 4 s.e.: false alarm 2e-4; the seed is fixed.
TEST(Seeding, FatesFollowTheSoil)
{
    const OrganDescription organ = organ_with_vessels();
    const Seeding seeding(organ, organ.vessels, RandomNumbers(7));
    std::array<double, agents::fate_count> found{};
    const double n = 6000.0;
    for (std::uint64_t number = 0; number < 6000; ++number) {
        found[static_cast<std::size_t>(seeding.settle(single(number), step).fate)] += 1.0;
    }
    EXPECT_NEAR(found[static_cast<std::size_t>(Fate::cycling)] / n, 0.3, four_standard_errors(0.3, n));
    EXPECT_NEAR(found[static_cast<std::size_t>(Fate::dormant)] / n, 0.35, four_standard_errors(0.35, n));
    EXPECT_NEAR(found[static_cast<std::size_t>(Fate::apoptotic)] / n, 0.35, four_standard_errors(0.35, n));
    EXPECT_EQ(found[static_cast<std::size_t>(Fate::necrotic)], 0.0);
}

TEST(Seeding, SureSoilsAreSure)
{
    OrganDescription organ = organ_with_vessels();
    const auto all_have = [&](const Soil& soil, Fate fate) {
        organ.soil = soil;
        const Seeding seeding(organ, organ.vessels, RandomNumbers(7));
        for (std::uint64_t number = 0; number < 200; ++number) {
            EXPECT_EQ(seeding.settle(single(number), step).fate, fate);
        }
    };
    all_have({1.0, 0.5, 0.0}, Fate::cycling);
    all_have({0.0, 1.0, 0.0}, Fate::dormant);
    all_have({0.0, 0.0, 0.0}, Fate::apoptotic);
}

TEST(Seeding, MembersOfAClusterShareTheFateAndLieClose)
{
    const OrganDescription organ = organ_with_vessels();
    const Seeding seeding(organ, organ.vessels, RandomNumbers(8));
    int different = 0;
    for (std::uint64_t leader = 0; leader < 1000; leader += 10) {
        const auto led_by = seeding.settle(arrival_of(leader, leader), step);
        for (std::uint64_t member = leader + 1; member < leader + 5; ++member) {
            const auto cell = seeding.settle(arrival_of(member, leader), step);
            EXPECT_EQ(cell.fate, led_by.fate);
            const double distance = norm(cell.position_um - led_by.position_um);
            EXPECT_LE(distance, cancer_radius_um * (1.0 + 1e-12));
            EXPECT_GT(distance, 0.0);
            different += seeding.settle(single(member), step).fate == led_by.fate ? 0 : 1;
        }
    }
    EXPECT_GT(different, 100); // alone, many would fare differently: of 400, two thirds
}

TEST(Seeding, KeepsWhatACellIsAndForgetsItsMotion)
{
    const OrganDescription organ = organ_with_vessels();
    const agents::Arrival arrival = single(12);
    const auto cell = Seeding(organ, organ.vessels, RandomNumbers(9)).settle(arrival, step);
    EXPECT_EQ(cell.id, arrival.cell.id);
    EXPECT_EQ(cell.clone, 77U);
    EXPECT_EQ(cell.journeys, 1);
    EXPECT_EQ(cell.velocity_um_per_min, Vec3{});
    EXPECT_EQ(cell.heading, Vec3{});
    EXPECT_EQ(cell.phase, 0);
    EXPECT_EQ(cell.phase_entered_at, step.end());
    const SeedingEvent event = event_of(arrival, cell, step.end());
    EXPECT_EQ(event.at, step.end());
    EXPECT_EQ(event.cell, cell.id);
    EXPECT_EQ(event.fate, cell.fate);
    EXPECT_EQ(event.source, OrganId{0});
    EXPECT_EQ(event.destination, OrganId{1});
    EXPECT_EQ(event.position_um, cell.position_um);
}

TEST(Seeding, NobodyLandsOutsideTheBox)
{
    OrganDescription organ = organ_with_vessels();
    organ.vessels.segments = {{{0.0, 0.0, 0.0}, {0.0, 0.0, 600.0}, 4.0, 0, true},
                              {{600.0, 600.0, 600.0}, {0.0, 600.0, 600.0}, 4.0, 1, true}};
    const Seeding seeding(organ, organ.vessels, RandomNumbers(10));
    for (std::uint64_t number = 0; number < 500; ++number) {
        EXPECT_TRUE(organ.grid.contains(seeding.settle(arrival_of(number, number / 3), step).position_um));
    }
}

TEST(Seeding, InTheFlatCellsSurroundVesselsSeenEndOn)
{
    OrganDescription organ = organ_with_vessels();
    organ.grid = {{30, 30, 1}, 20.0};
    organ.vessels.segments = {{{100.0, 100.0, 0.0}, {100.0, 100.0, 20.0}, 4.0, 0, true}};
    const Seeding seeding(organ, organ.vessels, RandomNumbers(10));
    for (std::uint64_t number = 0; number < 500; ++number) {
        const Vec3 p = seeding.settle(single(number), step).position_um;
        EXPECT_EQ(p.z, 10.0);
        EXPECT_NEAR(std::hypot(p.x - 100.0, p.y - 100.0), 4.0 + cancer_radius_um, 1e-9);
        EXPECT_EQ(seeding.settle(arrival_of(number, 3), step).position_um.z, 10.0);
    }
}

TEST(Seeding, InTheFlatCellsLieBesideVesselsInThePlane)
{
    OrganDescription organ = organ_with_vessels();
    organ.grid = {{30, 30, 1}, 20.0};
    organ.vessels.segments = {{{100.0, 100.0, 10.0}, {400.0, 300.0, 10.0}, 4.0, 0, true}};
    const Seeding seeding(organ, organ.vessels, RandomNumbers(10));
    int left = 0;
    for (std::uint64_t number = 0; number < 500; ++number) {
        const Vec3 p = seeding.settle(single(number), step).position_um;
        EXPECT_EQ(p.z, 10.0);
        EXPECT_TRUE(at_wall(organ.vessels.segments[0], p));
        left += cross(Vec3{300.0, 200.0, 0.0}, p - Vec3{100.0, 100.0, 10.0}).z > 0.0 ? 1 : 0;
    }
    EXPECT_NEAR(left, 250, 45); // 4 s.e.: false alarm 6e-5
}

// Three means within 4 s.e.: false alarm 2e-4; the seed is fixed.
TEST(Seeding, WithoutVesselsCellsLandAnywhere)
{
    OrganDescription organ = organ_with_vessels();
    organ.vessels.segments.resize(3);
    for (Segment& segment : organ.vessels.segments) {
        segment.flowing = false;
    }
    const Seeding seeding(organ, organ.vessels, RandomNumbers(11));
    Vec3 sum;
    const double n = 3000.0;
    for (std::uint64_t number = 0; number < 3000; ++number) {
        const Vec3 p = seeding.settle(single(number), step).position_um;
        EXPECT_TRUE(organ.grid.contains(p));
        sum += p;
    }
    const double tolerance = 4.0 * 600.0 / std::sqrt(12.0 * n);
    EXPECT_NEAR(sum.x / n, 300.0, tolerance);
    EXPECT_NEAR(sum.y / n, 300.0, tolerance);
    EXPECT_NEAR(sum.z / n, 300.0, tolerance);
}

} // namespace paget::organ
