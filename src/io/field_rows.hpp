#pragma once

#include "paget/mesh/grid.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::io
{

/// A part of a field without gaps: the voxels [first, first + values.size()) of the whole grid, x fastest.
struct FieldRows {
    std::uint64_t first = 0;
    std::vector<double> values;
};

/// Turns boxes into such parts, one per rank (empty for some ranks if the field is small), so that every rank writes
/// one long piece of the file instead of many short ones between those of other ranks. Every voxel of the grid is in
/// the box of exactly one rank. Collective.
FieldRows rows_from_boxes(const parallel::Communicator& world, const mesh::Grid& grid, const mesh::Box& box,
                          std::span<const double> mine);

/// The run of voxels that this rank reads: the same cut as above, with room for the values. Local.
FieldRows rows_to_read(const parallel::Communicator& world, const mesh::Grid& grid);

/// The way back: gives every rank the values of its box from the runs of all ranks. Collective.
void boxes_from_rows(const parallel::Communicator& world, const mesh::Grid& grid, const FieldRows& rows,
                     const mesh::Box& box, std::span<double> mine);

} // namespace paget::io
