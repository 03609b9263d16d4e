#include "paget/io/checksum.hpp"

#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"
#include "paget/core/vector_targets.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

namespace paget::io
{
namespace
{
/// Sum over entries of 64 bits, the first of which is entry `first`.
PAGET_VECTOR_TARGETS
std::uint64_t sum_of_words(std::uint64_t salt, std::uint64_t first, const std::uint64_t* words, std::size_t count)
{
    UnorderedChecksum sum(salt);
    for (std::size_t i = 0; i < count; ++i) {
        sum.add(first + i, words[i]);
    }
    return sum.value();
}

template <class T>
std::uint64_t bits_of(T value)
{
    if constexpr (std::is_same_v<T, double>) {
        return std::bit_cast<std::uint64_t>(value);
    } else {
        return static_cast<std::uint64_t>(value);
    }
}

/// The same over entries of any type.
template <class T>
std::uint64_t sum_of_run(std::uint64_t salt, std::uint64_t first, std::span<const T> entries)
{
    std::array<std::uint64_t, 512> words{};
    std::uint64_t sum = 0;
    while (!entries.empty()) {
        const std::size_t count = std::min(words.size(), entries.size());
        std::ranges::transform(entries.first(count), words.begin(), bits_of<T>);
        sum += sum_of_words(salt, first, words.data(), count);
        entries = entries.subspan(count);
        first += count;
    }
    return sum;
}
} // namespace

std::uint64_t column_checksum(const std::string& path, std::uint64_t first, Column mine)
{
    const std::uint64_t salt = hash_text(path);
    return std::visit([&]<class T>(std::span<const T> entries) { return sum_of_run(salt, first, entries); }, mine);
}

std::uint64_t field_checksum(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<const double> mine)
{
    ensure(mine.size() == static_cast<std::size_t>(box.volume()), "a field's values do not fit its box");
    const std::uint64_t salt = hash_text(path);
    const auto width = static_cast<std::size_t>(box.extent(0));
    std::uint64_t sum = 0;
    for (int z = box.lo[2]; z < box.hi[2] && width > 0; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y, mine = mine.subspan(width)) {
            sum += sum_of_run(salt, grid.global_index({box.lo[0], y, z}), mine.first(width));
        }
    }
    return sum;
}

std::uint64_t attribute_checksum(const Attribute& value)
{
    const std::uint64_t bits = std::visit(
        [](const auto& held) {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::string>) {
                return hash_text(held);
            } else {
                return bits_of(held);
            }
        },
        value);
    return mix64(bits ^ mix64(value.index()));
}

} // namespace paget::io
