#pragma once

#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::parallel
{

/// Where this rank's values stand among those of all ranks, in ascending order.
struct Places {
    std::vector<std::uint64_t> place; ///< of each value, from 0
    std::uint64_t total = 0;          ///< values of all ranks
};

/// Places of values of which no two are equal. Every rank learns all values: quick for few. Collective.
Places places_by_gathering(const Communicator& comm, std::span<const std::uint64_t> values);

/// The same for many values: each rank learns about as many as it gave (by sorted_slice()), for more messages.
/// Collective.
Places places_by_sorting(const Communicator& comm, std::span<const std::uint64_t> values);

} // namespace paget::parallel
