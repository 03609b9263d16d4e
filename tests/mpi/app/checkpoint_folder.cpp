// Checkpoint files: what goes in comes out, the last few stay, failures leave what was there.

#include "paget/app/checkpoint_folder.hpp"

#include "paget/core/error.hpp"
#include "paget/io/hdf5_state.hpp"
#include "support/temporary_folder.hpp"
#include "tiny_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

namespace paget::test
{
namespace
{
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;
namespace fs = std::filesystem;

class Checkpoints : public testing::Test
{
protected:
    std::vector<Tick> ticks() const
    {
        std::vector<Tick> all;
        for (const auto& name : app::list_checkpoints(folder_.path())) {
            all.push_back(name.now);
        }
        return all;
    }
    void write(app::CheckpointFolder& checkpoints, Tick now)
    {
        checkpoints.write(body_, plain_facts(case_, now));
        world_.barrier();
    }
    std::string path(Tick now) const { return folder_.path() + fmt_name(now); }
    static std::string fmt_name(Tick now)
    {
        const std::string digits = std::to_string(now);
        return "/checkpoints/" + std::string(12 - digits.size(), '0') + digits + ".h5";
    }
    void spoil(Tick now)
    {
        world_.barrier();
        if (world_.is_root()) {
            fs::resize_file(path(now), 1000);
        }
        world_.barrier();
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    TemporaryFolder folder_{world_};
    app::LoadedCase case_ = tiny_case();
    body::Body body_{case_.body, world_};
};
} // namespace

TEST_F(Checkpoints, WhatGoesInComesOut)
{
    for (int step = 0; step < 3; ++step) {
        body_.advance({step * one_hour, one_hour});
    }
    const app::CheckpointFacts facts = plain_facts(case_, 3 * one_hour);
    EXPECT_EQ(app::write_checkpoint(folder_ / "c.h5", body_, facts), hash_of(body_));
    app::Checkpoint checkpoint(folder_ / "c.h5", world_);
    EXPECT_EQ(checkpoint.state_hash(), hash_of(body_));
    EXPECT_EQ(checkpoint.bytes(), fs::file_size(folder_ / "c.h5"));
    EXPECT_GE(checkpoint.cells(), 40U);
    EXPECT_EQ(checkpoint.facts().now, 3 * one_hour);
    EXPECT_EQ(checkpoint.facts().seed, 11U);
    EXPECT_EQ(checkpoint.facts().case_file, "tiny.ini");
    EXPECT_EQ(checkpoint.facts().resolved_case, case_.resolved);
    EXPECT_EQ(text_of(checkpoint.facts().outputs), text_of(facts.outputs));
    EXPECT_EQ(text_of(checkpoint.facts().history), text_of(facts.history));
    EXPECT_DOUBLE_EQ(checkpoint.facts().history.core_hours(), 0.1);
    const body::Body again(case_.body, world_, checkpoint.state());
    EXPECT_EQ(hash_of(again), hash_of(body_));
}

TEST_F(Checkpoints, TheLastOnesStay)
{
    app::CheckpointFolder checkpoints(folder_.path(), 2, {});
    for (const Tick now : {10, 20, 30, 40}) {
        write(checkpoints, now);
    }
    EXPECT_THAT(ticks(), ElementsAre(40, 30));
}

TEST_F(Checkpoints, ThoseOfAnAbandonedFutureDoNotCount)
{
    app::CheckpointFolder before(folder_.path(), 3, {});
    for (const Tick now : {10, 20, 30}) {
        write(before, now);
    }
    app::CheckpointFolder after(folder_.path(), 2, {});
    write(after, 15);
    EXPECT_THAT(ticks(), ElementsAre(30, 20, 15, 10));
    write(after, 25);
    EXPECT_THAT(ticks(), ElementsAre(30, 25, 20));
}

TEST_F(Checkpoints, DamagedOnesArePassedOverAndGoWhenThereIsANewerOne)
{
    app::CheckpointFolder before(folder_.path(), 4, {});
    for (const Tick now : {10, 20, 30, 40}) {
        write(before, now);
    }
    spoil(40);
    spoil(30);
    const auto found = app::newest_checkpoint(folder_.path(), world_);
    ASSERT_TRUE(found.checkpoint);
    EXPECT_EQ(found.checkpoint->facts().now, 20);
    ASSERT_EQ(found.warnings.size(), 2U);
    EXPECT_THAT(found.warnings[0], HasSubstr(path(40) + " is damaged"));
    EXPECT_THAT(found.warnings[1], HasSubstr(path(30) + " is damaged"));
    app::CheckpointFolder after(folder_.path(), 4, found.damaged);
    write(after, 30);
    EXPECT_THAT(ticks(), ElementsAre(30, 20, 10));
    EXPECT_EQ(app::newest_checkpoint(folder_.path(), world_).checkpoint->facts().now, 30);
}

TEST_F(Checkpoints, OtherFilesAreNoCheckpoints)
{
    app::CheckpointFolder checkpoints(folder_.path(), 2, {});
    write(checkpoints, 10);
    if (world_.is_root()) {
        for (const char* name : {"notes.txt", "000000000020.h5.part", "x20.h5", "20.hdf", "-30.h5"}) {
            std::ofstream(folder_.path() + "/checkpoints/" + name) << "text";
        }
    }
    world_.barrier();
    EXPECT_THAT(ticks(), ElementsAre(10));
    write(checkpoints, 20);
    EXPECT_FALSE(fs::exists(folder_.path() + "/checkpoints/000000000020.h5.part"));
    EXPECT_TRUE(fs::exists(folder_.path() + "/checkpoints/notes.txt"));
}

TEST_F(Checkpoints, NoneIsNoneAndNotAnError)
{
    const auto found = app::newest_checkpoint(folder_.path(), world_);
    EXPECT_FALSE(found.checkpoint);
    EXPECT_TRUE(found.damaged.empty());
}

TEST_F(Checkpoints, AWholeFileOfAnotherKindIsNoCheckpoint)
{
    {
        io::Hdf5StateWriter writer(folder_ / "state.h5", world_);
        body_.write_state(writer);
        writer.commit();
    }
    EXPECT_THAT([&] { app::Checkpoint(folder_ / "state.h5", world_); },
                ThrowsMessage<FileError>(HasSubstr("state.h5 is no checkpoint of Paget's")));
    {
        io::Hdf5StateWriter writer(folder_ / "later.h5", world_);
        writer.write_attribute("/", "format", std::string("paget checkpoint"));
        writer.write_attribute("/", "format_version", std::int64_t{99});
        writer.commit();
    }
    EXPECT_THAT([&] { app::Checkpoint(folder_ / "later.h5", world_); },
                ThrowsMessage<FileError>(HasSubstr("is of format 99; this program reads formats up to 1")));
}

TEST_F(Checkpoints, AFullDiskLeavesWhatWasThere)
{
    app::CheckpointFolder checkpoints(folder_.path(), 2, {});
    write(checkpoints, 10);
    write(checkpoints, 20);
    void (*const handler)(int) = std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit small{20000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    EXPECT_THAT([&] { write(checkpoints, 30); },
                ThrowsMessage<FileError>(HasSubstr("000000000030.h5.part: File too large")));
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    world_.barrier();
    EXPECT_THAT(ticks(), ElementsAre(20, 10));
    EXPECT_TRUE(app::newest_checkpoint(folder_.path(), world_).warnings.empty());
    write(checkpoints, 30); // there is room again
    EXPECT_THAT(ticks(), ElementsAre(30, 20));
}

} // namespace paget::test
