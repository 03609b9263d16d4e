#pragma once

#include "paget/core/vec3.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace paget::mesh
{

/// Edge of a brick in voxels: the coarsest unit of cuts (see cut_step()), and the least that cells may reach.
inline constexpr int brick_edge = 8;

/// Grids of at most so many cells every rank of an organ holds whole while fields are solved: repeating their work
/// costs less than the messages would.
inline constexpr std::int64_t whole_below = 32 * 32 * 32;

using Index3 = std::array<int, 3>;

/// A box of voxels, half open: lo <= index < hi on each axis.
struct Box {
    Index3 lo{};
    Index3 hi{};

    constexpr int extent(int axis) const { return hi[axis] - lo[axis]; }
    constexpr std::int64_t volume() const { return std::int64_t{1} * extent(0) * extent(1) * extent(2); }
    constexpr bool contains(const Index3& v) const
    {
        return v[0] >= lo[0] && v[0] < hi[0] && v[1] >= lo[1] && v[1] < hi[1] && v[2] >= lo[2] && v[2] < hi[2];
    }
    /// Position of voxel v in an array over this box, x fastest.
    constexpr std::size_t offset(const Index3& v) const
    {
        return static_cast<std::size_t>(v[0] - lo[0]) +
               static_cast<std::size_t>(extent(0)) *
                   (static_cast<std::size_t>(v[1] - lo[1]) +
                    static_cast<std::size_t>(extent(1)) * static_cast<std::size_t>(v[2] - lo[2]));
    }
    friend constexpr bool operator==(const Box&, const Box&) = default;
};

/// A regular grid of equal voxels over one organ's piece of tissue, origin at the corner (0,0,0). One layer of voxels
/// (voxels[2] == 1) is a 2-D organ: nothing moves or diffuses along z. Any size of at least one voxel per axis.
struct Grid {
    Grid() = default;
    /// Cubic voxels.
    Grid(const Index3& count, double edge_um) : Grid(count, {edge_um, edge_um, edge_um}) {}
    /// Voxels with an edge of its own along every axis.
    Grid(const Index3& count, const std::array<double, 3>& edges_um) : voxels(count), spacing_um(edges_um) {}

    Index3 voxels{};
    std::array<double, 3> spacing_um{};

    bool planar() const { return voxels[2] == 1; }
    int dimensions() const { return planar() ? 2 : 3; }
    Box box() const { return {{0, 0, 0}, voxels}; }
    Vec3 extent_um() const { return {voxels[0] * spacing_um[0], voxels[1] * spacing_um[1], voxels[2] * spacing_um[2]}; }
    double voxel_volume_um3() const { return spacing_um[0] * spacing_um[1] * spacing_um[2]; }
    std::int64_t voxel_count() const { return box().volume(); }

    /// Bricks per axis; the last one of an axis may be smaller.
    Index3 bricks() const;
    Vec3 centre_um(const Index3& voxel) const;
    /// The voxel that holds a point; points outside are taken to the nearest voxel.
    Index3 voxel_at(const Vec3& position_um) const;
    /// Index of a voxel in the whole grid, x fastest.
    std::uint64_t global_index(const Index3& voxel) const;
    bool contains(const Vec3& position_um) const;
};

/// Cuts between ranks lie at multiples of so many voxels, 1, 2, 4 or 8: the finest for which the multigrid's grids stay
/// cut down to those that every rank holds whole anyway (docs/adr/0016). Sums over voxels are taken in cubes of this
/// edge, so that no cut goes through one. A function of the grid alone, the same whatever the ranks.
int cut_step(const Grid& grid);

} // namespace paget::mesh
