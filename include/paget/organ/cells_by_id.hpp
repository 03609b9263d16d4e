#pragma once

#include "paget/agents/population.hpp"
#include "paget/parallel/sorted_slice.hpp"

#include <cstdint>
#include <vector>

namespace paget::organ
{

/// All cells of an organ in the order of their ids, in portions, so that never more than one portion is copied. All
/// members are collective over the organ's ranks.
class CellsById
{
public:
    /// `portions`: about equal parts; the same on all ranks. Both references must outlive the object; cells must not
    /// change meanwhile.
    CellsById(const agents::Population& population, const parallel::Communicator& comm, std::uint64_t portions);

    /// This rank's slice of the next portion; `first` and `total` count in the whole sequence. To be called `portions`
    /// times.
    parallel::Slice<agents::CellRecord> next();

    /// Cells of the organ on all ranks. Local.
    std::uint64_t total() const { return total_; }

private:
    const agents::Population* population_;
    const parallel::Communicator* comm_;
    std::uint64_t total_;
    std::uint64_t portions_;
    std::vector<std::uint32_t> order_;     ///< this rank's cells, by id
    std::vector<std::uint64_t> splitters_; ///< first id of each portion but the first
    std::size_t next_portion_ = 0;
    std::size_t next_cell_ = 0; ///< in order_
    std::uint64_t passed_ = 0;  ///< cells of earlier portions, on all ranks
};

} // namespace paget::organ
