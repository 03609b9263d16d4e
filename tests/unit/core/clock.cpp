#include "paget/core/clock.hpp"

#include <gtest/gtest.h>

namespace paget
{

TEST(Clock, TicksAndMinutesAreInverse)
{
    for (const Tick ticks : {Tick{0}, Tick{1}, Tick{999}, Tick{360000}, Tick{-360001}, Tick{525600000000}}) {
        EXPECT_EQ(ticks_from_minutes(minutes_from_ticks(ticks)), ticks);
    }
}

TEST(Clock, MinutesGoToTheNearestTick)
{
    EXPECT_EQ(ticks_from_minutes(0.0004), 0);
    EXPECT_EQ(ticks_from_minutes(0.0006), 1);
    EXPECT_EQ(ticks_from_minutes(-0.0004), 0);
    EXPECT_EQ(ticks_from_minutes(-0.0006), -1);
    EXPECT_EQ(ticks_from_minutes(0.1), 100);
    EXPECT_EQ(ticks_from_minutes(6.0), 6000);
}

TEST(Clock, AStepKnowsItsEnd)
{
    constexpr TimeStep step{1000, 6000};
    static_assert(step.end() == 7000);
    EXPECT_DOUBLE_EQ(step.minutes(), 6.0);
    EXPECT_DOUBLE_EQ((TimeStep{0, ticks_from_minutes(minutes_per_day)}.days_at_end()), 1.0);
    EXPECT_DOUBLE_EQ((TimeStep{ticks_from_minutes(minutes_per_day), ticks_from_minutes(720.0)}.days_at_end()), 1.5);
}

TEST(Clock, StepsThatFollowEachOtherDoNotDrift)
{
    Tick now = 0;
    for (int step = 0; step < 1000000; ++step) {
        now = TimeStep{now, ticks_from_minutes(0.1)}.end();
    }
    EXPECT_EQ(now, ticks_from_minutes(100000.0));
}

} // namespace paget
