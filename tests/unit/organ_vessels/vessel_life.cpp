// Flow through vessels that have grown, their maturity, collapse and regression.

#include "vessel_life.hpp"

#include "growing_case.hpp"
#include "growing_network.hpp"

#include "paget/core/math.hpp"
#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::organ
{
namespace
{
using testing_vessels::flowing_by_pressure;
using testing_vessels::growing_grid;
using testing_vessels::growing_rules;
using testing_vessels::MadeNetwork;
using testing_vessels::parallel_vessels;
using testing_vessels::surroundings;

constexpr Tick an_hour = 60 * ticks_per_minute;

/// Two vessels and a way between them, from a quarter of the one to so much of the other.
struct Ladder {
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}, {250, 200, 0}}).network);
    std::int32_t rung = 0;

    explicit Ladder(double other)
    {
        const auto left = node_on(vessels, 0, 0.25);
        const auto right = node_on(vessels, 1, other);
        rung = add_segment(vessels, left, right, 4.0, 99, 0);
    }
};

/// All pieces are equally wide, and nobody separates red cells: resistances are as lengths. With r the length over the
/// conductance of 1: nodes at a quarter (p1) and three quarters (p2), ends at 20 and 10 mmHg:
///   (20 - p1)/100 = (p1 - 10)/300 + (p1 - p2)/L,  (20 - p2)/300 + (p1 - p2)/L = (p2 - 10)/100.
/// By symmetry p1 + p2 = 30, so (20 - p1)/100 - (p1 - 10)/300 = (2 p1 - 30)/L.
TEST(VesselLife, FlowThroughAClosedLoopIsThatOfTheCircuit)
{
    Ladder ladder(0.75);
    const VesselFlow flow = settle_flow(ladder.vessels, flowing_by_pressure());
    const double length_um = ladder.vessels.network.segments[place(ladder.rung)].length_um();
    const double p1 = (0.2 + 10.0 / 300.0 + 30.0 / length_um) / (0.01 + 1.0 / 300.0 + 2.0 / length_um);
    const auto& ends = ladder.vessels.network.flows[place(ladder.rung)];
    EXPECT_NEAR(flow.pressure_mmhg[place(ends.from_node)], p1, 1e-9);
    EXPECT_NEAR(flow.pressure_mmhg[place(ends.to_node)], 30.0 - p1, 1e-9);
    const double through = flow.flow_um3_per_min[place(ladder.rung)];
    const double into = flow.flow_um3_per_min[0];
    test::obtained("share of the flow that takes the new way", fmt::format("{:.9f}", through / into),
                   (2.0 * p1 - 30.0) / length_um / ((20.0 - p1) / 100.0));
    EXPECT_NEAR(through / into, (2.0 * p1 - 30.0) / length_um / ((20.0 - p1) / 100.0), 1e-9);
    EXPECT_TRUE(ladder.vessels.network.segments[place(ladder.rung)].flowing);
    const std::vector<double> net = net_outflow_um3_per_min(ladder.vessels.network, flow.flow_um3_per_min);
    for (const std::int32_t node : {ends.from_node, ends.to_node}) {
        EXPECT_NEAR(net[place(node)], 0.0, 1e-9 * into) << "no blood is lost";
    }
}

TEST(VesselLife, BlindEndsAndStagnantLoopsDoNotFlow)
{
    Ladder level(0.25); // between equal pressures
    const auto blind = add_node(level.vessels, {150, 260, 100});
    add_segment(level.vessels, level.vessels.network.flows[place(level.rung)].from_node, blind, 4.0, 98, 0);
    const auto farther = add_node(level.vessels, {150, 290, 100});
    add_segment(level.vessels, blind, farther, 4.0, 98, 0);
    const VesselFlow flow = settle_flow(level.vessels, flowing_by_pressure());
    int flowing = 0;
    for (std::size_t s = 0; s < level.vessels.lives.size(); ++s) {
        const bool flows = level.vessels.network.segments[s].flowing;
        EXPECT_EQ(flows, level.vessels.lives[s].sprout == 0) << s;
        EXPECT_EQ(flow.flow_um3_per_min[s] != 0.0, flows) << s;
        flowing += flows ? 1 : 0;
    }
    EXPECT_EQ(flowing, 4);
}

