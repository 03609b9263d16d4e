// The checksum of a file's bytes: against a slow twin, in any pieces, on any ranks, and what it notices.

#include "paget/io/byte_sum.hpp"

#include "paget/core/hash.hpp"

#include <gtest/gtest.h>

#include <vector>

using namespace paget;

namespace
{
using Bytes = std::vector<std::byte>;

Bytes random_bytes(std::size_t count)
{
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i) {
        bytes[i] = static_cast<std::byte>(mix64(i) & 0xffU);
    }
    return bytes;
}

io::ByteSum sum_of(const Bytes& bytes)
{
    io::ByteSum sum;
    sum.add(0, bytes);
    return sum;
}

/// The definition, byte by byte, with the product of 64 bits by 64 bits done by hand.
io::ByteSum slow_sum(const Bytes& bytes)
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint64_t weight = mix64(i / 8) | 1U;
        for (unsigned bit = 0; bit < 8; ++bit) {
            if ((static_cast<unsigned>(bytes[i]) >> bit & 1U) == 0) {
                continue;
            }
            const auto shift = static_cast<unsigned>(8 * (i % 8)) + bit;
            const std::uint64_t add_low = weight << shift;
            const std::uint64_t add_high = shift == 0 ? 0 : weight >> (64 - shift);
            low += add_low;
            high += add_high + (low < add_low ? 1 : 0);
        }
    }
    return io::ByteSum::from(low, high);
}
} // namespace

TEST(ByteSum, IsWhatItsDefinitionSays)
{
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 16U, 1000U, 1003U}) {
        EXPECT_EQ(sum_of(random_bytes(size)), slow_sum(random_bytes(size))) << size;
    }
}

TEST(ByteSum, DoesNotDependOnPiecesOrRanks)
{
    const auto world = parallel::Communicator::world();
    const Bytes bytes = random_bytes(5001);
    io::ByteSum mine;
    const std::size_t pieces = 23;
    for (std::size_t i = pieces; i-- > 0;) { // backwards, dealt out over the ranks
        if (static_cast<int>(i) % world.size() == world.rank()) {
            const std::size_t begin = bytes.size() * i / pieces;
            const std::size_t end = bytes.size() * (i + 1) / pieces;
            mine.add(begin, std::span(bytes).subspan(begin, end - begin));
        }
    }
    EXPECT_EQ(mine.over_ranks(world), sum_of(bytes));
}

TEST(ByteSum, NoticesEveryChangeOfOneBitAndOfTwo)
{
    const Bytes bytes = random_bytes(40);
    const io::ByteSum whole = sum_of(bytes);
    for (std::size_t a = 0; a < 8 * bytes.size(); ++a) {
        for (std::size_t b = a; b < 8 * bytes.size(); ++b) {
            Bytes changed = bytes;
            changed[a / 8] ^= static_cast<std::byte>(1U << (a % 8));
            if (b != a) {
                changed[b / 8] ^= static_cast<std::byte>(1U << (b % 8));
            }
            ASSERT_NE(sum_of(changed), whole) << a << " " << b;
        }
    }
}

TEST(ByteSum, NoticesWordsThatChangedPlaces)
{
    Bytes bytes = random_bytes(64);
    const io::ByteSum whole = sum_of(bytes);
    std::swap_ranges(bytes.begin(), bytes.begin() + 8, bytes.begin() + 40);
    EXPECT_NE(sum_of(bytes), whole);
}

TEST(ByteSum, HolesAddNothing)
{
    Bytes bytes(4096);
    bytes[17] = std::byte{3};
    io::ByteSum sum;
    sum.add(17, std::span(bytes).subspan(17, 1));
    EXPECT_EQ(sum, sum_of(bytes));
}
