#include "paget/circulation/nk_killing.hpp"
#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr int many = 100000;

/// All cells arrest in the lung, 1 tick after they were shed.
struct Lung {
    parallel::Communicator world = parallel::Communicator::self();
    Circulation blood;

    explicit Lung(const JourneyParameters& journey)
        : blood(VascularGraph(cases::small_body(1.0), 0.001, 0.14), journey, world, {{0}, {0}}, RandomNumbers(5))
    {
    }
    /// Returns what arrived.
    std::vector<Arrival> wait(Tick begin, Tick end, Tick step)
    {
        std::vector<Arrival> arrived;
        for (Tick now = begin; now < end; now += step) {
            blood.advance({now, std::min(step, end - now)});
            for (const Arrival& arrival : cases::take_arrivals(blood)) {
                arrived.push_back(arrival);
            }
        }
        return arrived;
    }
    std::int64_t died(BloodDeath cause) const { return blood.ledger().died[static_cast<std::size_t>(cause)]; }
};

JourneyParameters with_nk_cells()
{
    JourneyParameters journey;
    journey.nk_encounters_per_min = 1.0 / 120.0;
    journey.nk_lethality = 0.5;
    return journey;
}
} // namespace

// Survival of NK cells to their end is exp(-e integral of L); a full coat of half effect leaves half of the encounters.
// 1e5 cells; beyond 4 standard errors once in 16000.
TEST(Arrest, PlateletsKeepNkCellsOff)
{
    JourneyParameters journey = with_nk_cells();
    journey.extravasation_per_min = 0.0;
    journey.platelets = 0.25;
    journey.platelets_half = 0.25;
    journey.platelet_shield_single = 1.0;
    journey.platelet_shield_cluster = 0.0; // these are no clusters
    Lung lung(journey);
    lung.blood.collect(cases::singles(1, many));
    lung.wait(0, 3000 * cases::minute, 1000 * cases::minute);
    const double whole = journey.nk_encounters_per_min * lethality_integral_min(journey, 3000.0);
    const double alive = many - static_cast<double>(lung.died(BloodDeath::nk_cell));
    EXPECT_LT(std::fabs(cases::standard_errors(alive, many, std::exp(-0.5 * whole))), 4.0);
}

// NK cells, extravasation and other death compete. Probability of leaving, by a fine sum of
// x exp(-x t - d t - NK hazard to t). 1e5 cells for each step; beyond 4 standard errors once in 16000.
TEST(Arrest, ClocksCompeteExactlyForAnyStep)
{
    JourneyParameters journey = with_nk_cells();
    journey.extravasation_per_min = 0.003;
    journey.arrest_death_per_min = 0.001;
    double leaves = 0.0;
    for (int i = 0; i < 1000000; ++i) {
        const double t = (i + 0.5) * 0.01;
        const double hazard = 0.004 * t + journey.nk_encounters_per_min * lethality_integral_min(journey, t);
        leaves += 0.003 * std::exp(-hazard) * 0.01;
    }
    for (const Tick step : {10000 * cases::minute, 97 * cases::minute}) {
        Lung lung(journey);
        lung.blood.collect(cases::singles(1, many));
        lung.wait(0, 10000 * cases::minute, step);
        const BloodLedger ledger = lung.blood.ledger();
        EXPECT_LT(std::fabs(cases::standard_errors(static_cast<double>(ledger.extravasated), many, leaves)), 4.0);
        // constant hazards share by their sizes
        const double slow = static_cast<double>(lung.died(BloodDeath::arrested_too_long) + ledger.extravasated);
        EXPECT_LT(std::fabs(cases::standard_errors(static_cast<double>(ledger.extravasated), slow, 0.75)), 4.0);
        EXPECT_EQ(lung.blood.count().arrested_cells, 0); // exp(-40) are left
    }
}

TEST(Arrest, ArrivalIsDatedWithinTheStep)
{
    JourneyParameters journey;
    journey.extravasation_per_min = 0.1;
    Lung lung(journey);
    lung.blood.collect(cases::singles(1, 1000));
    double mean = 0.0;
    for (const Arrival& arrival : lung.wait(0, 600 * cases::minute, 600 * cases::minute)) {
        EXPECT_GT(arrival.arrived_at, 0);
        EXPECT_LE(arrival.arrived_at, 600 * cases::minute);
        mean += minutes_from_ticks(arrival.arrived_at) / 1000.0;
    }
    EXPECT_NEAR(mean, 10.0, 4.0 * 10.0 / std::sqrt(1000.0)); // beyond 4 standard errors once in 16000
}

TEST(Arrest, AClusterLeavesAsAWhole)
{
    JourneyParameters journey;
    journey.extravasation_per_min = 0.02;
    journey.arrest_death_per_min = 0.01;
    Lung lung(journey);
    for (std::uint64_t i = 0; i < 500; ++i) {
        lung.blood.collect(cases::cluster(10 * i, 4));
    }
    std::map<std::uint64_t, std::vector<Arrival>> arrived;
    for (const Arrival& arrival : lung.wait(0, 2000 * cases::minute, 13 * cases::minute)) {
        arrived[arrival.cluster.value].push_back(arrival);
    }
    int shrunken = 0;
    for (const auto& [leader, together] : arrived) {
        EXPECT_EQ(together.front().cell.id.value, leader); // the smallest id
        shrunken += together.size() < 4 ? 1 : 0;
        for (const Arrival& arrival : together) {
            EXPECT_EQ(arrival.cluster_size, static_cast<int>(together.size()));
            EXPECT_EQ(arrival.arrived_at, together.front().arrived_at);
            EXPECT_EQ(arrival.cell.id.number() / 10, together.front().cell.id.number() / 10);
        }
    }
    EXPECT_GT(arrived.size(), 300U); // 1 - all four die first: 0.75 of 500 and more
    EXPECT_GT(shrunken, 100);
    EXPECT_EQ(cases::ledger_gap(lung.blood), 0);
}

// A pair with death rate d of each and leaving rate x of both: expected cells that leave 2 x/(x+d).
// 4e4 pairs; cells of a pair correlate, so the error is at most that of half the cells; 4 of these: < 1e-4.
TEST(Arrest, CellsOfAClusterDieOneByOne)
{
    JourneyParameters journey;
    journey.extravasation_per_min = 0.02;
    journey.arrest_death_per_min = 0.03;
    Lung lung(journey);
    constexpr int pairs = 40000;
    for (std::uint64_t i = 0; i < pairs; ++i) {
        lung.blood.collect(cases::cluster(10 * i, 2));
    }
    lung.wait(0, 3000 * cases::minute, 500 * cases::minute);
    const auto left = static_cast<double>(lung.blood.ledger().extravasated);
    EXPECT_LT(std::fabs(cases::standard_errors(left / 2.0, pairs, 0.4)), 4.0);
}

} // namespace paget::circulation
