// The history of runs that a checkpoint keeps.

#include "paget/app/run_history.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::app
{
namespace
{
RunRecord example(std::int64_t ranks, double wall_seconds)
{
    RunRecord run;
    run.began = "2026-03-01T10:00:00Z";
    run.version = "0.1.0";
    run.revision = "abc-dirty";
    run.libraries = "MPI 4; HDF5 1.10";
    run.command = "paget run \"a\\b.ini\"";
    run.folder = "runs/a";
    run.ranks = ranks;
    run.hosts = {"n1", "n2"};
    run.slurm_job = "42";
    run.slurm_restarts = "3";
    run.from = 100;
    run.to = 200;
    run.wall_seconds = wall_seconds;
    return run;
}
} // namespace

TEST(RunHistory, ComesBackAsItWas)
{
    const RunHistory before{{example(4, 0.1), example(12, 1e6)}};
    const RunHistory after = history_from(text_of(before));
    ASSERT_EQ(after.runs.size(), 2U);
    EXPECT_EQ(text_of(after), text_of(before));
    EXPECT_EQ(after.runs[0].command, "paget run \"a\\b.ini\"");
    EXPECT_EQ(after.runs[0].hosts, (std::vector<std::string>{"n1", "n2"}));
    EXPECT_EQ(after.runs[0].wall_seconds, 0.1);
    EXPECT_EQ(after.runs[1].ranks, 12);
    EXPECT_EQ(after.runs[1].to, 200);
}

TEST(RunHistory, CoreHoursAreSummedOverAllRuns)
{
    EXPECT_DOUBLE_EQ((RunHistory{{example(4, 3600.0), example(2, 1800.0)}}).core_hours(), 5.0);
    EXPECT_EQ(RunHistory{}.core_hours(), 0.0);
}

TEST(RunHistory, OtherTextIsAFileError)
{
    for (const char* text : {"", "{", "[]", "{}", R"({"runs": [{}]})", R"({"runs": [{"began": 1}]})"}) {
        EXPECT_THROW(history_from(text), FileError) << text;
    }
}

TEST(RunHistory, ThisRunKnowsWhereItIs)
{
    const auto self = parallel::Communicator::self();
    const RunRecord run = this_run(self, "paget run x.ini", "runs/x", 77);
    EXPECT_THAT(run.began, testing::MatchesRegex("20..-..-..T..:..:..Z"));
    EXPECT_FALSE(run.version.empty());
    EXPECT_EQ(run.ranks, 1);
    ASSERT_EQ(run.hosts.size(), 1U);
    EXPECT_FALSE(run.hosts[0].empty());
    EXPECT_EQ(run.from, 77);
    EXPECT_EQ(run.core_hours(), 0.0);
}

} // namespace paget::app
