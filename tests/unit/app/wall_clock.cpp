// The clock of a run counts from the start of the process.

#include "paget/app/wall_clock.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include <unistd.h>

namespace paget::app
{

TEST(WallClock, CountsFromTheStartOfTheProcess)
{
    const WallClock first;
    ::usleep(300'000);
    const WallClock second; // made later, but the process is the same
    EXPECT_GE(second.seconds(), 0.3);
    EXPECT_NEAR(first.seconds(), second.seconds(), 0.05);
}

TEST(WallClock, TheEarlierLimitCounts)
{
    ::setenv("SLURM_JOB_ID", "1", 1);
    ::setenv("SLURM_JOB_END_TIME", std::to_string(std::time(nullptr) + 100).c_str(), 1);
    const WallClock clock;
    EXPECT_NEAR(wall_limit(clock, std::nullopt).value_or(0.0), clock.seconds() + 100.0, 1.5);
    EXPECT_NEAR(wall_limit(clock, 20.0).value_or(0.0), 20.0, 1e-9);
    EXPECT_NEAR(wall_limit(clock, 1e6).value_or(0.0), clock.seconds() + 100.0, 1.5);
    ::unsetenv("SLURM_JOB_ID");
    EXPECT_EQ(wall_limit(clock, std::nullopt), std::nullopt);
    ::unsetenv("SLURM_JOB_END_TIME");
}

} // namespace paget::app
