#include "halo.hpp"

#include <algorithm>
#include <cstring>

namespace paget::agents
{
namespace
{
constexpr int count_tag = 81;
constexpr int column_tag = 82;

/// The bins of `own` that touch `other` or would if it grew by one layer.
mesh::Box shared(const mesh::Box& own, const mesh::Box& other)
{
    mesh::Box bins;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        bins.lo[axis] = std::max(own.lo[axis], other.lo[axis] - 1);
        bins.hi[axis] = std::min(own.hi[axis], other.hi[axis] + 1);
    }
    return bins;
}

template <class Visit>
void for_each_index(const mesh::Box& box, const Visit& visit)
{
    for (int z = box.lo[2]; z < box.hi[2]; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            for (int x = box.lo[0]; x < box.hi[0]; ++x) {
                visit(mesh::Index3{x, y, z});
            }
        }
    }
}

void wait_all(std::vector<MPI_Request>& requests)
{
    parallel::check(MPI_Waitall(parallel::count_of(requests.size()), requests.data(), MPI_STATUSES_IGNORE));
}
} // namespace

Halo::Halo(const mesh::Partition& partition, const BinGrid& bins, const parallel::Communicator& comm) : comm_(&comm)
{
    const mesh::Box own = bins.bins_of(partition.box(comm.rank()));
    for (const int rank : partition.neighbours(comm.rank())) {
        neighbours_.push_back({rank, shared(own, bins.bins_of(partition.box(rank))), {}, 0, 0});
    }
}

std::size_t Halo::plan(const BinTable& bins)
{
    for (Neighbour& neighbour : neighbours_) {
        neighbour.cells.clear();
        for_each_index(neighbour.shared_bins, [&](const mesh::Index3& bin) {
            const auto range = bins.range(bins.number(bin));
            for (std::uint32_t i = range.first; i < range.first + range.count; ++i) {
                neighbour.cells.push_back(i);
            }
        });
    }
    exchange_counts();
    ghosts_ = 0;
    for (const Neighbour& neighbour : neighbours_) {
        ghosts_ += static_cast<std::size_t>(neighbour.ghosts);
    }
    return ghosts_;
}

void Halo::exchange_counts()
{
    std::vector<MPI_Request> requests;
    requests.reserve(2 * neighbours_.size());
    for (Neighbour& n : neighbours_) {
        n.cells_to_send = static_cast<std::int64_t>(n.cells.size());
        parallel::check(
            MPI_Irecv(&n.ghosts, 1, MPI_INT64_T, n.rank, count_tag, comm_->handle(), &requests.emplace_back()));
        parallel::check(
            MPI_Isend(&n.cells_to_send, 1, MPI_INT64_T, n.rank, count_tag, comm_->handle(), &requests.emplace_back()));
    }
    wait_all(requests);
}

void Halo::refresh_bytes(std::byte* column, std::size_t entries, std::size_t entry_bytes) const
{
    std::vector<MPI_Request> requests;
    std::vector<std::vector<std::byte>> messages;
    requests.reserve(2 * neighbours_.size());
    messages.reserve(neighbours_.size());
    std::byte* ghosts = column + (entries - ghosts_) * entry_bytes;
    for (const Neighbour& n : neighbours_) {
        const std::size_t bytes = static_cast<std::size_t>(n.ghosts) * entry_bytes;
        if (bytes > 0) {
            parallel::check(MPI_Irecv(ghosts, parallel::count_of(bytes), MPI_BYTE, n.rank, column_tag, comm_->handle(),
                                      &requests.emplace_back()));
        }
        ghosts += bytes;
    }
    for (const Neighbour& n : neighbours_) {
        if (n.cells.empty()) {
            continue;
        }
        auto& message = messages.emplace_back(n.cells.size() * entry_bytes);
        std::byte* out = message.data();
        for (const std::uint32_t cell : n.cells) {
            std::memcpy(out, column + cell * entry_bytes, entry_bytes);
            out += entry_bytes;
        }
        parallel::check(MPI_Isend(message.data(), parallel::count_of(message.size()), MPI_BYTE, n.rank, column_tag,
                                  comm_->handle(), &requests.emplace_back()));
    }
    wait_all(requests);
}

} // namespace paget::agents