/// Both vessels are closed behind the rung: what is left has no way out.
TEST(VesselLife, ClosedVesselsStopWhatHangsOnThem)
{
    Ladder ladder(0.75);
    settle_flow(ladder.vessels, flowing_by_pressure());
    ladder.vessels.lives[2].collapsed = true; // the upper part of the first vessel
    settle_flow(ladder.vessels, flowing_by_pressure());
    EXPECT_FALSE(ladder.vessels.network.segments[2].flowing);
    EXPECT_TRUE(ladder.vessels.network.segments[0].flowing) << "by the rung";
    EXPECT_TRUE(ladder.vessels.network.segments[place(ladder.rung)].flowing);
    ladder.vessels.lives[3].collapsed = true; // only the two lower ends are left, of equal pressure
    const VesselFlow flow = settle_flow(ladder.vessels, flowing_by_pressure());
    for (std::size_t s = 0; s < ladder.vessels.lives.size(); ++s) {
        EXPECT_FALSE(ladder.vessels.network.segments[s].flowing);
        EXPECT_EQ(flow.flow_um3_per_min[s], 0.0);
    }
}

TEST(VesselLife, PressureClosesAndOpens)
{
    Angiogenesis rules = growing_rules();
    rules.collapse_pressure = 1.0;
    rules.reopening_pressure = 0.5;
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}}).network);
    const auto none = [](const Vec3&) { return 0.0; };
    EXPECT_FALSE(collapse_and_reopen(vessels, surroundings(vessels, none, {}, 0.9), rules));
    EXPECT_TRUE(collapse_and_reopen(vessels, surroundings(vessels, none, {}, 1.1), rules));
    EXPECT_TRUE(vessels.lives[0].collapsed);
    EXPECT_FALSE(collapse_and_reopen(vessels, surroundings(vessels, none, {}, 0.6), rules)) << "it stays closed";
    EXPECT_TRUE(collapse_and_reopen(vessels, surroundings(vessels, none, {}, 0.4), rules));
    EXPECT_FALSE(vessels.lives[0].collapsed);
    EXPECT_EQ(vessels.events.number[VesselEvents::collapses], 1);
}

TEST(VesselLife, WallsMatureWhereBloodFlowsAndTheFieldKeepsThemLeaky)
{
    Angiogenesis rules = growing_rules();
    rules.maturation_per_min = 1e-3;
    rules.destabilisation_per_min = 4e-3;
    Ladder ladder(0.75);
    settle_flow(ladder.vessels, flowing_by_pressure());
    Segment& wall = ladder.vessels.network.segments[place(ladder.rung)];
    const auto none = [](const Vec3&) { return 0.0; };
    const auto half = [](const Vec3&) { return 2.0; };
    mature(ladder.vessels, surroundings(ladder.vessels, none, {}), rules, 500.0);
    EXPECT_NEAR(wall.maturity, 1.0 - std::exp(-0.5), 1e-14);
    mature(ladder.vessels, surroundings(ladder.vessels, half, {}), rules, 1e6);
    EXPECT_NEAR(wall.maturity, 1.0 / 3.0, 1e-12) << "1e-3 against 4e-3 s with s = 1/2";
    EXPECT_NEAR(ladder.vessels.network.segments[0].maturity, 1.0 / 3.0, 1e-12) << "those of the start, too";
    wall.flowing = false;
    mature(ladder.vessels, surroundings(ladder.vessels, half, {}), rules, 250.0);
    EXPECT_NEAR(wall.maturity, std::exp(-0.5) / 3.0, 1e-12);
}

/// Times until blind sprouts vanish: a fixed time, then exponential with hazard (1 - maturity) times the rate.
TEST(VesselLife, RegressionTakesItsTime)
{
    Angiogenesis rules = growing_rules();
    rules.least_shear_pa = 0.1;
    rules.stagnation_min = 600.0;
    rules.regression_per_min = 2e-3;
    constexpr int sprouts = 3000;
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}}).network);
    for (int i = 0; i < sprouts; ++i) {
        const auto end = add_node(vessels, {160, 200, 10.0 + 0.1 * i});
        const auto segment = add_segment(vessels, 0, end, 4.0, 10 + i, 0);
        vessels.network.segments[place(segment)].maturity = 0.5;
    }
    double sum = 0.0;
    double square = 0.0;
    std::int64_t gone = 0;
    for (int n = 1; gone < sprouts && n < 1000; ++n) {
        const std::vector<double> shear(vessels.lives.size(), 0.0);
        const std::int64_t now = regress(vessels, shear, rules, n * an_hour, 60.0, RandomNumbers(4), 7);
        EXPECT_TRUE(n >= 10 || now == 0) << "none before its time";
        const double after = 60.0 * (n - 9);
        sum += static_cast<double>(now) * after;
        square += static_cast<double>(now) * after * after;
        gone += now;
    }
    ASSERT_EQ(gone, sprouts);
    EXPECT_EQ(vessels.network.segments.size(), 1U) << "the vessel of the start stays";
    // Geometric with p = 1 - exp(-hazard dt): mean dt / p, standard deviation dt sqrt(1 - p) / p.
    const double p = event_probability(1e-3, 60.0);
    const double mean = sum / sprouts;
    const double deviation = 60.0 * std::sqrt(1.0 - p) / p;
    test::obtained("time to regression, min", fmt::format("{:.1f}", mean), 60.0 / p);
    test::obtained("its standard deviation", fmt::format("{:.1f}", std::sqrt(square / sprouts - mean * mean)),
                   deviation);
    EXPECT_NEAR(mean, 60.0 / p, 3.0 * deviation / std::sqrt(double{sprouts}));
    EXPECT_NEAR(std::sqrt(square / sprouts - mean * mean), deviation, 0.06 * deviation);
}

