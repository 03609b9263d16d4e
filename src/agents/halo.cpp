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

std::vector<std::byte> Halo::packed(const Neighbour& neighbour, std::initializer_list<Column> columns)
{
    std::size_t bytes = 0;
    for (const Column& column : columns) {
        bytes += neighbour.cells.size() * column.entry_bytes;
    }
    std::vector<std::byte> message(bytes);
    std::byte* out = message.data();
    for (const Column& column : columns) {
        for (const std::uint32_t cell : neighbour.cells) {
            std::memcpy(out, column.data + cell * column.entry_bytes, column.entry_bytes);
            out += column.entry_bytes;
        }
    }
    return message;
}

void Halo::refresh_bytes(std::initializer_list<Column> columns) const
{
    std::vector<MPI_Request> requests;
    std::vector<std::vector<std::byte>> incoming(neighbours_.size());
    std::vector<std::vector<std::byte>> outgoing(neighbours_.size());
    requests.reserve(2 * neighbours_.size());
    std::size_t entry_bytes = 0;
    for (const Column& column : columns) {
        entry_bytes += column.entry_bytes;
    }
    for (std::size_t n = 0; n < neighbours_.size(); ++n) {
        incoming[n].resize(static_cast<std::size_t>(neighbours_[n].ghosts) * entry_bytes);
        if (!incoming[n].empty()) {
            parallel::check(MPI_Irecv(incoming[n].data(), parallel::count_of(incoming[n].size()), MPI_BYTE,
                                      neighbours_[n].rank, column_tag, comm_->handle(), &requests.emplace_back()));
        }
    }
    for (std::size_t n = 0; n < neighbours_.size(); ++n) {
        outgoing[n] = packed(neighbours_[n], columns);
        if (!outgoing[n].empty()) {
            parallel::check(MPI_Isend(outgoing[n].data(), parallel::count_of(outgoing[n].size()), MPI_BYTE,
                                      neighbours_[n].rank, column_tag, comm_->handle(), &requests.emplace_back()));
        }
    }
    wait_all(requests);
    unpack(incoming, columns);
}

void Halo::unpack(const std::vector<std::vector<std::byte>>& incoming, std::initializer_list<Column> columns) const
{
    std::size_t before = 0;
    for (std::size_t n = 0; n < neighbours_.size(); ++n) {
        const std::byte* in = incoming[n].data();
        const auto ghosts = static_cast<std::size_t>(neighbours_[n].ghosts);
        for (const Column& column : columns) {
            const std::size_t first = column.entries - ghosts_ + before;
            std::copy_n(in, ghosts * column.entry_bytes, column.data + first * column.entry_bytes);
            in += ghosts * column.entry_bytes;
        }
        before += ghosts;
    }
}

} // namespace paget::agents
