#include "paget/parallel/sorted_slice.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>

namespace paget::parallel
{
namespace
{
struct Item {
    std::uint64_t key;
    double value;
};

Item item(std::uint64_t i) { return {mix64(i), 0.25 * static_cast<double>(i)}; }

using Owner = std::function<int(std::uint64_t)>;

std::vector<Item> share(const Communicator& comm, std::uint64_t count, const Owner& owner)
{
    std::vector<Item> mine;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (owner(i) == comm.rank()) {
            mine.push_back(item(i));
        }
    }
    return mine;
}

/// Sorts, and compares the whole with a serial sort. Returns the largest slice over the ranks.
std::int64_t expect_sorted(const Communicator& comm, std::uint64_t count, const Owner& owner)
{
    const auto slice = sorted_slice(comm, share(comm, count, owner), [](const Item& i) { return i.key; });
    std::vector<Item> expected;
    for (std::uint64_t i = 0; i < count; ++i) {
        expected.push_back(item(i));
    }
    std::sort(expected.begin(), expected.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
    EXPECT_EQ(slice.total, count);
    EXPECT_EQ(comm.sum(static_cast<std::int64_t>(slice.items.size())), static_cast<std::int64_t>(count));
    EXPECT_EQ(slice.first,
              static_cast<std::uint64_t>(comm.exclusive_scan(static_cast<std::int64_t>(slice.items.size()))));
    for (std::size_t i = 0; i < slice.items.size(); ++i) {
        EXPECT_EQ(slice.items[i].key, expected.at(slice.first + i).key);
        EXPECT_EQ(slice.items[i].value, expected.at(slice.first + i).value);
    }
    return comm.maximum(static_cast<std::int64_t>(slice.items.size()));
}
} // namespace

class SortedSlice : public testing::Test
{
protected:
    Communicator world_ = Communicator::world();
    std::uint64_t size_ = static_cast<std::uint64_t>(world_.size());
};

TEST_F(SortedSlice, DoesNotDependOnHowItemsWereSpread)
{
    const auto rank = [](std::uint64_t r) { return static_cast<int>(r); };
    const std::vector<Owner> spreads{
        [&](std::uint64_t i) { return rank(i % size_); },            // dealt out in turn
        [&](std::uint64_t i) { return rank(i * size_ / 5000); },     // in blocks
        [&](std::uint64_t i) { return rank(mix64(i + 99) % size_); } // by chance
    };
    for (const Owner& owner : spreads) {
        const std::int64_t largest = expect_sorted(world_, 5000, owner);
        EXPECT_LT(largest, 1.2 * 5000 / static_cast<double>(size_) + 20.0); // about equal parts
    }
}

TEST_F(SortedSlice, TakesAllItemsFromOneRank)
{
    for (int from = 0; from < world_.size(); ++from) {
        const std::int64_t largest = expect_sorted(world_, 3000, [&](std::uint64_t) { return from; });
        EXPECT_LT(largest, 1.2 * 3000 / static_cast<double>(size_) + 20.0);
    }
}

TEST_F(SortedSlice, PartsAreAboutEqualAlsoWhenRanksHoldVeryDifferentNumbers)
{
    // The first rank holds the hundred smallest keys, the last one all others.
    std::vector<std::uint64_t> keys;
    for (std::uint64_t i = 0; i < 8000; ++i) {
        keys.push_back(mix64(i));
    }
    std::sort(keys.begin(), keys.end());
    const std::uint64_t last_of_few = keys[99];
    const std::int64_t largest =
        expect_sorted(world_, 8000, [&](std::uint64_t i) { return mix64(i) <= last_of_few ? 0 : world_.size() - 1; });
    EXPECT_LT(largest, 1.2 * 8000 / static_cast<double>(size_) + 20.0);
}

TEST_F(SortedSlice, TakesFewItemsOrNone)
{
    for (std::uint64_t count = 0; count < 12; ++count) {
        expect_sorted(world_, count, [&](std::uint64_t i) { return static_cast<int>(i % size_); });
        expect_sorted(world_, count, [&](std::uint64_t) { return world_.size() - 1; });
    }
}

TEST_F(SortedSlice, KeysMayBePairs)
{
    using Pair = std::array<std::uint64_t, 2>;
    std::vector<Pair> mine;
    for (std::uint64_t i = 0; i < 200; ++i) {
        if (i % size_ == static_cast<std::uint64_t>(world_.rank())) {
            mine.push_back({i % 7, mix64(i)});
        }
    }
    const auto slice = sorted_slice(world_, mine, [](const Pair& p) { return p; });
    const auto all = world_.all_gather(std::span<const Pair>(slice.items));
    EXPECT_EQ(all.size(), 200U);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
}

} // namespace paget::parallel
