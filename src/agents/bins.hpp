#pragma once

#include "pair_kernel.hpp"

#include "paget/agents/cell.hpp"
#include "paget/mesh/partition.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// Boxes of tissue into which cells are sorted. Every rank's box holds a whole number of bins per axis, all of one
/// width, so that bin and voxel always belong to the same rank. Bins between two others are at least as wide as the
/// farthest interaction, so that all neighbours of a cell lie in the bins around its own; by how much wider is a matter
/// of speed. The same on all ranks of an organ. A planar organ has one layer of bins.
class BinGrid
{
public:
    /// As many bins as fit into each part if they are wider than the reach by the skin, or one. Throws InputError if a
    /// brick is hardly wider than the reach; BugError if a part between two others is narrower.
    BinGrid(const mesh::Partition& partition, double reach_um, double skin_um);

    const mesh::Grid& grid() const { return grid_; }
    /// Smallest width of a bin between two others along the axes on which cells move; that of a brick where there is
    /// none.
    double edge_um() const { return edge_um_; }
    /// The bin of a point. It follows from the point's voxel, so that bin and voxel always lie in the same part.
    mesh::Index3 bin_at(const Vec3& position_um) const;
    /// Bins of a rank's box.
    mesh::Box bins_of(const mesh::Box& voxels) const;

    friend bool operator==(const BinGrid& a, const BinGrid& b) { return a.parts_ == b.parts_; }

private:
    /// What lies between two cuts of an axis.
    struct Part {
        double start_um = 0.0;
        double bins_per_um = 0.0;
        int first = 0; ///< bin
        int count = 0;

        friend bool operator==(const Part&, const Part&) = default;
    };

    void divide(std::size_t axis, const std::vector<int>& cuts, double width_um);
    void measure_edges(std::size_t axis);

    mesh::Grid grid_;
    std::array<std::vector<Part>, 3> parts_;
    std::array<std::vector<std::uint16_t>, 3> part_of_; ///< by voxel
    double edge_um_ = 0.0;
};

/// The least number of voxels along an axis that a part between two others needs, so that cells beyond it are out of
/// reach. Throws InputError if that is more than a brick.
int least_part(const mesh::Grid& grid, std::size_t axis, double reach_um, double skin_um);

/// Some cells as runs; those that follow on each other are joined.
class Runs
{
public:
    void add(const Run& cells)
    {
        if (cells.count == 0) {
            return;
        }
        cells_ += cells.count;
        if (size_ > 0 && runs_[size_ - 1].first + runs_[size_ - 1].count == cells.first) {
            runs_[size_ - 1].count += cells.count;
        } else {
            runs_[size_++] = cells;
        }
    }
    /// Three bins side by side, whose cells mostly follow on each other.
    void add_row(const Run* bins)
    {
        const std::uint32_t count = bins[0].count + bins[1].count + bins[2].count;
        if (count == 0) {
            return;
        }
        const Run& last = bins[2].count > 0 ? bins[2] : (bins[1].count > 0 ? bins[1] : bins[0]);
        const std::uint32_t first = bins[0].count > 0 ? bins[0].first : (bins[1].count > 0 ? bins[1] : bins[2]).first;
        // Where a rank is one bin wide its cells lie between ghosts, whose ends may be as far apart by chance.
        const bool middle_follows = bins[1].count == 0 || bins[1].first == first + bins[0].count;
        if (middle_follows && first + count == last.first + last.count) {
            add({first, count});
        } else {
            add(bins[0]);
            add(bins[1]);
            add(bins[2]);
        }
    }
    std::span<const Run> view() const { return {runs_.data(), size_}; }
    /// In all runs together.
    std::uint32_t cells() const { return cells_; }

private:
    std::array<Run, 27> runs_;
    std::size_t size_ = 0;
    std::uint32_t cells_ = 0;
};

/// Which cells lie in which bin of one rank's box and of the layer of bins around it. Owned cells are sorted by bin
/// (x fastest) and by id in a bin; ghosts follow.
class BinTable
{
public:
    BinTable(const BinGrid& grid, const mesh::Box& own);

    /// Number of a bin of the window, to be used below.
    std::uint32_t number(const mesh::Index3& bin) const { return static_cast<std::uint32_t>(window_.offset(bin)); }
    std::uint32_t number_at(const Vec3& position_um) const { return number(grid_.bin_at(position_um)); }
    const BinGrid& grid() const { return grid_; }

    /// Sorts owned cells, given by their positions' bins and ids: entry i of `order` becomes the old index of the new
    /// i-th cell. Forgets all ghosts. Returns false if the cells are in order already.
    bool sort(std::span<const std::uint32_t> bins, std::span<const CellId> ids, std::vector<std::uint32_t>& order);
    /// Ghosts from index `first` on, given by their bins; those of one bin stand together.
    void add_ghosts(std::span<const std::uint32_t> bins, std::uint32_t first);

    Run range(std::uint32_t bin) const { return ranges_[bin]; }
    /// Bins that hold owned cells, ascending.
    const std::vector<std::uint32_t>& occupied() const { return occupied_; }

    /// The cells, ghosts included, of a bin of this rank and of the bins around it.
    Runs around(std::uint32_t bin) const;
    /// Without the bin itself, and of owned cells only those in bins that come later: so every pair of cells in
    /// different bins of which one is owned is met once.
    Runs ahead(std::uint32_t bin) const;

    std::size_t bytes() const;

private:
    void clear();
    void mark_later(std::uint32_t bin, bool mark);
    bool holds_ghosts(const Run& cells) const { return cells.first >= owned_; }

    BinGrid grid_;
    mesh::Box window_; ///< the rank's bins and one layer around them
    std::vector<Run> ranges_;
    /// Of each bin: does a bin around it that comes before it hold ghosts (or, at the window's edge, perhaps)? Few do,
    /// and `ahead` is asked for all.
    std::vector<std::uint8_t> after_ghosts_;
    std::vector<std::uint32_t> occupied_;
    std::vector<std::uint32_t> ghost_bins_;
    std::vector<std::ptrdiff_t> rows_; ///< from a bin to the first of each row of three around it, ascending
    std::uint32_t owned_ = 0;          ///< cells
};

} // namespace paget::agents
