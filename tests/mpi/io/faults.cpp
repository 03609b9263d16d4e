// What goes wrong with files goes wrong on all ranks alike, in words, without a hang and without a trace.

#include "example_state.hpp"
#include "paget/core/error.hpp"
#include "paget/io/durable.hpp"
#include "paget/io/hdf5_state.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>

using namespace paget;
using test::write_state;
using testing::HasSubstr;

namespace
{
/// While it lives this rank cannot write beyond `bytes` of any file: a disk that is full.
class FullDisk
{
public:
    explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

std::string failure_to_write(const std::string& path, const parallel::Communicator& world)
{
    return test::failure_of([&] { write_state(path, world); });
}
} // namespace

class StateFaults : public testing::Test
{
protected:
    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

TEST_F(StateFaults, FolderIsMissing)
{
    const std::string message = failure_to_write(folder_ / "missing/s.h5", world_);
    EXPECT_THAT(message, HasSubstr("missing/s.h5.part: No such file or directory"));
}

TEST_F(StateFaults, PathLeadsThroughAFile)
{
    if (world_.is_root()) {
        std::ofstream(folder_ / "file") << "not a folder";
    }
    world_.barrier();
    EXPECT_THAT(failure_to_write(folder_ / "file/s.h5", world_), HasSubstr("Not a directory"));
}

TEST_F(StateFaults, DiskIsFullOnAllRanks)
{
    std::string message;
    {
        const FullDisk full(100000);
        message = failure_to_write(folder_ / "s.h5", world_);
    }
    EXPECT_THAT(message, HasSubstr("s.h5.part"));
    world_.barrier();
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(StateFaults, DiskIsFullOnOneRank)
{
    std::string message;
    {
        // The example's last field is written by rank 0, its columns by the others.
        const bool last = world_.rank() == world_.size() - 1;
        const FullDisk full(last ? 4096 : RLIM_INFINITY);
        message = failure_to_write(folder_ / "s.h5", world_);
    }
    EXPECT_THAT(message, HasSubstr("s.h5.part"));
    world_.barrier();
    EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(StateFaults, AnEarlierFileSurvives)
{
    write_state(folder_ / "s.h5", world_);
    const auto size = std::filesystem::file_size(folder_ / "s.h5");
    {
        const FullDisk full(100000);
        EXPECT_NE(failure_to_write(folder_ / "s.h5", world_), "");
    }
    world_.barrier();
    EXPECT_EQ(std::filesystem::file_size(folder_ / "s.h5"), size);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "s.h5.part"));
}

TEST_F(StateFaults, WritingGoesOnAfterAFailure)
{
    EXPECT_NE(failure_to_write(folder_ / "missing/s.h5", world_), "");
    EXPECT_EQ(failure_to_write(folder_ / "s.h5", world_), "");
}

TEST_F(StateFaults, WholeTextFilesAppearOrDoNot)
{
    if (world_.is_root()) {
        io::write_whole_file(folder_ / "t.txt", "old");
        const FullDisk full(10);
        EXPECT_THROW(io::write_whole_file(folder_ / "t.txt", std::string(100, 'x')), FileError);
        EXPECT_EQ(std::filesystem::file_size(folder_ / "t.txt"), 3U);
        EXPECT_FALSE(std::filesystem::exists(folder_ / "t.txt.part"));
    }
}
