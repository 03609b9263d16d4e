#pragma once

#include "face_halo.hpp"

#include "paget/mesh/grid.hpp"

#include <algorithm>
#include <cstddef>

namespace paget::fields
{

/// How values over a box of cells lie in memory: x fastest, with margins of a few layers of cells on its sides.
/// Cells are counted from the box's own first cell, so those of margins have the indices -low[axis] to -1, and
/// extents[axis] onwards.
struct PaddedBox {
    mesh::Index3 extents{};
    mesh::Index3 low{};  ///< layers before the box
    mesh::Index3 high{}; ///< and after it

    /// Number of values in a row, a plane, and in all, margins included.
    std::size_t row_length() const { return length(0); }
    std::size_t plane_size() const { return length(0) * length(1); }
    std::size_t size() const { return plane_size() * length(2); }

    /// Where cell (0, j, k) lies; j and k may be in a margin.
    std::size_t row(int j, int k) const
    {
        return plane_size() * static_cast<std::size_t>(k + low[2]) + row_in_plane(j);
    }
    std::size_t row_in_plane(int j) const
    {
        return row_length() * static_cast<std::size_t>(j + low[1]) + static_cast<std::size_t>(low[0]);
    }

    /// The index itself, or that of the nearest stored cell: where there is no margin, a cell beyond the box is the
    /// mirror image of the last one inside.
    int nearest(std::size_t axis, int index) const
    {
        return std::clamp(index, -low[axis], extents[axis] - 1 + high[axis]);
    }

    /// Makes the margins of one layer along x mirror images of a row's ends (another rank's cells, if it is theirs,
    /// arrive later).
    template <class T>
    void close_row(T* row) const
    {
        if (low[0] == 1) {
            row[-1] = row[0];
        }
        if (high[0] == 1) {
            row[extents[0]] = row[extents[0] - 1];
        }
    }

private:
    std::size_t length(std::size_t axis) const
    {
        return static_cast<std::size_t>(extents[axis] + low[axis] + high[axis]);
    }
};

/// Margins of `layers` where another rank's cells lie, and of one layer at the other ends along x (rows then need no
/// special ends).
inline PaddedBox padded_towards(const FaceNeighbours& neighbours, const mesh::Index3& extents, int layers)
{
    PaddedBox box{extents, {1, 0, 0}, {1, 0, 0}};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        box.low[axis] = neighbours[2 * axis] >= 0 ? layers : box.low[axis];
        box.high[axis] = neighbours[2 * axis + 1] >= 0 ? layers : box.high[axis];
    }
    return box;
}

} // namespace paget::fields
