// What SLURM says, as text: durations, states of jobs.

#include "paget/app/slurm.hpp"

#include "paget/app/wall_clock.hpp"
#include "paget/core/error.hpp"

#include <gtest/gtest.h>

namespace paget::app
{

TEST(Durations, AsSlurmWritesThem)
{
    EXPECT_EQ(seconds_of_duration("45"), 2700.0);
    EXPECT_EQ(seconds_of_duration("0:07"), 7.0);
    EXPECT_EQ(seconds_of_duration("30:00"), 1800.0);
    EXPECT_EQ(seconds_of_duration("1:30:00"), 5400.0);
    EXPECT_EQ(seconds_of_duration("2-12"), 2.5 * 86400.0);
    EXPECT_EQ(seconds_of_duration("2-12:30"), 2.5 * 86400.0 + 1800.0);
    EXPECT_EQ(seconds_of_duration("1-00:00:01"), 86401.0);
    for (const char* text : {"", "UNLIMITED", "NOT_SET", "INVALID", "1:", ":5", "1:2:3:4", "-5", "1 h", "-1-2:00"}) {
        EXPECT_EQ(seconds_of_duration(text), std::nullopt) << text;
    }
}

TEST(Durations, AsUsersWriteThem)
{
    EXPECT_DOUBLE_EQ(read_wall_time("90 min"), 5400.0);
    EXPECT_DOUBLE_EQ(read_wall_time("1.5 h"), 5400.0);
    EXPECT_DOUBLE_EQ(read_wall_time("20s"), 20.0);
    EXPECT_DOUBLE_EQ(read_wall_time("1:30:00"), 5400.0);
    for (const char* text : {"", "90", "soon", "-5 min", "0 s", "5 um", "1:x"}) {
        EXPECT_THROW(read_wall_time(text), InputError) << text;
    }
}

TEST(Jobs, LiveOrHaveEnded)
{
    EXPECT_EQ(life_of_job("RUNNING"), Life::alive);
    EXPECT_EQ(life_of_job("SUSPENDED"), Life::alive);
    EXPECT_EQ(life_of_job("COMPLETING"), Life::unknown);
    for (const char* state : {"", "PENDING", "TIMEOUT", "NODE_FAIL", "CANCELLED", "COMPLETED", "FAILED", "PREEMPTED"}) {
        EXPECT_EQ(life_of_job(state), Life::ended) << state;
    }
}

TEST(Jobs, OnlyNumbersAreAskedFor)
{
    EXPECT_EQ(state_of_job(""), std::nullopt);
    EXPECT_EQ(state_of_job("1; touch /tmp/x"), std::nullopt);
}

} // namespace paget::app
