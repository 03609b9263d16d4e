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
/// size. The whole sequence does not depend on how the items were spread. Sample sort with so many samples per rank,
/// which all ranks gather: the more, the more equal are the parts (Frazer and McKellar 1970, J. ACM 17:496).
/// Collective.
template <class T, class KeyOf>
Slice<T> sorted_slice(const Communicator& comm, std::vector<T> items, KeyOf key_of, std::size_t samples_per_part = 64)
{
    using Key = std::decay_t<decltype(key_of(items.front()))>;
    const auto before = [&](const T& a, const T& b) { return key_of(a) < key_of(b); };
    std::sort(items.begin(), items.end(), before);
    Slice<T> slice;
    slice.total = static_cast<std::uint64_t>(comm.sum(static_cast<std::int64_t>(items.size())));
    // Every sample stands for equally many items, however unequal the ranks' shares are.
    const std::size_t stride =
        std::max<std::size_t>(1, slice.total / (samples_per_part * static_cast<std::size_t>(comm.size())));
    std::vector<Key> samples;
    for (std::size_t i = stride / 2; i < items.size(); i += stride) {
        samples.push_back(key_of(items[i]));
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
    slice.items = exchange(comm, std::span<const T>(items), std::span<const int>(destination));
    std::sort(slice.items.begin(), slice.items.end(), before);
    const auto mine = static_cast<std::int64_t>(slice.items.size());
    slice.first = static_cast<std::uint64_t>(comm.exclusive_scan(mine));
    return slice;
}

} // namespace paget::parallel
