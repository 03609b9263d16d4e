#pragma once

#include "paget/mesh/grid.hpp"

#include <optional>
#include <vector>

namespace paget::mesh
{

/// Of each axis: first voxel of each part, then the grid's end.
using Cuts = std::array<std::vector<int>, 3>;

/// How the grid of one organ is cut into one box per rank. Cuts lie at multiples of cut_step(grid); ranks are numbered
/// with x fastest, as PETSc's DMDA does. The same object on all ranks of the organ.
class Partition
{
public:
    /// Cuts into parts[0] * parts[1] * parts[2] boxes as even in bricks as possible. Each axis needs at least as many
    /// bricks as parts (else BugError).
    Partition(const Grid& grid, const Index3& parts);

    /// Cuts where it is said; BugError if an axis does not begin at 0, end at the grid's end and rise by multiples of
    /// cut_step(grid) between.
    Partition(const Grid& grid, const Cuts& cuts);

    const Grid& grid() const { return grid_; }
    const Index3& parts() const { return parts_; }
    int ranks() const { return parts_[0] * parts_[1] * parts_[2]; }

    Box box(int rank) const;
    int owner(const Index3& voxel) const;
    /// Owner of the voxel that holds a point (points outside: the nearest voxel).
    int owner(const Vec3& position_um) const { return owner(grid_.voxel_at(position_um)); }
    Index3 coordinates(int rank) const;
    int rank_at(const Index3& coordinates) const;

    /// First voxel of each part on an axis, then the grid's end: parts[axis] + 1 numbers.
    const std::vector<int>& cuts(int axis) const { return cuts_[static_cast<std::size_t>(axis)]; }
    const Cuts& cuts() const { return cuts_; }

    /// Ranks whose boxes touch this rank's box by a face, an edge or a corner; ascending, without the rank itself.
    std::vector<int> neighbours(int rank) const;

private:
    Grid grid_;
    Index3 parts_;
    Cuts cuts_;
};

/// The factorisation of `ranks` into boxes with the least cut surface, or nothing if none fits the bricks of the grid.
std::optional<Index3> choose_parts(const Grid& grid, int ranks);

} // namespace paget::mesh
