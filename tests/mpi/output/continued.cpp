// A run that is continued from a checkpoint leaves the same files as one that was never interrupted.

#include "run_example.hpp"

#include "paget/core/error.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace paget;
namespace fs = std::filesystem;

class ContinuedRun : public testing::Test
{
protected:
    std::string make(const std::string& name)
    {
        if (world_.is_root()) {
            fs::create_directory(folder_ / name);
        }
        world_.barrier();
        return folder_ / name;
    }

    /// Records a run up to `end`, then leaves it, as a killed one (or as one that was told to stop). Returns where it
    /// stood at `checkpoint`.
    output::StreamPositions interrupted_run(const std::string& folder, Tick checkpoint, Tick end, bool told)
    {
        body::Body body(example_.body, world_);
        output::Recorder recorder(example_.plan, folder, body, example_.facts());
        const Tick reached = test::advance(body, &recorder, 0, checkpoint);
        output::StreamPositions positions = recorder.positions();
        test::advance(body, &recorder, reached, end);
        if (told) {
            recorder.finish(end, true);
        }
        return positions;
    }

    /// Continues the files of `folder` with a body that was brought to `now` without them.
    void continue_run(const std::string& folder, const output::StreamPositions& positions, Tick now)
    {
        body::Body body(example_.body, world_);
        const Tick reached = test::advance(body, nullptr, 0, now);
        output::Recorder recorder(example_.plan, folder, body, example_.facts(), positions, reached);
        test::advance(body, &recorder, reached, example_.body.end);
        recorder.finish(example_.body.end, false);
    }

    void expect_same_files(const std::string& left, const std::string& right)
    {
        world_.barrier();
        if (!world_.is_root()) {
            return;
        }
        for (const std::string& name : test::result_files) {
            EXPECT_TRUE(test::bytes_of(left + "/" + name) == test::bytes_of(right + "/" + name)) << name;
        }
        EXPECT_EQ(std::distance(fs::directory_iterator(left + "/snapshots"), {}),
                  std::distance(fs::directory_iterator(right + "/snapshots"), {}));
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
    test::Example example_ = test::read_example();
};

TEST_F(ContinuedRun, LeavesTheFilesOfAnUninterruptedOne)
{
    const std::string reference = make("reference");
    test::run(reference, world_);
    constexpr Tick hour = 60 * ticks_per_minute;
    for (const Tick checkpoint : {Tick{0}, hour, 4 * hour}) {
        for (const bool told : {false, true}) {
            SCOPED_TRACE("checkpoint at " + std::to_string(checkpoint) + (told ? ", told to stop" : ", killed"));
            const std::string parts = make(std::to_string(checkpoint) + (told ? "told" : "killed"));
            const auto positions = interrupted_run(parts, checkpoint, 5 * hour, told);
            continue_run(parts, positions, checkpoint);
            expect_same_files(parts, reference);
        }
    }
}

TEST_F(ContinuedRun, RemovesWhatCameAfterTheCheckpoint)
{
    const std::string folder = make("run");
    const auto positions = interrupted_run(folder, 0, example_.body.end, false);
    body::Body body(example_.body, world_);
    if (world_.is_root()) {
        std::ofstream(folder + "/snapshots/000007.h5.part") << "half";
        std::ofstream(folder + "/state.h5") << "of later";
        EXPECT_TRUE(fs::exists(folder + "/snapshots/000001.h5"));
    }
    const output::Recorder recorder(example_.plan, folder, body, example_.facts(), positions, 0);
    if (world_.is_root()) {
        EXPECT_EQ(fs::file_size(folder + "/series.csv"), positions.series_bytes);
        EXPECT_EQ(fs::file_size(folder + "/events.csv"), positions.event_bytes);
        EXPECT_EQ(fs::file_size(folder + "/tracks.csv"), positions.track_bytes);
        EXPECT_TRUE(fs::exists(folder + "/snapshots/000000.h5"));
        EXPECT_TRUE(fs::exists(folder + "/snapshots/vessels.h5"));
        EXPECT_FALSE(fs::exists(folder + "/snapshots/000001.h5"));
        EXPECT_FALSE(fs::exists(folder + "/snapshots/000007.h5.part"));
        EXPECT_FALSE(fs::exists(folder + "/state.h5"));
        EXPECT_EQ(test::bytes_of(folder + "/fields.xmf").find("000001.h5"), std::string::npos);
    }
}

TEST_F(ContinuedRun, FilesThatLackRowsAreRefusedOnAllRanks)
{
    const std::string folder = make("run");
    auto positions = interrupted_run(folder, 0, example_.body.end, false);
    body::Body body(example_.body, world_);
    positions.series_bytes += 1'000'000;
    EXPECT_THROW(output::Recorder(example_.plan, folder, body, example_.facts(), positions, 0), FileError);
    EXPECT_THROW(output::Recorder(example_.plan, make("empty"), body, example_.facts(), positions, 0), FileError);
}

TEST_F(ContinuedRun, OtherColumnsAreRefused)
{
    const std::string folder = make("run");
    const auto positions = interrupted_run(folder, 0, example_.body.end, false);
    body::Body body(example_.body, world_);
    if (world_.is_root()) {
        const std::string text = test::bytes_of(folder + "/series.csv");
        std::ofstream(folder + "/series.csv") << "T" << text.substr(1);
    }
    world_.barrier();
    EXPECT_THROW(output::Recorder(example_.plan, folder, body, example_.facts(), positions, 0), FileError);
}
