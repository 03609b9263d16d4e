#include "paget/parallel/exchange.hpp"

#include "paget/core/random.hpp"

#include <gtest/gtest.h>

namespace paget::parallel
{
namespace
{
/// What a rank says to another in a round: every byte depends on all three, so no message can stand for another.
std::vector<std::byte> message(int round, int from, int to, double density)
{
    const RandomNumbers random(17);
    const auto key = static_cast<std::uint64_t>(from * 1000 + to);
    const auto u = random.uniforms(Purpose::test, key, round);
    if (u[0] >= density) {
        return {};
    }
    const double longest = u[2] < 0.1 ? 100000.0 : 40.0; // some are too long to be sent at once by MPI
    const auto words = random.words(Purpose::test, key, round, 1);
    std::vector<std::byte> bytes(1 + static_cast<std::size_t>(u[1] * longest));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::byte>(words[i % 4] >> (8 * (i / 4 % 8)));
    }
    return bytes;
}

void expect_round(const Communicator& comm, int round, double density)
{
    std::vector<std::vector<std::byte>> outgoing;
    for (int to = 0; to < comm.size(); ++to) {
        outgoing.push_back(message(round, comm.rank(), to, density));
    }
    const auto arrived = exchange_bytes(comm, outgoing);
    ASSERT_EQ(arrived.size(), static_cast<std::size_t>(comm.size()));
    for (int from = 0; from < comm.size(); ++from) {
        EXPECT_TRUE(arrived[static_cast<std::size_t>(from)] == message(round, from, comm.rank(), density))
            << "round " << round << ", from " << from;
    }
}
} // namespace

TEST(Exchange, DeliversSparsePatternsBackToBack)
{
    const auto world = Communicator::world();
    for (int round = 0; round < 300; ++round) { // no barrier between: messages of rounds must not be mixed up
        expect_round(world, round, 0.1 * (round % 11));
    }
}

TEST(Exchange, DeliversWhenSomeRanksAreLate)
{
    const auto world = Communicator::world();
    for (int round = 1000; round < 1030; ++round) {
        if (round % world.size() == world.rank()) {
            const double begin = MPI_Wtime();
            while (MPI_Wtime() - begin < 0.002) {
            }
        }
        expect_round(world, round, 0.7);
    }
}

TEST(Exchange, TwoCommunicatorsDoNotMix)
{
    const auto world = Communicator::world();
    const auto copy = world.duplicate();
    for (int round = 2000; round < 2040; ++round) {
        expect_round(round % 3 == 0 ? copy : world, round, 0.5);
    }
}

TEST(Exchange, NothingAtAllIsFine)
{
    const auto world = Communicator::world();
    expect_round(world, 0, 0.0);
    EXPECT_TRUE(exchange(world, std::span<const int>(), std::span<const int>()).empty());
}

TEST(Exchange, ItemsArriveByRankAndInTheSendersOrder)
{
    struct Item {
        int from;
        int number;
        int to;
    };
    const auto world = Communicator::world();
    for (int round = 0; round < 20; ++round) {
        const auto destination_of = [&](int from, int number) {
            const auto word = RandomNumbers(3).words(Purpose::test, static_cast<std::uint64_t>(from), round,
                                                     static_cast<std::uint64_t>(number))[0];
            return static_cast<int>(word % static_cast<std::uint64_t>(world.size()));
        };
        const auto count_of_rank = [&](int from) { return (from + round) % 3 == 0 ? 0 : 50 + from; };
        std::vector<Item> items;
        std::vector<int> destination;
        for (int number = 0; number < count_of_rank(world.rank()); ++number) {
            destination.push_back(destination_of(world.rank(), number));
            items.push_back({world.rank(), number, destination.back()});
        }
        const auto arrived = exchange(world, std::span<const Item>(items), std::span<const int>(destination));
        std::size_t next = 0;
        for (int from = 0; from < world.size(); ++from) { // the slow twin: all items in the order of their senders
            for (int number = 0; number < count_of_rank(from); ++number) {
                if (destination_of(from, number) == world.rank()) {
                    ASSERT_LT(next, arrived.size());
                    EXPECT_EQ(arrived[next].from, from);
                    EXPECT_EQ(arrived[next].number, number);
                    EXPECT_EQ(arrived[next].to, world.rank());
                    ++next;
                }
            }
        }
        EXPECT_EQ(next, arrived.size());
    }
}

TEST(Exchange, EveryoneMaySendToOne)
{
    const auto world = Communicator::world();
    for (int target = 0; target < world.size(); ++target) {
        const std::vector<int> items(5, world.rank());
        const std::vector<int> destination(5, target);
        const auto arrived = exchange(world, std::span<const int>(items), std::span<const int>(destination));
        EXPECT_EQ(arrived.size(), world.rank() == target ? 5 * static_cast<std::size_t>(world.size()) : 0U);
    }
}

} // namespace paget::parallel
