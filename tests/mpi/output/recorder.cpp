// A whole run's files: the same bytes from any number of ranks, whole or not there.

#include "paget/output/recorder.hpp"

#include "paget/core/error.hpp"
#include "run_example.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <sys/resource.h>

using namespace paget;
using test::bytes_of;
using test::result_files;
using test::run;

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
    const test::Example example = test::read_example();
    body::Body body(example.body, world_);
    output::Recorder recorder(example.plan, folder, body, example.facts());
    for (Tick now = 0; now < example.body.end; now += example.body.coupling_step) {
        recorder.observe(body.advance({now, example.body.coupling_step}));
        const auto positions = recorder.positions();
        EXPECT_EQ(positions.series_bytes, std::filesystem::file_size(folder + "/series.csv"));
        EXPECT_EQ(positions.event_bytes, std::filesystem::file_size(folder + "/events.csv"));
        EXPECT_EQ(positions.track_bytes, std::filesystem::file_size(folder + "/tracks.csv"));
        EXPECT_EQ(positions.series_rows, static_cast<std::uint64_t>(1 + (now + 60000) / 120000));
        EXPECT_EQ(positions.snapshots.size(), static_cast<std::size_t>(1 + (now + 60000) / 180000));
        EXPECT_EQ(positions.start.organs[0].living(), 60);
        world_.barrier();
    }
    EXPECT_FALSE(recorder.positions().seedings.empty());
}

TEST_F(RecorderTest, TracksFollowEveryCell)
{
    const std::string folder = make("run");
    run(folder, world_);
    if (world_.is_root()) {
        std::ifstream file(folder + "/tracks.csv");
        std::string line;
        std::getline(file, line);
        EXPECT_EQ(line, "time_h,organ,cell,parent,type,state,fate,phase,x_um,y_um,z_um,radius_um,volume_um3,pressure");
        std::map<std::string, int> lines;
        while (std::getline(file, line)) {
            ++lines[line.substr(0, line.find(','))];
        }
        EXPECT_EQ(lines.size(), 3U);
        EXPECT_EQ(lines["0"], 60);
        EXPECT_EQ(lines.count("3"), 1U);
        EXPECT_EQ(lines.count("6"), 1U);
    }
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
