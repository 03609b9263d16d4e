#pragma once

#include "paget/core/hash.hpp"

#include <compare>
#include <cstdint>
#include <functional>
#include <string_view>

namespace paget
{

/// Position of an organ in the run's description (order of the case file). Identical on all ranks.
enum class OrganId : std::int32_t { none = -1 };

constexpr std::int32_t index_of(OrganId organ) { return static_cast<std::int32_t>(organ); }

/// Identity of an organ that follows from its name alone, so that an organ's cells are the same whatever other organs
/// the case has. Two organs of one case with equal keys are refused when the case is read.
enum class OrganKey : std::uint16_t {};

constexpr OrganKey organ_key(std::string_view name) { return static_cast<OrganKey>(hash_text(name) & 0xffffU); }

/// Identity of a cell for all its life, wherever it travels: key of the organ of birth in the upper 16 bits, running
/// number of births in that organ in the lower 48. It depends on the parent and on the time of division, never on
/// ranks.
struct CellId {
    std::uint64_t value = 0;

    static constexpr CellId make(OrganKey birth_organ, std::uint64_t number)
    {
        return CellId{(static_cast<std::uint64_t>(birth_organ) << 48U) | number};
    }
    constexpr OrganKey birth_organ() const { return static_cast<OrganKey>(value >> 48U); }
    constexpr std::uint64_t number() const { return value & ((std::uint64_t{1} << 48U) - 1U); }

    friend constexpr auto operator<=>(CellId, CellId) = default;
};

/// "No such cell", e.g. the parent of a founder.
inline constexpr CellId no_cell{~std::uint64_t{0}};

} // namespace paget

template <>
struct std::hash<paget::CellId> {
    std::size_t operator()(paget::CellId id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
