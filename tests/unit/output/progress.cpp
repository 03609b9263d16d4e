// The progress line and durations as people say them.

#include "progress.hpp"

#include <gtest/gtest.h>

using namespace paget;
using output::duration_text;

TEST(Progress, DurationsAreWordedForPeople)
{
    EXPECT_EQ(duration_text(0.2), "0 s");
    EXPECT_EQ(duration_text(59.4), "59 s");
    EXPECT_EQ(duration_text(59.6), "1 min 0 s");
    EXPECT_EQ(duration_text(185), "3 min 5 s");
    EXPECT_EQ(duration_text(7800), "2 h 10 min");
    EXPECT_EQ(duration_text(100800), "1 d 4 h");
}

TEST(Progress, TellsSpeedAndTimeLeft)
{
    const Tick hour = 60 * ticks_per_minute;
    EXPECT_EQ(output::progress_text({6 * hour, 1234, 5, 2}, 24 * hour, 30.0),
              "6.0 of 24.0 h | 1234 cells | 5 in blood | 2 seeds | 12.0 h/min | 1 min 30 s left");
}

TEST(Progress, SaysNothingOfSpeedBeforeThereIsOne)
{
    EXPECT_EQ(output::progress_text({0, 8, 0, 0}, 600 * ticks_per_minute, 0.5),
              "0.0 of 10.0 h | 8 cells | 0 in blood | 0 seeds");
}
