// What meters say of messages and time, against calls whose numbers are known.

#include "paget/parallel/meter.hpp"
#include "paget/parallel/communicator.hpp"
#include "paget/parallel/exchange.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace paget::parallel::test
{

TEST(Meter, CountsMessagesAndTheirBytes)
{
    const Communicator world = Communicator::world();
    Meter meter;
    const int right = (world.rank() + 1) % world.size();
    {
        const auto measured = meter.measure();
        const std::vector<std::int64_t> items{1, 2, 3};
        const std::vector<int> destination(items.size(), right);
        EXPECT_EQ(exchange<std::int64_t>(world, items, destination).size(), 3U);
    }
    const MessageCounts& counts = meter.use().messages;
    const bool alone = world.size() == 1;
    EXPECT_EQ(counts.messages, alone ? 0 : 1);
    EXPECT_EQ(counts.message_bytes, alone ? 0 : 24);
    EXPECT_EQ(counts.collectives, alone ? 0 : 1); // how many messages to expect
    EXPECT_EQ(counts.collective_bytes, alone ? 0 : 4 * world.size());
}

TEST(Meter, CountsCollectivesOnlyWhileItMeasures)
{
    const Communicator world = Communicator::world();
    Meter meter;
    for (int repeat = 0; repeat < 3; ++repeat) {
        const auto measured = meter.measure();
        world.sum(std::int64_t{1});
        world.barrier();
    }
    world.barrier();
    const bool alone = world.size() == 1;
    EXPECT_EQ(meter.use().messages.collectives, alone ? 0 : 6);
    EXPECT_EQ(meter.use().messages.collective_bytes, alone ? 0 : 24);
    EXPECT_EQ(meter.use().messages.messages, 0);
}

TEST(Meter, TellsWaitingFromWork)
{
    const Communicator world = Communicator::world();
    constexpr std::chrono::milliseconds nap{60};
    Meter meter;
    world.barrier();
    {
        const auto measured = meter.measure();
        if (world.is_root()) {
            std::this_thread::sleep_for(nap); // stands for work: the others wait for this rank
        }
        world.barrier();
    }
    EXPECT_GE(meter.use().seconds(), 0.05);
    EXPECT_LE(meter.use().mpi_seconds(), meter.use().seconds());
    if (!world.is_root()) {
        EXPECT_GE(meter.use().mpi_seconds(), 0.03);
    } else {
        EXPECT_GE(meter.use().seconds() - meter.use().mpi_seconds(), 0.05);
    }
}

} // namespace paget::parallel::test
