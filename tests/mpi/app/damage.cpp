// However a checkpoint is damaged, it is not read as good, and the one before it is found. A sample of the campaign:
// PAGET_DAMAGE_TRIALS says how many bits are flipped, one at a time, anywhere in the file.

#include "paget/app/checkpoint_folder.hpp"

#include "paget/core/hash.hpp"
#include "support/files.hpp"
#include "support/temporary_folder.hpp"
#include "tiny_run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace paget::test
{
namespace
{
std::uint64_t trials()
{
    const char* asked = std::getenv("PAGET_DAMAGE_TRIALS");
    return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 150;
}

class Damage : public testing::Test
{
protected:
    void SetUp() override
    {
        const app::LoadedCase loaded = tiny_case();
        body::Body body(loaded.body, world_);
        app::CheckpointFolder checkpoints(folder_.path(), 2, {});
        for (int step = 0; step < 2; ++step) {
            body.advance({step * one_hour, one_hour});
            checkpoints.write(body, plain_facts(loaded, (step + 1) * one_hour));
        }
        newest_ = app::list_checkpoints(folder_.path()).front().path;
        whole_ = bytes_of(newest_);
        ASSERT_GT(whole_.size(), 50'000U);
        world_.barrier();
    }

    void expect_fallback(const std::string& damage)
    {
        world_.barrier();
        const auto found = app::newest_checkpoint(folder_.path(), world_);
        ASSERT_TRUE(found.checkpoint) << damage;
        ASSERT_EQ(found.checkpoint->facts().now, one_hour) << damage;
        ASSERT_EQ(found.warnings.size(), 1U) << damage;
        world_.barrier();
    }

    void put(std::size_t at, char byte)
    {
        if (world_.is_root()) {
            std::fstream file(newest_, std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(static_cast<std::streamoff>(at));
            file.put(byte);
        }
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    TemporaryFolder folder_{world_};
    std::string newest_;
    std::string whole_;
};
} // namespace

TEST_F(Damage, FlippedBits)
{
    for (std::uint64_t trial = 0; trial < trials(); ++trial) {
        const std::uint64_t random = mix64(trial);
        const std::size_t at = random % whole_.size();
        const auto bit = static_cast<char>(1U << (random >> 61U));
        put(at, static_cast<char>(whole_[at] ^ bit));
        expect_fallback("bit flipped in byte " + std::to_string(at));
        put(at, whole_[at]);
        world_.barrier();
    }
    EXPECT_TRUE(app::newest_checkpoint(folder_.path(), world_).warnings.empty()) << "mended again";
}

TEST_F(Damage, FilesThatWereCutOff)
{
    for (std::size_t size = whole_.size() - 1; size > 0; size = (size - 1) / 4096 * 4096) {
        if (world_.is_root()) {
            std::filesystem::resize_file(newest_, size);
        }
        expect_fallback("cut off after " + std::to_string(size));
    }
}

TEST_F(Damage, FilesWithAHoleOrATail)
{
    for (std::size_t at = 0; at + 4096 < whole_.size(); at += 20 * 4096) { // a page that never reached the disk
        std::string bytes = whole_;
        bytes.replace(at, 4096, 4096, '\0');
        if (bytes == whole_) {
            continue;
        }
        if (world_.is_root()) {
            std::ofstream(newest_, std::ios::binary) << bytes;
        }
        expect_fallback("a hole at " + std::to_string(at));
    }
    if (world_.is_root()) {
        std::ofstream(newest_, std::ios::binary) << whole_ << "more";
    }
    expect_fallback("a tail");
    if (world_.is_root()) {
        std::ofstream(newest_, std::ios::binary) << whole_.substr(4096);
    }
    expect_fallback("without its begin");
}

} // namespace paget::test
