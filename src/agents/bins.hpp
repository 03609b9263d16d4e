#pragma once

#include "paget/agents/cell.hpp"
#include "paget/mesh/grid.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// Boxes of tissue into which cells are sorted: every brick holds the same whole number of bins per axis, each at least
/// as wide as the farthest interaction, so that all neighbours of a cell lie in the bins around its own. Global: the
/// same whatever the cut into ranks. A planar organ has one layer of bins.
class BinGrid
{
public:
    /// Throws InputError if a brick is smaller than the reach.
    BinGrid(const mesh::Grid& grid, double reach_um);

    const mesh::Grid& grid() const { return grid_; }
    /// The shortest edge of a bin.
    double edge_um() const { return std::min({edge_um_[0], edge_um_[1], edge_um_[2]}); }
    /// The bin of a point. It follows from the point's voxel, so that bin and voxel always lie in the same brick.
    mesh::Index3 bin_at(const Vec3& position_um) const;
    /// Bins of a box of whole bricks.
    mesh::Box bins_of(const mesh::Box& voxels) const;

private:
    mesh::Grid grid_;
    mesh::Index3 per_brick_{};
    std::array<double, 3> edge_um_{};
};

/// Which cells lie in which bin of one rank's box and of the layer of bins around it. Owned cells are sorted by bin
/// (x fastest) and by id in a bin; ghosts follow.
class BinTable
{
public:
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
    };

    BinTable(const BinGrid& grid, const mesh::Box& own);

    /// Number of a bin of the window, to be used below.
    std::uint32_t number(const mesh::Index3& bin) const { return static_cast<std::uint32_t>(window_.offset(bin)); }
    std::uint32_t number_at(const Vec3& position_um) const { return number(grid_.bin_at(position_um)); }

    /// Sorts owned cells, given by their positions' bins and ids: entry i of the result is the old index of the new
    /// i-th cell. Forgets all ghosts.
    std::vector<std::uint32_t> sort(std::span<const std::uint32_t> bins, std::span<const CellId> ids);
    /// Ghosts from index `first` on, given by their bins; those of one bin stand together.
    void add_ghosts(std::span<const std::uint32_t> bins, std::uint32_t first);

    Range range(std::uint32_t bin) const { return ranges_[bin]; }
    /// Bins that hold owned cells, ascending.
    const std::vector<std::uint32_t>& occupied() const { return occupied_; }

    /// visit(index) for every cell, ghosts included, of a bin of this rank and of the bins around it.
    template <class Visit>
    void for_each_around(std::uint32_t bin, const Visit& visit) const
    {
        for (const std::ptrdiff_t step : around_) {
            const Range cells = ranges_[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(bin) + step)];
            for (std::uint32_t i = cells.first; i < cells.first + cells.count; ++i) {
                visit(i);
            }
        }
    }

private:
    void clear();

    BinGrid grid_;
    mesh::Box window_; ///< the rank's bins and one layer around them
    std::vector<Range> ranges_;
    std::vector<std::uint32_t> occupied_;
    std::vector<std::uint32_t> ghost_bins_;
    std::vector<std::ptrdiff_t> around_;
};

} // namespace paget::agents
