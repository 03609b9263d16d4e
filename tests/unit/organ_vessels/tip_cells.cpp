// Tip cells against what the equations say of many of them.

#include "tip_cells.hpp"

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
using testing_vessels::growing_grid;
using testing_vessels::growing_rules;
using testing_vessels::parallel_vessels;
using testing_vessels::surroundings;

constexpr Tick one_hour = 60 * ticks_per_minute;

TipStep step_at(const Angiogenesis& rules, const RandomNumbers& random, Tick now)
{
    return {rules, growing_grid, random, 7, now, 60.0};
}

/// Velocities relax towards v g / (|g| + half) by exp(-t / persistence), with the stationary variance around.
TEST(TipCells, SpeedAndBiasFollowTheGradient)
{
    Angiogenesis rules = growing_rules();
    rules.gradient_half_per_um = 0.01;
    rules.tip_random_um_per_min = 0.1;
    const RandomNumbers random(5);
    const Vec3 gradient{0.03, 0.0, 0.0}; // three quarters of the full speed
    constexpr int tips = 20000;
    constexpr int steps = 6;
    Vec3 mean;
    double square = 0.0;
    for (int i = 0; i < tips; ++i) {
        TipCell tip;
        tip.id = i;
        for (int n = 1; n <= steps; ++n) {
            tip.velocity_um_per_min = next_velocity(tip, gradient, step_at(rules, random, n * one_hour));
        }
        mean += (1.0 / tips) * tip.velocity_um_per_min;
        square += tip.velocity_um_per_min.y * tip.velocity_um_per_min.y / tips;
    }
    const double kept = std::exp(-steps * 60.0 / 180.0);
    const double variance = 0.01 * (1.0 - kept * kept);
    const double error = std::sqrt(variance / tips);
    EXPECT_NEAR(mean.x, 0.75 * 0.25 * (1.0 - kept), 3.0 * error);
    EXPECT_NEAR(mean.y, 0.0, 3.0 * error);
    EXPECT_NEAR(mean.z, 0.0, 3.0 * error);
    EXPECT_NEAR(square, variance, 3.0 * variance * std::sqrt(2.0 / tips));
    test::obtained("speed up the gradient, um/min", fmt::format("{:.5f} +- {:.5f}", mean.x, error),
                   0.75 * 0.25 * (1.0 - kept));
    test::obtained("variance across it", fmt::format("{:.6f}", square), variance);
}

/// Sprouts in one step over many seeds against hazard times length, where nothing inhibits.
TEST(TipCells, SproutAsOftenAsTheHazardSays)
{
    Angiogenesis rules = growing_rules();
    rules.sprouting_per_um_min = 2e-5;
    const auto field = [](const Vec3& p) { return p.z < 200.0 ? 1.0 : 3.0; }; // 0 in the lower half, s = 2/3 above
    int sprouts = 0;
    double above_um = 0.0;
    constexpr int seeds = 4000;
    for (int seed = 0; seed < seeds; ++seed) {
        GrownVessels vessels = grown_from(parallel_vessels({{200, 200, 0}}).network);
        sprout(vessels, surroundings(vessels, field, {}), step_at(rules, RandomNumbers(seed), one_hour));
        ASSERT_LE(vessels.tips.size(), 1U);
        if (!vessels.tips.empty()) {
            ++sprouts;
            above_um += vessels.tips[0].origin_um.z;
            EXPECT_GE(vessels.tips[0].origin_um.z, 200.0);
        }
    }
    const double expected = event_probability(2e-5 * 200.0 * (2.0 / 3.0), 60.0);
    const double error = std::sqrt(expected * (1.0 - expected) / seeds);
    test::obtained("share of seeds with a sprout", fmt::format("{:.4f} +- {:.4f}", sprouts / double{seeds}, error),
                   expected);
    test::obtained("mean place along, um", fmt::format("{:.1f}", above_um / sprouts), 300.0);
    EXPECT_NEAR(sprouts / double{seeds}, expected, 3.0 * error);
    EXPECT_NEAR(above_um / sprouts, 300.0, 3.0 * 200.0 / std::sqrt(12.0 * sprouts)) << "anywhere up there";
}

TEST(TipCells, KeepTheirDistance)
{
    Angiogenesis rules = growing_rules();
    rules.sprouting_per_um_min = 1.0; // wherever it may
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}, {190, 200, 0}, {270, 200, 0}}).network);
    const auto field = [](const Vec3&) { return 100.0; };
    for (int n = 1; n <= 30; ++n) {
        sprout(vessels, surroundings(vessels, field, {}), step_at(rules, RandomNumbers(2), n * one_hour));
    }
    ASSERT_GT(vessels.tips.size(), 8U);
    for (const TipCell& a : vessels.tips) {
        for (const TipCell& b : vessels.tips) {
            EXPECT_TRUE(a.id == b.id || norm(a.origin_um - b.origin_um) >= 50.0 - 2.0 * shortest_cut_um);
        }
    }
}

