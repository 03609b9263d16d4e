#include "level_shape.hpp"

#include "stencil_operator.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
mesh::Box halved(const mesh::Box& box)
{
    mesh::Box half;
    for (std::size_t a = 0; a < 3; ++a) {
        half.lo[a] = box.lo[a] / 2;
        half.hi[a] = (box.hi[a] + 1) / 2;
    }
    return half;
}

/// Whether every cut inside the grid falls between two pairs of cells, and every box has the two layers of cells that
/// its neighbours need.
bool can_be_cut(const LevelShape& shape)
{
    return std::all_of(shape.boxes.begin(), shape.boxes.end(), [&](const mesh::Box& box) {
        for (std::size_t a = 0; a < 3; ++a) {
            const bool keeps_pairs = box.lo[a] % 2 == 0 || !shape.halved[a];
            const bool thick = box.extent(static_cast<int>(a)) >= std::min(2, shape.cells[a]);
            if (!keeps_pairs || !thick) {
                return false;
            }
        }
        return true;
    });
}

LevelShape finest_shape(const mesh::Partition& partition, double exchange_per_min, const std::array<bool, 6>& held)
{
    LevelShape shape{partition.grid().voxels, voxel_coefficients(partition.grid(), exchange_per_min, held)};
    for (int r = 0; r < partition.ranks(); ++r) {
        shape.boxes.push_back(partition.box(r));
    }
    return shape;
}

LevelShape coarsened(const LevelShape& fine, double exchange_per_min, const std::array<bool, 6>& held)
{
    LevelShape coarse;
    for (std::size_t a = 0; a < 3; ++a) {
        coarse.cells[a] = (fine.cells[a] + 1) / 2;
        coarse.axes[a] =
            axis_coefficients(merged_widths(fine.axes[a].width), exchange_per_min, held[2 * a], held[2 * a + 1]);
    }
    std::transform(fine.boxes.begin(), fine.boxes.end(), std::back_inserter(coarse.boxes), halved);
    return coarse;
}

void hold(LevelShape& shape, int rank, std::int64_t whole_below)
{
    const mesh::Box whole{{0, 0, 0}, shape.cells};
    shape.own = shape.boxes[static_cast<std::size_t>(rank)];
    shape.stored = shape.own;
    if (whole.volume() <= whole_below || !can_be_cut(shape)) {
        shape.stored = whole;
    }
}
} // namespace

std::vector<LevelShape> level_shapes(const mesh::Partition& partition, int rank, double exchange_per_min,
                                     const std::array<bool, 6>& held, std::int64_t whole_below)
{
    std::vector<LevelShape> shapes{finest_shape(partition, exchange_per_min, held)};
    hold(shapes.back(), rank, whole_below);
    while (shapes.back().cells != mesh::Index3{1, 1, 1}) {
        LevelShape coarse = coarsened(shapes.back(), exchange_per_min, held);
        if (shapes.back().stored == mesh::Box{{0, 0, 0}, shapes.back().cells}) { // whole here, whole below
            coarse.boxes.assign(coarse.boxes.size(), {{0, 0, 0}, coarse.cells});
        }
        hold(coarse, rank, whole_below);
        shapes.push_back(std::move(coarse));
    }
    return shapes;
}

} // namespace paget::fields
