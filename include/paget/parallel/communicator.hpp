#pragma once

#include "paget/core/superaccumulator.hpp"

#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <source_location>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace paget::parallel
{

/// Throws BugError with MPI's own message and the caller's location if `code` is not MPI_SUCCESS.
void check(int code, std::source_location where = std::source_location::current());

/// Number of elements as MPI's int; throws BugError if it does not fit.
int count_of(std::size_t elements);

/// A group of ranks. Move-only; frees the communicator if it made it. All collectives must be called by all its ranks.
/// Across ranks only integers are summed, and minima and maxima taken: results do not depend on the number of ranks.
class Communicator
{
public:
    /// All ranks of the job. Does not own.
    static Communicator world();

    /// A private copy of this rank alone.
    static Communicator self();

    Communicator() = default;
    Communicator(Communicator&& other) noexcept;
    Communicator& operator=(Communicator&& other) noexcept;
    ~Communicator();

    /// A new communicator of the given ranks of this one, in that order, called by just those ranks
    /// (MPI_Comm_create_group). Several groups that overlap must be made in the same order everywhere; `tag` tells them
    /// apart.
    Communicator create_group(const std::vector<int>& ranks, int tag) const;

    /// An independent copy with a context of its own. Collective.
    Communicator duplicate() const;

    /// Whether on any node there are more of these ranks than processors that they may use. Collective.
    bool shares_processors() const;

    int rank() const { return rank_; }
    int size() const { return size_; }
    bool is_root() const { return rank_ == 0; }
    MPI_Comm handle() const { return handle_; }

    void barrier() const;

    /// Elementwise over the ranks, in place. Collective.
    void sum(std::span<std::int64_t> values) const;
    void minimum(std::span<std::int64_t> values) const;
    void maximum(std::span<std::int64_t> values) const;
    void minimum(std::span<double> values) const;
    void maximum(std::span<double> values) const;
    void sum(SuperAccumulator& accumulator) const;

    std::int64_t sum(std::int64_t value) const;
    std::int64_t maximum(std::int64_t value) const;
    double maximum(double value) const;
    double minimum(double value) const;
    /// Modulo 2^64, for checksums.
    std::uint64_t sum_modulo(std::uint64_t value) const;
    /// Sum over the ranks below this one (0 on rank 0).
    std::int64_t exclusive_scan(std::int64_t value) const;
    bool any(bool value) const { return maximum(std::int64_t{value ? 1 : 0}) != 0; }

    /// Concatenation of all ranks' items in rank order, on every rank. T is copied as bytes.
    template <class T>
    std::vector<T> all_gather(std::span<const T> mine) const;

    /// Concatenation in rank order on `root`, empty elsewhere.
    template <class T>
    std::vector<T> gather(std::span<const T> mine, int root = 0) const;

    /// Root's items on every rank.
    template <class T>
    void broadcast(std::vector<T>& items, int root = 0) const;
    void broadcast(std::string& text, int root = 0) const;

private:
    Communicator(MPI_Comm handle, bool owned);

    std::vector<int> gather_counts(int mine) const;

    MPI_Comm handle_ = MPI_COMM_NULL;
    int rank_ = 0;
    int size_ = 1;
    bool owned_ = false;
};

namespace detail
{
std::vector<int> displacements(const std::vector<int>& counts);
}

template <class T>
std::vector<T> Communicator::all_gather(std::span<const T> mine) const
{
    static_assert(std::is_trivially_copyable_v<T>);
    const int bytes = count_of(mine.size_bytes());
    const std::vector<int> counts = gather_counts(bytes);
    const std::vector<int> starts = detail::displacements(counts);
    std::vector<T> all(static_cast<std::size_t>(starts.back() + counts.back()) / sizeof(T));
    check(MPI_Allgatherv(mine.data(), bytes, MPI_BYTE, all.data(), counts.data(), starts.data(), MPI_BYTE, handle_));
    return all;
}

template <class T>
std::vector<T> Communicator::gather(std::span<const T> mine, int root) const
{
    static_assert(std::is_trivially_copyable_v<T>);
    const int bytes = count_of(mine.size_bytes());
    const std::vector<int> counts = gather_counts(bytes);
    const std::vector<int> starts = detail::displacements(counts);
    std::vector<T> all;
    if (rank_ == root) {
        all.resize(static_cast<std::size_t>(starts.back() + counts.back()) / sizeof(T));
    }
    check(MPI_Gatherv(mine.data(), bytes, MPI_BYTE, all.data(), counts.data(), starts.data(), MPI_BYTE, root, handle_));
    return all;
}

template <class T>
void Communicator::broadcast(std::vector<T>& items, int root) const
{
    static_assert(std::is_trivially_copyable_v<T>);
    std::uint64_t size = items.size();
    check(MPI_Bcast(&size, 1, MPI_UINT64_T, root, handle_));
    items.resize(size);
    check(MPI_Bcast(items.data(), count_of(size * sizeof(T)), MPI_BYTE, root, handle_));
}

} // namespace paget::parallel
