#pragma once

#include "bins.hpp"

#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <vector>

namespace paget::agents
{

/// Copies of the cells in one layer of whole bins around a rank's box. Which cells go where is planned when cells
/// settle and stays until they settle again, so that a refresh is one message per neighbouring rank.
class Halo
{
public:
    /// `comm` must outlive the halo.
    Halo(const mesh::Partition& partition, const BinGrid& bins, const parallel::Communicator& comm);

    /// Chooses the cells that neighbours need and returns how many ghosts will arrive. Collective.
    std::size_t plan(const BinTable& bins);

    /// Sends the owned entries of columns to where they are ghosts, and fills the ghosts' entries, which are the last
    /// ones; one message per neighbouring rank for all columns. Collective.
    template <class... T>
    void refresh(std::vector<T>&... columns) const
    {
        static_assert((std::is_trivially_copyable_v<T> && ...));
        refresh_bytes({{reinterpret_cast<std::byte*>(columns.data()), columns.size(), sizeof(T)}...});
    }

private:
    struct Neighbour {
        int rank = 0;
        mesh::Box shared_bins;            ///< own bins in the neighbour's halo
        std::vector<std::uint32_t> cells; ///< what is sent, by bin and id
        std::int64_t cells_to_send = 0;
        std::int64_t ghosts = 0;
    };

    struct Column {
        std::byte* data = nullptr;
        std::size_t entries = 0;
        std::size_t entry_bytes = 0;
    };

    void exchange_counts();
    void refresh_bytes(std::initializer_list<Column> columns) const;
    void unpack(const std::vector<std::vector<std::byte>>& incoming, std::initializer_list<Column> columns) const;
    static std::vector<std::byte> packed(const Neighbour& neighbour, std::initializer_list<Column> columns);

    const parallel::Communicator* comm_;
    std::vector<Neighbour> neighbours_;
    std::size_t ghosts_ = 0;
};

} // namespace paget::agents
