// When checkpoints are written and when a run stops before its limit, on clocks made up here.

#include "paget/app/checkpoint_schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>

namespace paget::app
{
namespace
{
CheckpointPlan only_on_demand()
{
    CheckpointPlan plan;
    plan.every_wall_s = 0.0;
    return plan;
}
} // namespace

TEST(CheckpointSchedule, BySimulatedTimeOnceForEveryIntervalThatIsReached)
{
    CheckpointPlan plan = only_on_demand();
    plan.every = 100;
    CheckpointSchedule schedule(plan, 0, 0.0, {}, 1.0);
    EXPECT_FALSE(schedule.due(99, 1.0).checkpoint);
    EXPECT_TRUE(schedule.due(100, 2.0).checkpoint);
    EXPECT_TRUE(schedule.due(130, 2.0).checkpoint); // a step that ends beyond: steps are never cut for it
    schedule.note_checkpoint(130, 3.0, 1.0);
    EXPECT_FALSE(schedule.due(199, 3.0).checkpoint);
    EXPECT_TRUE(schedule.due(205, 3.0).checkpoint);
    schedule.note_checkpoint(450, 4.0, 1.0);
    EXPECT_FALSE(schedule.due(499, 4.0).checkpoint);
    EXPECT_TRUE(schedule.due(500, 4.0).checkpoint);
}

TEST(CheckpointSchedule, BySimulatedTimeGoesOnFromARestart)
{
    CheckpointPlan plan = only_on_demand();
    plan.every = 100;
    const CheckpointSchedule schedule(plan, 250, 0.0, {}, 1.0);
    EXPECT_FALSE(schedule.due(299, 1.0).checkpoint);
    EXPECT_TRUE(schedule.due(300, 1.0).checkpoint);
}

TEST(CheckpointSchedule, ByWallTimeFromTheEndOfTheLastOne)
{
    CheckpointPlan plan;
    plan.every_wall_s = 60.0;
    CheckpointSchedule schedule(plan, 0, 10.0, {}, 1.0);
    EXPECT_FALSE(schedule.due(1, 69.0).checkpoint);
    EXPECT_TRUE(schedule.due(1, 70.0).checkpoint);
    schedule.note_checkpoint(1, 75.0, 5.0);
    EXPECT_FALSE(schedule.due(2, 134.0).checkpoint);
    EXPECT_TRUE(schedule.due(2, 135.0).checkpoint);
}

TEST(CheckpointSchedule, NothingIsDueWhereNothingWasAskedFor)
{
    const CheckpointSchedule schedule(only_on_demand(), 0, 0.0, {}, 1.0);
    EXPECT_EQ(schedule.wall_interval_s(), std::nullopt);
    EXPECT_EQ(schedule.due(1'000'000'000, 1e9), Due{});
}

TEST(CheckpointSchedule, AutomaticIntervalIsYoungs)
{
    CheckpointPlan plan;
    plan.mean_time_between_failures_s = 86400.0;
    CheckpointSchedule schedule(plan, 0, 0.0, {}, 5.0);
    EXPECT_NEAR(*schedule.wall_interval_s(), std::sqrt(2.0 * 5.0 * 86400.0), 1e-9);
    schedule.note_checkpoint(1, 0.0, 1.0); // what is seen replaces the guess
    EXPECT_NEAR(*schedule.wall_interval_s(), std::sqrt(2.0 * 1.25 * 86400.0), 1e-9);
}

TEST(CheckpointSchedule, AutomaticIntervalNeverCostsOverTwoPercent)
{
    for (const double seconds : {0.001, 0.1, 3.0, 60.0, 3600.0}) {
        for (const double mtbf_s : {60.0, 3600.0, 86400.0, 3e7}) {
            CheckpointPlan plan;
            plan.mean_time_between_failures_s = mtbf_s;
            CheckpointSchedule schedule(plan, 0, 0.0, {}, 1.0);
            schedule.note_checkpoint(1, 0.0, seconds);
            EXPECT_LE(seconds / *schedule.wall_interval_s(), 0.02);
        }
    }
}

TEST(CheckpointSchedule, StopsWhileThereIsTimeForOneStepAndTwoCheckpoints)
{
    CheckpointSchedule schedule(only_on_demand(), 0, 0.0, 1000.0, 1.0);
    schedule.note_checkpoint(0, 0.0, 20.0);
    schedule.note_step(40.0);
    const double needed_s = 1.25 * 40.0 + 2.0 * 1.25 * 20.0 + 1.0;
    EXPECT_EQ(schedule.due(1, 1000.0 - needed_s - 0.1), Due{});
    EXPECT_EQ(schedule.due(1, 1000.0 - needed_s + 0.1), (Due{true, true}));
}

TEST(CheckpointSchedule, RemembersSlowStepsForAWhile)
{
    CheckpointSchedule schedule(only_on_demand(), 0, 0.0, {}, 1.0);
    schedule.note_step(100.0);
    for (int i = 0; i < 100; ++i) {
        schedule.note_step(1.0);
    }
    EXPECT_GT(schedule.longest_step_s(), 100.0);
    for (int i = 0; i < 20000; ++i) {
        schedule.note_step(1.0);
    }
    EXPECT_DOUBLE_EQ(schedule.longest_step_s(), 1.25);
}

TEST(CheckpointSchedule, AStopBeforeALimitAlwaysFits)
{
    // 1000 runs with random limits; steps and checkpoints vary by a fifth, steps grow tenfold in the run.
    std::mt19937 random(7);
    std::uniform_real_distribution<double> share(0.8, 1.2);
    std::uniform_real_distribution<double> limit(60.0, 3000.0);
    for (int run = 0; run < 1000; ++run) {
        const double limit_s = limit(random);
        double now_s = 2.0;
        CheckpointSchedule schedule(CheckpointPlan{}, 0, now_s, limit_s, 2.0);
        Due due;
        for (Tick now = 1; !due.stop; ++now) {
            const double step_s = (0.3 + 3.0 * now_s / 3000.0) * share(random);
            now_s += step_s;
            schedule.note_step(step_s);
            due = schedule.due(now, now_s);
            if (due.checkpoint) {
                const double checkpoint_s = 1.5 * share(random);
                now_s += checkpoint_s;
                schedule.note_checkpoint(now, now_s, checkpoint_s);
            }
        }
        EXPECT_LT(now_s, limit_s);
        EXPECT_GT(now_s, limit_s - 1.5 * schedule.longest_step_s() - 2.0 * schedule.longest_checkpoint_s() - 1.0);
    }
}

} // namespace paget::app
