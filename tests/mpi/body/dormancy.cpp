// Rules on falling asleep and waking, through the whole body.

#include "small_body.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
/// One hour of a tumour from which nobody leaves, with a rule on all its cells: of a signal that is 1 a response of
/// hill 4 and half 0.5 is 16/17.
organ::Census breast_after_an_hour(const std::string& rule, const std::map<std::string, std::string>& more = {})
{
    auto keys = nobody_leaves;
    keys["organ.breast.founders.count"] = "3000";
    keys["organ.breast.size.x"] = "400 um";
    keys["organ.breast.size.y"] = "400 um";
    keys["organ.breast.size.z"] = "400 um";
    keys["cell.cancer.cycle.live.rate"] = "0 1/h";
    keys.insert(more.begin(), more.end());
    const auto world = parallel::Communicator::world();
    const auto description = small_body(keys, rule);
    body::Body body(description, world);
    return live_until(body, 0, one_hour).census.organs[0];
}
} // namespace

// 3 standard errors: a false alarm in 0.3 % with another seed.
TEST(Dormancy, CellsFallAsleepAtTheRuledRate)
{
    const auto breast =
        breast_after_an_hour("[rules]\nlull = cancer: in_breast increases falling_asleep to 0.5 1/h, half at 0.5\n");
    const double expected = 1.0 - std::exp(-0.5 * 16.0 / 17.0);
    const auto living = static_cast<double>(breast.living());
    EXPECT_NEAR(static_cast<double>(breast.in_fate(agents::Fate::dormant)) / living, expected,
                3.0 * std::sqrt(expected * (1.0 - expected) / living));
}

TEST(Dormancy, LaterPhasesOfTheCycleDoNotFallAsleep)
{
    const std::map<std::string, std::string> phases{{"cell.cancer.cycle.model", "ki67_basic"},
                                                    {"cell.cancer.cycle.ki67_basic.negative", "1e9 h"}};
    const auto breast = breast_after_an_hour(
        "[rules]\nlull = cancer: in_breast increases falling_asleep to 1e6 1/h, half at 0.5\n", phases);
    EXPECT_GT(breast.in_fate(agents::Fate::dormant), 2900) << "nearly all founders are in the first phase";
    const std::map<std::string, std::string> dividing{{"cell.cancer.cycle.model", "ki67_basic"},
                                                      {"cell.cancer.cycle.ki67_basic.negative", "0.001 min"},
                                                      {"cell.cancer.cycle.ki67_basic.positive", "1e9 h"}};
    const auto busy = breast_after_an_hour(
        "[rules]\nlull = cancer: in_breast increases falling_asleep to 1e6 1/h, half at 0.5\n", dividing);
    EXPECT_LT(busy.in_fate(agents::Fate::dormant), 10);
}

// All that reach the lung fall asleep; a rule wakes them there in the next step, where the soil would not.
TEST(Dormancy, RulesWakeCells)
{
    const auto world = parallel::Communicator::world();
    const std::map<std::string, std::string> asleep{
        {"organ.lung.soil", "0"}, {"organ.lung.dormancy", "1"}, {"organ.lung.wake_rate", "0 1/day"}};
    const auto description = small_body(asleep);
    body::Body body(description, world);
    const auto sleeping = live_until(body, 0, 8 * one_hour).census.organs[1];
    EXPECT_GT(sleeping.living(), 5);
    EXPECT_EQ(sleeping.living(), sleeping.in_fate(agents::Fate::dormant));

    const auto called =
        small_body(asleep, "[rules]\ncall = cancer: in_lung increases waking from 0 1/h to 1e6 1/h, half at 0.5\n");
    body::Body awake(called, world);
    const auto before = live_until(awake, 0, 7 * one_hour).census.organs[1];
    const auto woken = live_until(awake, 7 * one_hour, 8 * one_hour).census.organs[1];
    EXPECT_GT(woken.in_fate(agents::Fate::cycling), 2); // many of those that are awake leave again
    EXPECT_LE(woken.in_fate(agents::Fate::dormant), woken.totals.arrived - before.totals.arrived);
}

} // namespace paget::test