TEST(VesselLife, VesselsWithShearStay)
{
    Angiogenesis rules = growing_rules();
    rules.least_shear_pa = 0.1;
    rules.stagnation_min = 60.0;
    rules.regression_per_min = 1e3;
    Ladder ladder(0.75);
    const auto regress_with = [&](double shear_pa, Tick now) {
        const std::vector<double> shear(ladder.vessels.lives.size(), shear_pa);
        return regress(ladder.vessels, shear, rules, now, 60.0, RandomNumbers(4), 7);
    };
    EXPECT_EQ(regress_with(0.2, 100 * an_hour), 0);
    EXPECT_EQ(ladder.vessels.lives[place(ladder.rung)].stagnant_since, -1);
    EXPECT_EQ(regress_with(0.05, 101 * an_hour), 0) << "it has its time";
    EXPECT_EQ(regress_with(0.2, 102 * an_hour), 0) << "and begins anew";
    EXPECT_EQ(regress_with(0.05, 103 * an_hour), 0);
    EXPECT_EQ(regress_with(0.05, 104 * an_hour), 1);
}

/// Drops of pressure along a straight vessel: shear = drop * radius / (2 length).
TEST(GrowingVessels, ShearAndSummaryOfAStraightVessel)
{
    const GrowingVessels vessels(parallel_vessels({{150, 200, 0}}).network, flowing_by_pressure(), growing_rules(),
                                 growing_grid, RandomNumbers(1), 7);
    EXPECT_NEAR(vessels.wall_shear_pa()[0], 10.0 * pa_per_mmhg * 4.0 / 800.0, 1e-9);
    const VesselSummary sum = vessels.summary();
    EXPECT_DOUBLE_EQ(sum.length_um, 400.0);
    EXPECT_DOUBLE_EQ(sum.flowing_um, 400.0);
    EXPECT_NEAR(sum.mean_pressure_mmhg, 15.0, 1e-9);
    EXPECT_EQ(sum.mean_maturity, 1.0);
}

/// Everything at once over days, and the same from any saved state on.
TEST(GrowingVessels, GoOnFromASavedStateToTheBit)
{
    Angiogenesis rules = growing_rules();
    rules.sprouting_per_um_min = 1e-4;
    rules.tip_random_um_per_min = 0.1;
    rules.branching_per_min = 1e-3;
    rules.maturation_per_min = rules.destabilisation_per_min = 1e-3;
    rules.least_shear_pa = 0.5;
    rules.stagnation_min = 1440.0;
    rules.regression_per_min = 1e-3;
    const MadeNetwork made = parallel_vessels({{100, 200, 0}, {180, 200, 0}, {260, 200, 0}});
    const auto begin = [&] {
        return GrowingVessels(made.network, flowing_by_pressure(), rules, growing_grid, RandomNumbers(6), 7);
    };
    const auto field = [](const Vec3& p) { return 0.02 * p.x; };
    const auto advance = [&](GrowingVessels& vessels, int hour) {
        vessels.advance(surroundings(vessels.state(), field, {0.02, 0.0, 0.0}), hour * an_hour);
    };
    GrowingVessels vessels = begin();
    GrowingVessels again = begin();
    for (int hour = 1; hour <= 96; ++hour) {
        advance(vessels, hour);
        if (hour % 20 == 0) {
            GrownVessels saved = vessels.state();
            for (Segment& segment : saved.network.segments) {
                segment.flowing = false; // this is not saved
            }
            again = begin();
            again.restore(saved);
        } else if (hour > 20) {
            advance(again, hour);
        }
        if (hour >= 20) {
            ASSERT_EQ(again.network().checksum(), vessels.network().checksum()) << hour;
            ASSERT_EQ(again.flow().flow_um3_per_min, vessels.flow().flow_um3_per_min) << hour;
        }
    }
    for (const auto event :
         {VesselEvents::sprouts, VesselEvents::branches, VesselEvents::fusions, VesselEvents::regressed}) {
        EXPECT_GT(vessels.state().events.number[event], 0) << event;
    }
    EXPECT_GT(vessels.summary().flowing_um, 1200.0);
}
} // namespace
} // namespace paget::organ
