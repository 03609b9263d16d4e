#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{

/// Advances from `begin` to `end` in steps of `step` ticks (the last is shorter).
void advance(Circulation& blood, Tick begin, Tick end, Tick step)
{
    for (Tick now = begin; now < end; now += step) {
        blood.advance({now, std::min(step, end - now)});
    }
}

Circulation blood_of(VascularGraph graph, const JourneyParameters& journey, const parallel::Communicator& world)
{
    return {std::move(graph), journey, world, {{0}, {0}}, RandomNumbers(3)};
}
} // namespace

// Loop of 0.6 (veins) + 0.05 (lung) + 0.14 (arteries) + 0.05 (bed) = 0.84 min, no draw decides anything else than which
// of two equal beds is passed: where a cell is at a time is known.
TEST(Flow, StepsMayEndInTheMiddleOfAPassage)
{
    const auto world = parallel::Communicator::self();
    for (const Tick step : {Tick{7}, Tick{100}, Tick{1113}, Tick{10000}}) {
        Circulation blood = blood_of(cases::small_graph(0.0), {}, world);
        blood.collect(cases::singles(1, 3));
        advance(blood, 0, 10 * cases::minute, step);
        for (const Traveller& t : blood.travellers()) {
            // 10 min = 11 loops of 0.84 min and 0.76 min: 0.11 min into the arteries, 0.03 min to go
            EXPECT_EQ(t.location, -2) << step;
            EXPECT_NEAR(t.minutes_ahead, 0.03, 1e-9) << step;
            EXPECT_EQ(t.bed, -1);
        }
    }
}

TEST(Flow, EndsThoughNothingIsEverCaught)
{
    const auto world = parallel::Communicator::self();
    Circulation blood = blood_of(cases::small_graph(0.0), {}, world);
    blood.collect(cases::singles(1, 2));
    blood.advance({0, 1440 * cases::minute}); // a day in one step: 1714 loops
    EXPECT_EQ(blood.count().flowing_singles, 2);
}

// 1e5 cells each; beyond 4 standard errors once in 16000.
TEST(Flow, DeathInFlowIsExactForAnyStep)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.flow_death_per_min = 0.7;
    for (const Tick step : {Tick{90}, Tick{2000}}) {
        Circulation blood = blood_of(cases::small_graph(0.0), journey, world);
        blood.collect(cases::singles(1, 100000));
        advance(blood, 0, 2 * cases::minute, step);
        const auto alive = static_cast<double>(blood.count().flowing_cells);
        EXPECT_LT(std::fabs(cases::standard_errors(alive, 1e5, std::exp(-1.4))), 4.0);
        EXPECT_EQ(blood.ledger().died[static_cast<std::size_t>(BloodDeath::nk_cell)], 100000 - alive);
    }
}

// In 5 loops a cell spends 0.7 min in arteries. 1e5 cells; beyond 4 standard errors once in 16000.
TEST(Flow, ShearKillsInArteriesOnly)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.shear_death_per_min = 1.0;
    Circulation blood = blood_of(cases::small_graph(0.0), journey, world);
    blood.collect(cases::singles(1, 100000));
    advance(blood, 0, 4200, 333);
    const auto alive = static_cast<double>(blood.count().flowing_cells);
    EXPECT_LT(std::fabs(cases::standard_errors(alive, 1e5, std::exp(-0.7))), 4.0);
    EXPECT_EQ(blood.ledger().died[static_cast<std::size_t>(BloodDeath::shear)], 100000 - alive);
}

// Pairs die at 2 p h, their last cells at h, singles from then on. 3e4 pairs; beyond 4 standard errors once in 16000.
TEST(Flow, MembersOfClustersAreProtectedUntilOneIsLeft)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.flow_death_per_min = 0.5;
    journey.cluster_protection = 0.2;
    Circulation blood = blood_of(cases::small_graph(0.0), journey, world);
    constexpr int pairs = 30000;
    for (std::uint64_t i = 0; i < pairs; ++i) {
        blood.collect(cases::cluster(10 * i, 2));
    }
    advance(blood, 0, 3 * cases::minute, 450);
    const double a = 2.0 * 0.2 * 0.5;
    const double h = 0.5;
    const double t = 3.0;
    const double both = std::exp(-a * t);
    const double one = a / (h - a) * (std::exp(-a * t) - std::exp(-h * t));
    const BloodCount count = blood.count();
    EXPECT_LT(std::fabs(cases::standard_errors(static_cast<double>(count.flowing_clusters), pairs, both)), 4.0);
    EXPECT_LT(std::fabs(cases::standard_errors(static_cast<double>(count.flowing_singles), pairs, one)), 4.0);
    for (const Traveller& traveller : blood.travellers()) {
        EXPECT_LE(traveller.cluster, traveller.cell.id); // led by the smallest id left
    }
}

// A coat n / (n + half) = 0.8 with a shield of 0.75 lets 0.4 of the shear through. 1e5 cells; beyond 4 standard errors
// once in 16000.
TEST(Flow, PlateletsShieldFromShear)
{
    const auto world = parallel::Communicator::self();
    for (const double platelets : {0.0, 1.0}) {
        JourneyParameters journey;
        journey.shear_death_per_min = 1.0;
        journey.platelets = platelets;
        journey.platelet_shield_single = 0.75;
        Circulation blood = blood_of(cases::small_graph(0.0), journey, world);
        blood.collect(cases::singles(1, 100000));
        advance(blood, 0, 4200, 333);
        const auto alive = static_cast<double>(blood.count().flowing_cells);
        const double expected = std::exp(-0.7 * (platelets > 0.0 ? 0.4 : 1.0));
        EXPECT_LT(std::fabs(cases::standard_errors(alive, 1e5, expected)), 4.0);
    }
}

TEST(Flow, PortalBloodPassesTheLiverFirst)
{
    const auto world = parallel::Communicator::self();
    auto beds = cases::small_body(0.0);
    beds[0].name = "gut"; // the source drains to the liver now
    beds[0].drains_to = {Vessel::Kind::bed, 3};
    beds.push_back(cases::bed("liver", OrganId::none, 0.0, 1.0));
    Circulation blood = blood_of(VascularGraph(beds, 0.6, 0.14), {}, world);
    blood.collect(cases::singles(1, 50));
    blood.advance({0, 1});
    ASSERT_EQ(blood.count().arrested_cells, 50);
    for (const Traveller& t : blood.travellers()) {
        EXPECT_EQ(t.bed, 3);
        EXPECT_EQ(t.arrested_at, 0);
    }
    // Arterial blood that enters the gut comes to the liver, too: nothing but the rest's veins leads elsewhere.
    blood.collect(cases::singles(1000, 50, cases::lung));
    advance(blood, 1, 60 * cases::minute, 1000);
    EXPECT_EQ(blood.count().arrested_cells, 100);
}

TEST(Flow, ACellOfAnOrganWithoutBedIsABug)
{
    const auto world = parallel::Communicator::self();
    Circulation blood = blood_of(cases::small_graph(0.0), {}, world);
    EXPECT_THROW(blood.collect(cases::singles(1, 1, OrganId{2})), BugError);
    EXPECT_THROW(blood.collect(cases::singles(1, 1, OrganId::none)), BugError);
}

} // namespace paget::circulation
