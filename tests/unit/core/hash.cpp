#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace paget
{
namespace
{
std::uint64_t checksum_of(const std::vector<double>& values, std::uint64_t salt = 0)
{
    UnorderedChecksum sum(salt);
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum.add(i, values[i]);
    }
    return sum.value();
}
} // namespace

TEST(Mix64, IsTheFinaliserOfSplitMix64)
{
    EXPECT_EQ(mix64(0), 0xe220a8397b1dcdafU);                   // first output of SplitMix64 from state 0
    EXPECT_EQ(mix64(0x9e3779b97f4a7c15U), 0x6e789e6aa1b965f4U); // its second
}

TEST(Mix64, ChangesHalfTheBitsWhenOneBitChanges)
{
    for (unsigned bit = 0; bit < 64; ++bit) {
        int changed = 0;
        for (std::uint64_t x = 0; x < 100; ++x) {
            changed += __builtin_popcountll(mix64(x) ^ mix64(x ^ (std::uint64_t{1} << bit)));
        }
        EXPECT_NEAR(changed / 100.0, 32.0, 3.0) << bit; // s.e. 0.4: beyond 7 s.e.
    }
}

TEST(HashText, IsFnv1a)
{
    EXPECT_EQ(hash_text(""), 0xcbf29ce484222325U);
    EXPECT_EQ(hash_text("a"), 0xaf63dc4c8601ec8cU);
    EXPECT_EQ(hash_text("foobar"), 0x85944171f73967e8U);
}

TEST(UnorderedChecksum, DoesNotDependOnTheOrder)
{
    UnorderedChecksum forth(3);
    UnorderedChecksum back(3);
    for (std::uint64_t i = 0; i < 1000; ++i) {
        forth.add(i, std::sqrt(static_cast<double>(i)));
        back.add(999 - i, std::sqrt(static_cast<double>(999 - i)));
    }
    EXPECT_EQ(forth.value(), back.value());
}

TEST(UnorderedChecksum, OfPartsSumsToThatOfTheWhole)
{
    UnorderedChecksum whole(5);
    UnorderedChecksum low(5);
    UnorderedChecksum high(5);
    for (std::uint64_t i = 0; i < 100; ++i) {
        whole.add(i, 7 * i);
        (i < 37 ? low : high).add(i, 7 * i);
    }
    EXPECT_EQ(whole.value(), low.value() + high.value());
}

TEST(UnorderedChecksum, SeesWhereAValueStands)
{
    EXPECT_NE(checksum_of({1.0, 2.0, 3.0}), checksum_of({2.0, 1.0, 3.0}));
    EXPECT_NE(checksum_of({1.0, 1.0}), checksum_of({1.0}));
    EXPECT_NE(checksum_of({0.0}), checksum_of({}));
}

TEST(UnorderedChecksum, SeesEveryBitOfEveryValue)
{
    std::set<std::uint64_t> seen;
    for (std::uint64_t index = 0; index < 16; ++index) {
        for (unsigned bit = 0; bit < 64; ++bit) {
            UnorderedChecksum sum;
            sum.add(index, std::uint64_t{1} << bit);
            seen.insert(sum.value());
        }
    }
    EXPECT_EQ(seen.size(), 16U * 64U);
    EXPECT_NE(checksum_of({0.0}), checksum_of({-0.0}));
}

TEST(UnorderedChecksum, SaltsMakeDifferentSums)
{
    const std::vector<double> values{1.0, 2.0, 3.0};
    EXPECT_NE(checksum_of(values, 0), checksum_of(values, 1));
    EXPECT_EQ(checksum_of(values, 1), checksum_of(values, 1));
    // Neighbouring salts are not the same as neighbouring positions.
    UnorderedChecksum a(1);
    a.add(0, 1.0);
    UnorderedChecksum b(0);
    b.add(1, 1.0);
    EXPECT_NE(a.value(), b.value());
}

} // namespace paget
