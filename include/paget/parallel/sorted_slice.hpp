#pragma once

#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace paget::parallel
{

/// One rank's part of a sequence that is spread over ranks in ascending order.
template <class T>
struct Slice {
    std::vector<T> items;
    std::uint64_t first = 0; ///< position of the first item in the whole sequence
    std::uint64_t total = 0; ///< length of the whole sequence
};

/// Sorts items across ranks by unique keys (trivially copyable, ordered), rank r holding the r-th part of about equal
/// size. The whole sequence does not depend on how the items were spread. Sample sort with up to 64 samples per rank
/// (Frazer and McKellar 1970, J. ACM 17:496). Collective.
template <class T, class KeyOf>
Slice<T> sorted_slice(const Communicator& comm, std::vector<T> items, KeyOf key_of)
{
    using Key = std::decay_t<decltype(key_of(items.front()))>;
    const auto before = [&](const T& a, const T& b) { return key_of(a) < key_of(b); };
    std::sort(items.begin(), items.end(), before);
    constexpr std::size_t samples_per_rank = 64;
    std::vector<Key> samples;
    const std::size_t count = std::min(samples_per_rank, items.size());
    for (std::size_t i = 0; i < count; ++i) {
        samples.push_back(key_of(items[i * items.size() / count]));
    }
    std::vector<Key> all = comm.all_gather(std::span<const Key>(samples));
    std::sort(all.begin(), all.end());
    std::vector<int> destination;
    for (const T& item : items) {
        const auto above =
            static_cast<std::size_t>(std::upper_bound(all.begin(), all.end(), key_of(item)) - all.begin());
        const std::size_t part = (above - (above > 0 ? 1 : 0)) * static_cast<std::size_t>(comm.size()) / all.size();
        destination.push_back(static_cast<int>(part));
    }
    Slice<T> slice;
    slice.items = exchange(comm, std::span<const T>(items), std::span<const int>(destination));
    std::sort(slice.items.begin(), slice.items.end(), before);
    const auto mine = static_cast<std::int64_t>(slice.items.size());
    slice.first = static_cast<std::uint64_t>(comm.exclusive_scan(mine));
    slice.total = static_cast<std::uint64_t>(comm.sum(mine));
    return slice;
}

} // namespace paget::parallel
