// A failure on one rank becomes the same failure on all.

#include "paget/io/agreement.hpp"

#include "support/files.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace paget;
using test::failure_of;

TEST(Agreement, SuccessIsSuccessEverywhere)
{
    const auto world = parallel::Communicator::world();
    EXPECT_EQ(failure_of([&] { io::agreed(world, [] {}); }), "");
}

TEST(Agreement, AllRanksThrowTheMessageOfTheLowestFailingRank)
{
    const auto world = parallel::Communicator::world();
    const int lowest = world.size() > 1 ? 1 : 0;
    const auto work = [&] {
        if (world.rank() >= lowest) {
            throw FileError("rank " + std::to_string(world.rank()) + " has no disk");
        }
    };
    EXPECT_EQ(failure_of([&] { io::agreed(world, work); }), "rank " + std::to_string(lowest) + " has no disk");
}

TEST(Agreement, WorkOfTheRootIsDoneOnce)
{
    const auto world = parallel::Communicator::world();
    std::int64_t done = 0;
    io::agreed_on_root(world, [&] { ++done; });
    EXPECT_EQ(world.sum(done), 1);
    EXPECT_EQ(failure_of([&] { io::agreed_on_root(world, [] { throw FileError("full"); }); }), "full");
}
