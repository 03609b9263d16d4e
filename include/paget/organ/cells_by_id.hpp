#pragma once

#include "paget/agents/population.hpp"
#include "paget/parallel/sorted_slice.hpp"

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace paget::organ
{

/// In how many portions the cells of an organ are copied, so that a rank copies some ten thousand at a time.
std::uint64_t portions_of(std::uint64_t cells, std::size_t ranks);

/// All cells of an organ in the order of their ids, in portions, so that never more than one portion is copied. All
/// members are collective over the organ's ranks.
class CellsById
{
public:
    /// `portions`: about equal parts; the same on all ranks. Both references must outlive the object; cells must not
    /// change meanwhile.
    CellsById(const agents::Population& population, const parallel::Communicator& comm, std::uint64_t portions);

    /// This rank's slice of the next portion; `first` and `total` count in the whole sequence. To be called `portions`
    /// times. Items are what `make(position in the population)` gives; `id_of(item)` is the cell's id.
    template <class Make, class IdOf>
    parallel::Slice<std::invoke_result_t<Make, std::size_t>> next(Make make, IdOf id_of)
    {
        std::vector<std::invoke_result_t<Make, std::size_t>> mine;
        for (const Place& cell : next_cells()) {
            mine.push_back(make(cell.index));
        }
        auto slice = parallel::sorted_slice(*comm_, std::move(mine), id_of);
        slice.first += passed_;
        passed_ += slice.total;
        slice.total = total_;
        return slice;
    }

    /// The same with the cells' records as items.
    parallel::Slice<agents::CellRecord> next();

    /// Cells of the organ on all ranks. Local.
    std::uint64_t total() const { return total_; }

    /// A cell of this rank.
    struct Place {
        std::uint64_t id;
        std::uint32_t index; ///< in the population
    };

private:
    std::span<const Place> next_cells();

    const agents::Population* population_;
    const parallel::Communicator* comm_;
    std::uint64_t total_;
    std::uint64_t portions_;
    std::vector<Place> order_;             ///< this rank's cells, by id
    std::vector<std::uint64_t> splitters_; ///< first id of each portion but the first
    std::size_t next_portion_ = 0;
    std::size_t next_cell_ = 0; ///< in order_
    std::uint64_t passed_ = 0;  ///< cells of earlier portions, on all ranks
};

} // namespace paget::organ
