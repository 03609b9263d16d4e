// Checkpoints of every released format are read for ever: tests/data holds one file of each. A new one is written by
// this test program with PAGET_WRITE_GOLDEN=<folder>, once, when the format changes.

#include "paget/app/checkpoint.hpp"

#include "support/temporary_folder.hpp"
#include "tiny_run.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace paget::test
{
namespace
{
constexpr int hours_lived = 4;

std::uint64_t write_golden(const std::string& path, const parallel::Communicator& world)
{
    const app::LoadedCase loaded = tiny_case();
    body::Body body(loaded.body, world);
    for (int step = 0; step < hours_lived; ++step) {
        body.advance({step * one_hour, one_hour});
    }
    return app::write_checkpoint(path, body, plain_facts(loaded, hours_lived * one_hour));
}
} // namespace

TEST(GoldenFile, OfFormat1IsRead)
{
    const auto world = parallel::Communicator::world();
    app::Checkpoint checkpoint(std::string(PAGET_TEST_DATA) + "/checkpoint_format_1.h5", world);
    const app::CheckpointFacts& facts = checkpoint.facts();
    EXPECT_EQ(facts.now, hours_lived * one_hour);
    EXPECT_EQ(facts.seed, 11U);
    EXPECT_EQ(facts.outputs.series_bytes, 4711U);
    EXPECT_EQ(facts.outputs.snapshots.at(0).file, "snapshots/000000.h5");
    EXPECT_EQ(facts.history.runs.at(0).hosts.at(1), "n2");
    const app::LoadedCase loaded = case_of(facts);
    body::Body body(loaded.body, world, checkpoint.state());
    EXPECT_EQ(hash_of(body), checkpoint.state_hash());
    const auto census = body.census();
    EXPECT_GT(census.organs[0].living(), 20);
    EXPECT_GT(census.in_blood.arrested_cells + census.organs[1].totals.arrived, 0);
    body.advance({facts.now, one_hour}); // and lives on: the ledger is checked
}

TEST(GoldenFile, IsWrittenWhereAsked)
{
    const auto world = parallel::Communicator::world();
    const TemporaryFolder folder(world);
    const char* asked = std::getenv("PAGET_WRITE_GOLDEN");
    const std::string path = (asked != nullptr ? std::string(asked) : folder.path()) + "/checkpoint_format_" +
                             std::to_string(app::checkpoint_format) + ".h5";
    const std::uint64_t hash = write_golden(path, world);
    EXPECT_EQ(app::Checkpoint(path, world).state_hash(), hash);
}

} // namespace paget::test
