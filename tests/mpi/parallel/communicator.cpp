#include "paget/parallel/communicator.hpp"

#include "paget/core/error.hpp"
#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace paget::parallel
{
namespace
{
/// Doubles of all magnitudes and signs that cancel to a large part.
std::vector<double> wild_numbers(std::uint64_t seed, std::size_t count)
{
    const RandomNumbers random(seed);
    std::vector<double> numbers;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto u = random.uniforms(Purpose::test, i, 0);
        const double x = (u[0] - 0.5) * std::ldexp(1.0, static_cast<int>(400.0 * u[1]) - 200);
        numbers.push_back(x);
        if (i % 2 == 0) {
            numbers.push_back(-x * (1.0 - 0x1p-40));
        }
    }
    return numbers;
}

/// The ranks whose bits are set in `mask`, of a job of `size`.
std::vector<int> ranks_in(unsigned mask, int size)
{
    std::vector<int> ranks;
    for (int rank = 0; rank < size; ++rank) {
        if ((mask >> static_cast<unsigned>(rank) & 1U) != 0) {
            ranks.push_back(rank);
        }
    }
    return ranks;
}
} // namespace

class CommunicatorTest : public testing::Test
{
protected:
    Communicator world_ = Communicator::world();
    int rank_ = world_.rank();
    int size_ = world_.size();
};

TEST_F(CommunicatorTest, ReductionsAreElementwise)
{
    std::vector<std::int64_t> values{rank_, -rank_, 1};
    world_.sum(std::span(values));
    const std::int64_t sum = std::int64_t{size_} * (size_ - 1) / 2;
    EXPECT_EQ(values, (std::vector<std::int64_t>{sum, -sum, size_}));
    values = {rank_, -rank_};
    world_.minimum(std::span(values));
    EXPECT_EQ(values, (std::vector<std::int64_t>{0, 1 - size_}));
    values = {rank_, -rank_};
    world_.maximum(std::span(values));
    EXPECT_EQ(values, (std::vector<std::int64_t>{size_ - 1, 0}));
    std::vector<double> reals{0.5 * rank_, -1.0 * rank_};
    world_.minimum(std::span(reals));
    EXPECT_EQ(reals, (std::vector<double>{0.0, 1.0 - size_}));
    EXPECT_EQ(world_.maximum(-1.5 - rank_), -1.5);
    EXPECT_EQ(world_.minimum(1.5 + rank_), 1.5);
}

TEST_F(CommunicatorTest, ReductionsOfNothingAreFine)
{
    std::vector<std::int64_t> none;
    EXPECT_NO_THROW(world_.sum(std::span(none)));
}

TEST_F(CommunicatorTest, ChecksumsWrapAround)
{
    const std::uint64_t half = std::uint64_t{1} << 63U;
    EXPECT_EQ(world_.sum_modulo(half + 1), (size_ % 2 == 0 ? 0 : half) + static_cast<std::uint64_t>(size_));
}

TEST_F(CommunicatorTest, AnyRankCanSayYes)
{
    EXPECT_FALSE(world_.any(false));
    EXPECT_TRUE(world_.any(true));
    for (int who = 0; who < size_; ++who) {
        EXPECT_TRUE(world_.any(rank_ == who));
    }
}

TEST_F(CommunicatorTest, ExclusiveScanCountsTheRanksBelow)
{
    EXPECT_EQ(world_.exclusive_scan(rank_ + 1), std::int64_t{rank_} * (rank_ + 1) / 2);
    EXPECT_EQ(world_.exclusive_scan(0), 0);
}

TEST_F(CommunicatorTest, SuperAccumulatorsSumToTheSameBitsAsOneRank)
{
    const auto numbers = wild_numbers(4, 3000);
    SuperAccumulator serial;
    for (const double x : numbers) {
        serial.add(x);
    }
    for (const int lopsided : {0, 1, 2}) { // dealt out in turn, in blocks, all to the last rank
        SuperAccumulator mine;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const auto ranks = static_cast<std::size_t>(size_);
            const std::size_t owner = lopsided == 0   ? i % ranks
                                      : lopsided == 1 ? i * ranks / numbers.size()
                                                      : ranks - 1;
            if (owner == static_cast<std::size_t>(rank_)) {
                mine.add(numbers[i]);
            }
        }
        world_.sum(mine);
        EXPECT_EQ(std::bit_cast<std::uint64_t>(mine.round()), std::bit_cast<std::uint64_t>(serial.round()));
        world_.sum(mine); // may be summed again, as a running total is
        SuperAccumulator times;
        for (int i = 0; i < size_; ++i) {
            times.add(serial);
        }
        EXPECT_EQ(std::bit_cast<std::uint64_t>(mine.round()), std::bit_cast<std::uint64_t>(times.round()));
    }
}

TEST_F(CommunicatorTest, ANaNOnOneRankIsSeenOnAll)
{
    SuperAccumulator sum;
    sum.add(rank_ == size_ - 1 ? std::numeric_limits<double>::quiet_NaN() : 1.0);
    world_.sum(sum);
    EXPECT_TRUE(std::isnan(sum.round()));
}

