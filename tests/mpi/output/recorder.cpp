// A whole run's files: the same bytes from any number of ranks, whole or not there.

#include "paget/output/recorder.hpp"

#include "paget/body/body.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"
#include "paget/output/plan.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/resource.h>

using namespace paget;

namespace
{
constexpr const char* case_text = R"(
[run]
seed = 3
end = 6 hour
step = 1 hour
[mechanics]
step = 5 min
[output]
series_every = 2 hour
snapshot_every = 3 hour
[field.oxygen]
unit = mmHg
decay = 0.1 1/min
blood = 45 mmHg
permeability = 6e4 um/min
[cell.cancer]
oxygen.uptake = 10 1/min
cycle.model = live
intravasation.rate.epithelial = 20 1/day
[organ.breast]
founders.type = cancer
founders.count = 60
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 1
[organ.lung]
vessels.source = capillary_bed
vessels.spacing = 80 um
soil = 0.5
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.5
[circulation]
nk.encounters = 0 1/h
extravasation = 1 1/h
)";

body::BodyDescription read_example(output::Plan& plan)
{
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
    output::declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(case_text, "test.ini");
    description.check();
    body::BodyDescription body = body::read_body(description);
    plan = output::read_plan(description);
    description.throw_if_problems();
    return body;
}

/// The run loop in its shortest form.
void run(const std::string& folder, const parallel::Communicator& world)
{
    output::Plan plan;
    const body::BodyDescription description = read_example(plan);
    body::Body body(description, world);
    output::Recorder recorder(plan, folder, body, {"test.ini", case_text, "test", description.end});
    for (Tick now = 0; now < description.end;) {
        const Tick due = recorder.next_due(now).value_or(description.end);
        const TimeStep step{now, std::min({body.longest_step(now).length, description.end - now, due - now})};
        recorder.observe(body.advance(step));
        now = step.end();
    }
    recorder.finish(description.end, false);
}

std::string bytes_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

const std::vector<std::string> result_files{
    "series.csv",          "series.h5",           "events.csv",          "state.h5",
    "fields.xmf",          "cells.xmf",           "vessels.xmf",         "snapshots/000000.h5",
    "snapshots/000001.h5", "snapshots/000002.h5", "snapshots/vessels.h5"};
} // namespace

class RecorderTest : public testing::Test
{
protected:
    /// An empty folder for a run.
    std::string make(const std::string& name)
    {
        if (world_.is_root()) {
            std::filesystem::create_directory(folder_ / name);
        }
        world_.barrier();
        return folder_ / name;
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

TEST_F(RecorderTest, FilesAreTheSameFromAnyNumberOfRanks)
{
    const std::string together = make("together");
    const std::string alone = make("alone");
    run(together, world_);
    if (world_.is_root()) {
        const auto self = world_.create_group({0}, 1);
        run(alone, self);
        for (const std::string& name : result_files) {
            const std::string reference = bytes_of(alone + "/" + name);
            EXPECT_FALSE(reference.empty()) << name;
            EXPECT_TRUE(bytes_of(together + "/" + name) == reference) << name;
        }
        EXPECT_GT(bytes_of(together + "/events.csv").size(), 200U) << "no cell arrived: the case shows too little";
    }
}

TEST_F(RecorderTest, RowsStandAtTheTimesAskedFor)
{
    const std::string folder = make("run");
    run(folder, world_);
    if (world_.is_root()) {
        std::ifstream file(folder + "/series.csv");
        std::string line;
        std::getline(file, line);
        for (const char* time : {"0,", "2,", "4,", "6,"}) {
            ASSERT_TRUE(std::getline(file, line));
            EXPECT_EQ(line.rfind(time, 0), 0U) << line;
        }
        EXPECT_FALSE(std::getline(file, line));
    }
}

TEST_F(RecorderTest, PositionsAreThoseOfTheFiles)
{
    const std::string folder = make("run");
    output::Plan plan;
    const body::BodyDescription description = read_example(plan);
    body::Body body(description, world_);
    output::Recorder recorder(plan, folder, body, {"test.ini", case_text, "test", description.end});
    for (Tick now = 0; now < description.end; now += description.coupling_step) {
        recorder.observe(body.advance({now, description.coupling_step}));
        const auto positions = recorder.positions();
        EXPECT_EQ(positions.series_bytes, std::filesystem::file_size(folder + "/series.csv"));
        EXPECT_EQ(positions.event_bytes, std::filesystem::file_size(folder + "/events.csv"));
        EXPECT_EQ(positions.series_rows, static_cast<std::uint64_t>(1 + (now + 60000) / 120000));
        EXPECT_EQ(positions.snapshots.size(), static_cast<std::size_t>(1 + (now + 60000) / 180000));
        EXPECT_EQ(positions.start.organs[0].living(), 60);
        world_.barrier();
    }
    EXPECT_FALSE(recorder.positions().seedings.empty());
}

TEST_F(RecorderTest, NothingHalfWrittenIsLeft)
{
    const std::string folder = make("run");
    run(folder, world_);
    if (world_.is_root()) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
            EXPECT_NE(entry.path().extension(), ".part") << entry.path();
        }
    }
}

TEST_F(RecorderTest, AFolderThatCannotBeWrittenIsAFileErrorOnAllRanks)
{
    if (world_.is_root()) {
        std::ofstream(folder_ / "file") << "not a folder";
    }
    world_.barrier();
    EXPECT_THROW(run(folder_ / "file", world_), FileError);
}

TEST_F(RecorderTest, AFullDiskIsAFileErrorOnAllRanks)
{
    const std::string folder = make("run");
    void (*const handler)(int) = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{60000, before.rlim_max}; // enough for the vessels, not for a snapshot
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THROW(run(folder, world_), FileError);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
}