/// A tip between two vessels walks from the one to the other and joins it.
TEST(TipCells, JoinTheVesselTheyReach)
{
    const Angiogenesis rules = growing_rules();
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}, {250, 200, 0}}).network);
    TipCell tip;
    tip.id = vessels.next_id++;
    tip.node = node_on(vessels, 0, 0.25);
    tip.origin_um = {150, 200, 100};
    vessels.tips.push_back(tip);
    const auto field = [](const Vec3&) { return 3.0; };
    int steps = 0;
    while (!vessels.tips.empty() && ++steps < 50) {
        const auto around = surroundings(vessels, field, {1.0, 0.0, 0.0});
        move_tips(vessels, around, 1, step_at(rules, RandomNumbers(2), steps * one_hour));
    }
    EXPECT_TRUE(vessels.tips.empty());
    EXPECT_EQ(vessels.events.number[VesselEvents::fusions], 1);
    double stalk_um = 0.0;
    for (std::size_t s = 0; s < vessels.lives.size(); ++s) {
        stalk_um += vessels.lives[s].sprout == tip.id ? vessels.network.segments[s].length_um() : 0.0;
    }
    EXPECT_NEAR(stalk_um, 100.0, 1e-9) << "straight across";
    // Means of the relaxing velocity: x(n) = v dt sum (1 - q^k).
    const double q = std::exp(-60.0 / 180.0);
    int expected = 0;
    double x = 0.0;
    for (double kept = q; x < 100.0 - 18.0; kept *= q) {
        x += 0.25 * 60.0 * (1.0 - kept);
        ++expected;
    }
    EXPECT_EQ(steps, expected);
}

TEST(TipCells, TwoTipsMeet)
{
    const Angiogenesis rules = growing_rules();
    GrownVessels vessels = grown_from(parallel_vessels({{100, 200, 0}, {300, 200, 0}}).network);
    for (const int vessel : {0, 1}) {
        TipCell tip;
        tip.id = vessels.next_id++;
        tip.node = node_on(vessels, vessel, 0.5);
        tip.origin_um = vessels.network.nodes[place(tip.node)].position_um;
        vessels.tips.push_back(tip);
    }
    const auto field = [](const Vec3&) { return 3.0; };
    for (int n = 1; n < 50 && !vessels.tips.empty(); ++n) {
        auto around = surroundings(vessels, field, {1.0, 0.0, 0.0});
        for (std::size_t i = 0; i < vessels.tips.size(); ++i) { // towards the middle
            around.tip_gradient[i] = {vessels.tips[i].origin_um.x < 200.0 ? 1.0 : -1.0, 0.0, 0.0};
        }
        move_tips(vessels, around, vessels.tips.size(), step_at(rules, RandomNumbers(2), n * one_hour));
    }
    EXPECT_TRUE(vessels.tips.empty());
    EXPECT_EQ(vessels.events.number[VesselEvents::fusions], 1) << "one joint for both";
}

TEST(TipCells, WaitAndStarveWithoutTheField)
{
    const Angiogenesis rules = growing_rules();
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}}).network);
    TipCell tip;
    tip.id = vessels.next_id++;
    tip.node = node_on(vessels, 0, 0.5);
    vessels.tips.push_back(tip);
    const auto none = [](const Vec3&) { return 1.0; };
    for (int n = 1; n <= 12; ++n) {
        move_tips(vessels, surroundings(vessels, none, {1.0, 0.0, 0.0}), 1,
                  step_at(rules, RandomNumbers(2), n * one_hour));
        ASSERT_EQ(vessels.tips.size(), 1U) << n;
        EXPECT_EQ(vessels.tips[0].node, tip.node);
    }
    move_tips(vessels, surroundings(vessels, none, {}), 1, step_at(rules, RandomNumbers(2), 13 * one_hour));
    EXPECT_TRUE(vessels.tips.empty());
    EXPECT_EQ(vessels.events.number[VesselEvents::starved], 1);
}

