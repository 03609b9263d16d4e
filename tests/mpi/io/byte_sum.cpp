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

/// A number of 128 bits that knows no more than to add and to double.
struct Long {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    Long& operator+=(const Long& b)
    {
        low += b.low;
        high += b.high + (low < b.low ? 1 : 0);
        return *this;
    }
    Long shifted(unsigned bits) const
    {
        Long result = *this;
        for (unsigned i = 0; i < bits; ++i) {
            result += Long(result);
        }
        return result;
    }
};

Long product(const Long& a, const Long& b)
{
    Long sum;
    for (unsigned bit = 0; bit < 128; ++bit) {
        if (((bit < 64 ? a.low >> bit : a.high >> (bit - 64)) & 1U) != 0) {
            sum += b.shifted(bit);
        }
    }
    return sum;
}

/// The definition, byte by byte.
io::ByteSum slow_sum(const Bytes& bytes)
{
    Long sum;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint64_t word = i / 8;
        const Long byte = Long{static_cast<std::uint64_t>(bytes[i]), 0}.shifted(static_cast<unsigned>(8 * (i % 8)));
        const Long page{mix64(512 + 2 * (word / 512) + 1) | 1U, mix64(512 + 2 * (word / 512))};
        sum += product(product(byte, {mix64(word % 512) | 1U, 0}), page);
    }
    return io::ByteSum::from(sum.low, sum.high);
}
} // namespace

TEST(ByteSum, IsWhatItsDefinitionSays)
{
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 16U, 1003U, 4096U, 8221U}) {
        EXPECT_EQ(sum_of(random_bytes(size)), slow_sum(random_bytes(size))) << size;
    }
}

TEST(ByteSum, DoesNotDependOnPiecesOrRanks)
{
    const auto world = parallel::Communicator::world();
    const Bytes bytes = random_bytes(15001);
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
