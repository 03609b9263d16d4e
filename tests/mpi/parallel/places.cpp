#include "paget/parallel/places.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace paget::parallel
{
namespace
{
using HolderOf = std::function<std::uint64_t(std::uint64_t)>;

class PlacesOfValues : public testing::Test
{
protected:
    /// Gives every rank its part of some values, and compares places with a serial sort.
    void expect_places(std::uint64_t count, const HolderOf& holder) const
    {
        std::vector<std::uint64_t> all;
        std::vector<std::uint64_t> mine;
        for (std::uint64_t i = 0; i < count; ++i) {
            all.push_back(mix64(i));
            if (holder(i) == static_cast<std::uint64_t>(world_.rank())) {
                mine.push_back(all.back());
            }
        }
        std::sort(all.begin(), all.end());
        for (const auto places_of : {places_by_gathering, places_by_sorting}) {
            const Places places = places_of(world_, mine);
            EXPECT_EQ(places.total, count);
            ASSERT_EQ(places.place.size(), mine.size());
            for (std::size_t i = 0; i < mine.size(); ++i) {
                EXPECT_EQ(all.at(places.place[i]), mine[i]);
            }
        }
    }

    Communicator world_ = Communicator::world();
    std::uint64_t size_ = static_cast<std::uint64_t>(world_.size());
};
} // namespace

TEST_F(PlacesOfValues, AreThoseOfASerialSortHoweverValuesAreSpread)
{
    expect_places(5000, [&](std::uint64_t i) { return i % size_; });
    expect_places(5000, [&](std::uint64_t i) { return i * size_ / 5000; });
    expect_places(5000, [&](std::uint64_t i) { return mix64(i + 99) % size_; });
    expect_places(5000, [&](std::uint64_t i) { return i < 4990 ? size_ - 1 : 0; });
}

TEST_F(PlacesOfValues, OfFewOrNone)
{
    for (std::uint64_t count = 0; count < 12; ++count) {
        expect_places(count, [&](std::uint64_t i) { return i % size_; });
        expect_places(count, [&](std::uint64_t) { return size_ - 1; });
    }
}

} // namespace paget::parallel
