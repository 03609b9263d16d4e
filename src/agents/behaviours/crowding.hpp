#pragma once

#include "columns.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/mesh/grid.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace paget::agents
{

/// Living cells by voxel, kept up to date while cells divide one after another; nothing if no type has a capacity. All
/// cells of a voxel are on one rank, so the counts do not depend on the cut.
class Crowding
{
public:
    /// Of the owned cells, which must be settled. The arguments must outlive the counts.
    Crowding(const Columns& cells, const std::vector<CellType>& types, const mesh::Grid& grid);

    /// The cell whose turn it is as the k-th: where room is short, the first ones get it, so turns go by id and not by
    /// place in the columns, which follows from the cut into ranks.
    std::size_t turn(std::size_t k) const { return by_id_.empty() ? k : by_id_[k]; }
    /// Whether a cell may divide by the capacity of its type.
    bool has_room(std::size_t cell) const;
    /// Counts the daughter of a cell, in the mother's voxel.
    void count_daughter(std::size_t cell);

private:
    std::uint64_t voxel_of(std::size_t cell) const;

    const Columns* cells_;
    const std::vector<CellType>* types_;
    const mesh::Grid* grid_;
    std::unordered_map<std::uint64_t, std::int64_t> living_;
    std::vector<std::size_t> by_id_; ///< empty if no type has a capacity
};

} // namespace paget::agents