TEST_F(CommunicatorTest, GathersInRankOrderAlsoFromRanksWithNothing)
{
    struct Item {
        double x;
        std::int32_t from;
        char letter;
    };
    for (int empty = -1; empty <= size_; ++empty) { // one rank has nothing; at last all have nothing
        std::vector<Item> mine;
        std::vector<std::int32_t> expected;
        for (int from = 0; from < size_; ++from) {
            for (int i = 0; from != empty && empty != size_ && i <= 2 * from; ++i) {
                expected.push_back(10 * from + i);
                if (from == rank_) {
                    mine.push_back({0.5 * i, 10 * from + i, 'x'});
                }
            }
        }
        const auto check_order = [&](const std::vector<Item>& all) {
            ASSERT_EQ(all.size(), expected.size());
            for (std::size_t i = 0; i < all.size(); ++i) {
                EXPECT_EQ(all[i].from, expected[i]);
                EXPECT_EQ(all[i].x, 0.5 * (expected[i] % 10));
            }
        };
        check_order(world_.all_gather(std::span<const Item>(mine)));
        const auto gathered = world_.gather(std::span<const Item>(mine), size_ - 1);
        if (rank_ == size_ - 1) {
            check_order(gathered);
        } else {
            EXPECT_TRUE(gathered.empty());
        }
    }
}

TEST_F(CommunicatorTest, BroadcastsFromAnyRankAlsoNothing)
{
    for (int root = 0; root < size_; ++root) {
        std::vector<double> items =
            rank_ == root ? std::vector<double>{1.5, 2.5, 3.5 + root} : std::vector<double>{9.0};
        world_.broadcast(items, root);
        EXPECT_EQ(items, (std::vector<double>{1.5, 2.5, 3.5 + root}));
        std::vector<double> none(rank_ == root ? 0 : 7);
        world_.broadcast(none, root);
        EXPECT_TRUE(none.empty());
        std::string text = rank_ == root ? std::string("a\0b", 3) : "something else";
        world_.broadcast(text, root);
        EXPECT_EQ(text, std::string("a\0b", 3));
        text = rank_ == root ? "" : "left";
        world_.broadcast(text, root);
        EXPECT_EQ(text, "");
    }
}

TEST_F(CommunicatorTest, OverlappingGroupsWorkSideBySide)
{
    const unsigned all = 1U << static_cast<unsigned>(size_);
    std::vector<Communicator> groups;
    std::vector<std::vector<int>> members;
    for (unsigned mask = 1; mask < all; ++mask) { // every subset of the ranks, in the same order everywhere
        const auto ranks = ranks_in(mask, size_);
        if (std::find(ranks.begin(), ranks.end(), rank_) != ranks.end()) {
            groups.push_back(world_.create_group(ranks, static_cast<int>(mask)));
            members.push_back(ranks);
        }
    }
    EXPECT_EQ(groups.size(), std::size_t{1} << static_cast<unsigned>(size_ - 1));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        EXPECT_EQ(groups[i].size(), static_cast<int>(members[i].size()));
        EXPECT_EQ(members[i][static_cast<std::size_t>(groups[i].rank())], rank_);
        const std::int64_t sum = groups[i].sum(std::int64_t{1} << rank_);
        std::int64_t expected = 0;
        for (const int rank : members[i]) {
            expected += std::int64_t{1} << rank;
        }
        EXPECT_EQ(sum, expected);
    }
}

TEST_F(CommunicatorTest, GroupsOfOneTagCanBeMadeByDisjointRanks)
{
    std::vector<int> mine;
    for (int rank = rank_ % 2; rank < size_; rank += 2) {
        mine.push_back(rank);
    }
    const Communicator group = world_.create_group(mine, 3);
    EXPECT_EQ(group.sum(std::int64_t{1}), static_cast<std::int64_t>(mine.size()));
}

TEST_F(CommunicatorTest, MovesKeepTheHandle)
{
    Communicator copy = world_.duplicate();
    int result = MPI_UNEQUAL;
    check(MPI_Comm_compare(copy.handle(), world_.handle(), &result));
    EXPECT_EQ(result, MPI_CONGRUENT); // the same ranks, another context
    Communicator moved = std::move(copy);
    EXPECT_EQ(moved.sum(std::int64_t{1}), size_);
    Communicator assigned = Communicator::self();
    assigned = std::move(moved);
    EXPECT_EQ(assigned.sum(std::int64_t{1}), size_);
    EXPECT_EQ(assigned.rank(), rank_);
}

TEST_F(CommunicatorTest, SelfIsThisRankAlone)
{
    const Communicator self = Communicator::self();
    EXPECT_EQ(self.size(), 1);
    EXPECT_EQ(self.rank(), 0);
    EXPECT_EQ(self.sum(std::int64_t{rank_}), rank_);
}

TEST_F(CommunicatorTest, FailedCallsThrowWithTheirPlace)
{
    try {
        check(MPI_Bcast(nullptr, -1, MPI_INT, 0, world_.handle()));
        FAIL() << "MPI took a negative count";
    } catch (const BugError& error) {
        EXPECT_NE(std::string(error.what()).find("communicator.cpp"), std::string::npos) << error.what();
    }
    EXPECT_THROW(count_of(std::size_t{1} << 31U), BugError);
    EXPECT_EQ(count_of((std::size_t{1} << 31U) - 1), std::numeric_limits<int>::max());
}

} // namespace paget::parallel
