#pragma once

#include "stencil.hpp"

#include "paget/mesh/partition.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace paget::fields
{

/// One grid of the multigrid hierarchy.
struct LevelShape {
    mesh::Index3 cells{};                   ///< of the whole grid
    std::array<AxisCoefficients, 3> axes{}; ///< stencil of the whole grid
    mesh::Box own{};                        ///< this rank's cells
    mesh::Box stored{};                     ///< what this rank holds: its own cells, or the whole grid
    std::vector<mesh::Box> boxes{};         ///< own cells of every rank, on the first grid that is held as a whole
    std::array<bool, 3> halved{};           ///< along which axes the next coarser grid merges pairs of cells

    bool planar() const { return std::count(cells.begin(), cells.end(), 1) > 0; }

    /// The cell of the next coarser grid that holds a cell, along one axis.
    int parent(std::size_t axis, int cell) const { return halved[axis] ? cell / 2 : cell; }
};

/// From the voxels down to a single cell, halving the axes along which cells exchange fast (all of them where voxels
/// are about as wide as high; point smoothers need that: Trottenberg et al. 2001, Multigrid, section 5.1). Odd numbers
/// are rounded up, the last cell is then narrower; in 2-D z has one cell from the start. Grids of at most `whole_below`
/// cells, and those whose cuts no longer fall between pairs of cells, are held as a whole by every rank.
std::vector<LevelShape> level_shapes(const mesh::Partition& partition, int rank,
                                     const std::array<double, 3>& exchange_per_min, const std::array<bool, 6>& held,
                                     std::int64_t whole_below);

} // namespace paget::fields
