#include "paget/io/checksum.hpp"

#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"

#include <bit>
#include <type_traits>

namespace paget::io
{
namespace
{
template <class T>
std::uint64_t bits_of(T value)
{
    if constexpr (std::is_same_v<T, double>) {
        return std::bit_cast<std::uint64_t>(value);
    } else {
        return static_cast<std::uint64_t>(value);
    }
}
} // namespace

std::uint64_t column_checksum(const std::string& path, std::uint64_t first, Column mine)
{
    UnorderedChecksum sum(hash_text(path));
    std::visit(
        [&](auto entries) {
            for (std::size_t i = 0; i < entries.size(); ++i) {
                sum.add(first + i, bits_of(entries[i]));
            }
        },
        mine);
    return sum.value();
}

std::uint64_t field_checksum(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<const double> mine)
{
    ensure(mine.size() == static_cast<std::size_t>(box.volume()), "a field's values do not fit its box");
    UnorderedChecksum sum(hash_text(path));
    std::size_t i = 0;
    for (int z = box.lo[2]; z < box.hi[2]; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            const std::uint64_t row = grid.global_index({box.lo[0], y, z});
            for (std::uint64_t x = 0; x < static_cast<std::uint64_t>(box.extent(0)); ++x, ++i) {
                sum.add(row + x, mine[i]);
            }
        }
    }
    return sum.value();
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
