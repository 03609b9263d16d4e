#pragma once

#include "paget/mesh/grid.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::mesh
{

/// Work of an organ by place, in whole numbers of any one unit, so that the ranks' shares add up exactly: one number
/// per block of voxels. Blocks are as fine as cuts may be (cut_step()), and coarser on large grids, so that every rank
/// can hold them all.
class WorkMap
{
public:
    /// Without any work.
    explicit WorkMap(const Grid& grid);

    /// Edge of a block in voxels, a multiple of cut_step().
    int edge() const { return edge_; }
    /// Blocks per axis; the last one of an axis may be smaller.
    const Index3& blocks() const { return blocks_; }

    /// Adds the work that belongs to a voxel.
    void add(const Index3& voxel, std::int64_t work) { amounts_[number_of(voxel)] += work; }
    /// Adds work that belongs evenly to all voxels of a box.
    void spread(const Box& box, double work);

    std::int64_t total() const;
    /// By block, x fastest; to be added up over ranks, elementwise.
    std::span<std::int64_t> amounts() { return amounts_; }
    std::span<const std::int64_t> amounts() const { return amounts_; }

private:
    std::size_t number_of(const Index3& voxel) const;

    Grid grid_;
    int edge_;
    Index3 blocks_{};
    std::vector<std::int64_t> amounts_;
};

} // namespace paget::mesh
