#pragma once

#include "paget/parallel/communicator.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace paget::parallel
{

/// Messages of bytes to any ranks, each rank knowing only what it sends (one counted reduce-scatter tells it how many
/// messages to expect; empty ones are not sent). Returns what arrived, in ascending order of the sending rank.
/// `outgoing[r]` goes to rank r (also to this rank itself). Collective; its cost grows with the ranks of `comm`.
std::vector<std::vector<std::byte>> exchange_bytes(const Communicator& comm,
                                                   const std::vector<std::vector<std::byte>>& outgoing);

/// Sends item i to rank destination[i] and returns the items that arrived here, grouped by ascending sending rank and
/// in the sender's order. That order depends on the cut: sort by id before any use whose order matters. Collective.
template <class T>
std::vector<T> exchange(const Communicator& comm, std::span<const T> items, std::span<const int> destination)
{
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<std::vector<std::byte>> outgoing(static_cast<std::size_t>(comm.size()));
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto* bytes = reinterpret_cast<const std::byte*>(&items[i]);
        auto& message = outgoing[static_cast<std::size_t>(destination[i])];
        message.insert(message.end(), bytes, bytes + sizeof(T));
    }
    std::vector<T> arrived;
    for (const auto& message : exchange_bytes(comm, outgoing)) {
        const std::size_t start = arrived.size();
        arrived.resize(start + message.size() / sizeof(T));
        std::copy(message.begin(), message.end(), reinterpret_cast<std::byte*>(arrived.data() + start));
    }
    return arrived;
}

} // namespace paget::parallel
