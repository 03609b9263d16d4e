// The body and its therapy: steps end where infusions begin and end, and drugs kill cells in cycle.

#include "small_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::test
{
namespace
{
using testing::HasSubstr;

constexpr const char* deadly_drug = R"(
[drug.poison]
dose = 100 mg
volume = 5 L
clearance = 0 L/min
first_dose = 90 min
infusion = 20 min
doses = 1
kill = 1000 1/h
ic50 = 1e-3 mg/L
)";

/// No cell leaves the tissue.
std::int64_t killed_by_drug(const organ::Census& census)
{
    return census.totals.died[static_cast<std::size_t>(agents::DeathCause::drug)];
}
} // namespace

TEST(Treatment, StepsEndWhereInfusionsBeginAndEnd)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body(nobody_leaves, deadly_drug);
    const body::Body body(description, world);
    const auto minutes = [](Tick m) { return m * ticks_per_minute; };
    EXPECT_EQ(body.longest_step(0).length, minutes(60));
    EXPECT_THAT(body.longest_step(0).reason, HasSubstr("run.step"));
    EXPECT_EQ(body.longest_step(minutes(60)).length, minutes(30));
    EXPECT_THAT(body.longest_step(minutes(60)).reason, HasSubstr("infusion"));
    EXPECT_EQ(body.longest_step(minutes(90)).length, minutes(20));
    EXPECT_EQ(body.longest_step(minutes(90) - 1).length, 1);
    EXPECT_EQ(body.longest_step(minutes(110)).length, minutes(60));
}

TEST(Treatment, WithoutDrugsTheCouplingStepRules)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body();
    const body::Body body(description, world);
    EXPECT_EQ(body.longest_step(12345).length, one_hour);
}

TEST(Treatment, KillsAllCellsInCycleFromTheInfusionOn)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body(nobody_leaves, deadly_drug);
    body::Body body(description, world);
    const auto before = live_until(body, 0, 90 * ticks_per_minute).census.organs[0];
    EXPECT_EQ(killed_by_drug(before), 0);
    EXPECT_GT(before.in_fate(agents::Fate::cycling), 50);
    EXPECT_EQ(body.therapy().concentrations(), std::vector<double>{0.0});
    const auto after = live_until(body, 90 * ticks_per_minute, 170 * ticks_per_minute).census.organs[0];
    EXPECT_EQ(after.in_fate(agents::Fate::cycling), 0);
    EXPECT_GT(killed_by_drug(after), before.living() / 2);
    EXPECT_NEAR(body.therapy().concentrations()[0], 20.0, 1e-9); // 100 mg in 5 l, none cleared
}

TEST(Treatment, SparesDormantCells)
{
    // Cells enter the blood in the first hours, and those that settle in the lung all fall asleep.
    const auto world = parallel::Communicator::world();
    const auto description = small_body({{"organ.lung.soil", "0"},
                                         {"organ.lung.dormancy", "1"},
                                         {"organ.lung.wake_rate", "0 1/day"},
                                         {"drug.poison.first_dose", "6 hour"}},
                                        deadly_drug);
    body::Body body(description, world);
    const auto before = live_until(body, 0, 6 * one_hour).census;
    EXPECT_GT(before.organs[1].in_fate(agents::Fate::dormant), 0);
    EXPECT_EQ(killed_by_drug(before.organs[0]), 0);
    const auto after = live_until(body, 6 * one_hour, 8 * one_hour).census;
    EXPECT_GT(killed_by_drug(after.organs[0]), 0);
    EXPECT_EQ(killed_by_drug(after.organs[1]), 0);
    EXPECT_GT(after.organs[1].in_fate(agents::Fate::dormant), 0);
    EXPECT_EQ(after.organs[1].living(), after.organs[1].in_fate(agents::Fate::dormant)); // none has woken
}

} // namespace paget::test
