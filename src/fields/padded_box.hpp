#pragma once

#include "face_halo.hpp"

#include "paget/mesh/grid.hpp"

#include <algorithm>
#include <cstddef>

namespace paget::fields
{

/// How values over a box of cells lie in memory: x fastest, with margins of a few layers of cells on its sides.
/// Cells are counted from the box's own first cell, so those of margins have the indices -low[axis] to -1, and
/// extents[axis] onwards. Rows may be padded, so that all start at multiples of some number of values, at least two
/// values of padding lie between them, and as much as `multiple` before the first and after the last.
struct PaddedBox {
    mesh::Index3 extents{};
    mesh::Index3 low{};       ///< layers before the box
    mesh::Index3 high{};      ///< and after it
    std::size_t multiple = 1; ///< 1: no padding

    /// Number of values in a row, a plane, and in all, margins and padding included.
    std::size_t row_length() const { return multiple == 1 ? length(0) : ((length(0) + 1) / multiple + 1) * multiple; }
    std::size_t plane_size() const { return row_length() * length(1); }
    std::size_t size() const { return plane_size() * length(2) + 2 * lead(); }

    /// Where cell (0, j, k) lies; j and k may be in a margin.
    std::size_t row(int j, int k) const
    {
        return plane_size() * static_cast<std::size_t>(k + low[2]) + row_in_plane(j);
    }
    std::size_t row_in_plane(int j) const
    {
        return lead() + row_length() * static_cast<std::size_t>(j + low[1]) + static_cast<std::size_t>(low[0]);
    }
    /// Number of values that a plane of its own needs, for indices from row_in_plane().
    std::size_t single_plane_size() const { return plane_size() + 2 * lead(); }

    /// The index itself, or that of the nearest stored cell: where there is no margin, a cell beyond the box is the
    /// mirror image of the last one inside.
    int nearest(std::size_t axis, int index) const
    {
        return std::clamp(index, -low[axis], extents[axis] - 1 + high[axis]);
    }

private:
    std::size_t lead() const { return multiple == 1 ? 0 : multiple; }
    std::size_t length(std::size_t axis) const
    {
        return static_cast<std::size_t>(extents[axis] + low[axis] + high[axis]);
    }
};

/// Margins of `layers` where another rank's cells lie, and of one row at walls across y; padded for vector registers.
inline PaddedBox padded_towards(const FaceNeighbours& neighbours, const mesh::Index3& extents, int layers)
{
    constexpr int vector_floats = 16;
    const std::size_t multiple = extents[0] < 2 * vector_floats ? vector_floats / 2 : vector_floats;
    PaddedBox box{extents, {0, 1, 0}, {0, 1, 0}, multiple};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        box.low[axis] = neighbours[2 * axis] >= 0 ? layers : box.low[axis];
        box.high[axis] = neighbours[2 * axis + 1] >= 0 ? layers : box.high[axis];
    }
    return box;
}

} // namespace paget::fields