TEST(TipCells, BecomeTwoFromAnAgeOn)
{
    Angiogenesis rules = growing_rules();
    rules.branching_per_min = 1e3;
    rules.branching_age_min = 240.0;
    GrownVessels vessels = grown_from(parallel_vessels({{100, 200, 0}}).network);
    TipCell tip;
    tip.id = vessels.next_id++;
    tip.node = node_on(vessels, 0, 0.5);
    tip.origin_um = {100, 200, 200};
    vessels.tips.push_back(tip);
    const auto field = [](const Vec3&) { return 3.0; };
    for (int n = 1; n <= 4; ++n) {
        EXPECT_EQ(vessels.tips.size(), 1U);
        move_tips(vessels, surroundings(vessels, field, {1.0, 0.0, 0.0}), 1,
                  step_at(rules, RandomNumbers(2), n * one_hour));
    }
    ASSERT_EQ(vessels.tips.size(), 2U);
    const Vec3 a = direction(vessels.tips[0].velocity_um_per_min);
    const Vec3 b = direction(vessels.tips[1].velocity_um_per_min);
    EXPECT_NEAR(dot(a, b), 0.5, 1e-12) << "60 degrees";
    EXPECT_NEAR(direction(a + b).x, 1.0, 1e-12);
    EXPECT_EQ(vessels.tips[0].node, vessels.tips[1].node);
}

TEST(TipCells, StayInTheTissue)
{
    const Angiogenesis rules = growing_rules();
    GrownVessels vessels = grown_from(parallel_vessels({{350, 200, 0}}).network);
    TipCell tip;
    tip.id = vessels.next_id++;
    tip.node = node_on(vessels, 0, 0.5);
    tip.origin_um = {350, 200, 200};
    vessels.tips.push_back(tip);
    const auto field = [](const Vec3&) { return 3.0; };
    for (int n = 1; n <= 40; ++n) {
        move_tips(vessels, surroundings(vessels, field, {1.0, 0.0, 0.0}), 1,
                  step_at(rules, RandomNumbers(2), n * one_hour));
        ASSERT_EQ(vessels.tips.size(), 1U);
        EXPECT_LE(vessels.network.nodes[place(vessels.tips[0].node)].position_um.x, 396.0);
    }
}

/// A vessel begins at a face of the organ: a tip that leaves it inwards keeps its way, one that runs outwards turns.
TEST(TipCells, TurnRoundAtAFaceOnlyIfTheyRunOutwards)
{
    const Angiogenesis rules = growing_rules();
    for (const double upwards : {0.05, -0.05}) {
        GrownVessels vessels = grown_from(parallel_vessels({{200, 200, 0}}).network);
        TipCell tip;
        tip.id = vessels.next_id++;
        tip.node = node_on(vessels, 0, 0.0);
        tip.origin_um = {200, 200, 0};
        tip.velocity_um_per_min = {0.0, 0.0, upwards};
        vessels.tips.push_back(tip);
        const auto field = [](const Vec3&) { return 3.0; };
        move_tips(vessels, surroundings(vessels, field, {}), 1, step_at(rules, RandomNumbers(2), one_hour));
        ASSERT_EQ(vessels.tips.size(), 1U);
        EXPECT_EQ(vessels.network.nodes[place(vessels.tips[0].node)].position_um.z, rules.sprout_radius_um);
        EXPECT_GT(vessels.tips[0].velocity_um_per_min.z, 0.0) << "after " << upwards;
    }
}

/// Where a vessel is met, another tip may just begin: it has no stalk yet that could have met anything.
TEST(TipCells, ThatBeginWhereAnotherOneJoinsGoOn)
{
    const Angiogenesis rules = growing_rules();
    GrownVessels vessels = grown_from(parallel_vessels({{150, 200, 0}, {250, 200, 0}}).network);
    TipCell comes;
    comes.id = vessels.next_id++;
    comes.node = node_on(vessels, 0, 0.5);
    comes.origin_um = {150, 200, 200};
    vessels.tips.push_back(comes);
    TipCell begins;
    begins.id = vessels.next_id++;
    begins.node = node_on(vessels, 1, 0.5);
    begins.origin_um = {250, 200, 200};
    vessels.tips.push_back(begins);
    const auto field = [](const Vec3& at) { return at.x < 249.0 ? 3.0 : 0.0; }; // the second one waits
    for (int n = 1; n <= 9 && vessels.events.number[VesselEvents::fusions] == 0; ++n) {
        move_tips(vessels, surroundings(vessels, field, {1.0, 0.0, 0.0}), vessels.tips.size(),
                  step_at(rules, RandomNumbers(2), n * one_hour));
    }
    EXPECT_EQ(vessels.events.number[VesselEvents::fusions], 1);
    ASSERT_EQ(vessels.tips.size(), 1U);
    EXPECT_EQ(vessels.tips[0].id, begins.id);
    EXPECT_EQ(vessels.network.flows.back().to_node, begins.node);
}
} // namespace
} // namespace paget::organ
