#include "paget/io/byte_sum.hpp"

#include "paget/core/hash.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace paget::io
{
namespace
{
static_assert(std::endian::native == std::endian::little, "words are added as they stand in memory");

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t word_bytes = 8;
constexpr std::uint64_t limb = 0xffffffffU;

constexpr std::uint64_t words_per_page = 512;

constexpr auto word_weights = [] {
    std::array<std::uint64_t, words_per_page> weights{};
    for (std::uint64_t j = 0; j < words_per_page; ++j) {
        weights[j] = mix64(j) | 1U;
    }
    return weights;
}();

Wide page_weight(std::uint64_t page)
{
    return (Wide{mix64(words_per_page + 2 * page)} << 64U) | mix64(words_per_page + 2 * page + 1) | 1U;
}

/// Up to eight bytes that begin at a place in their word.
Wide partial(std::uint64_t address, std::span<const std::byte> bytes)
{
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes.data(), bytes.size());
    const std::uint64_t word = address / word_bytes;
    return Wide{bits << (8U * (address % word_bytes))} * word_weights[word % words_per_page] *
           page_weight(word / words_per_page);
}

/// Whole words of one page, the first of which is word `first` of it.
Wide words_of_page(std::uint64_t first, const std::byte* data, std::size_t words)
{
    Wide sum = 0;
    for (std::size_t i = 0; i < words; ++i) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, data + i * word_bytes, word_bytes);
        sum += Wide{bits} * word_weights[first + i];
    }
    return sum;
}
} // namespace

void ByteSum::add(std::uint64_t address, std::span<const std::byte> bytes)
{
    Wide sum = 0;
    const std::size_t head = std::min<std::size_t>((word_bytes - address % word_bytes) % word_bytes, bytes.size());
    if (head > 0) {
        sum += partial(address, bytes.first(head));
        address += head;
        bytes = bytes.subspan(head);
    }
    while (bytes.size() >= word_bytes) {
        const std::uint64_t word = address / word_bytes;
        const std::size_t words =
            std::min<std::size_t>(bytes.size() / word_bytes, words_per_page - word % words_per_page);
        sum += words_of_page(word % words_per_page, bytes.data(), words) * page_weight(word / words_per_page);
        address += words * word_bytes;
        bytes = bytes.subspan(words * word_bytes);
    }
    if (!bytes.empty()) {
        sum += partial(address, bytes);
    }
    add(from(static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64U)));
}

void ByteSum::add(const ByteSum& other)
{
    low_ += other.low_;
    high_ += other.high_ + (low_ < other.low_ ? 1 : 0);
}

/// In limbs of 32 bits, whose sums over ranks 64 bits hold.
ByteSum ByteSum::over_ranks(const parallel::Communicator& comm) const
{
    std::array<std::int64_t, 4> limbs{static_cast<std::int64_t>(low_ & limb), static_cast<std::int64_t>(low_ >> 32U),
                                      static_cast<std::int64_t>(high_ & limb), static_cast<std::int64_t>(high_ >> 32U)};
    comm.sum(std::span<std::int64_t>(limbs));
    Wide sum = 0;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        sum = (sum << 32U) + static_cast<std::uint64_t>(limbs[i]);
    }
    return from(static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64U));
}

ByteSum ByteSum::from(std::uint64_t low, std::uint64_t high)
{
    ByteSum sum;
    sum.low_ = low;
    sum.high_ = high;
    return sum;
}

} // namespace paget::io
