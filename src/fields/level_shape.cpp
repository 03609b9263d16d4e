#include "level_shape.hpp"

#include "stencil_operator.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
/// An axis whose exchange is slower than this part of the fastest keeps its cells: halving it too would leave errors
/// between its neighbours that no smoother sees.
constexpr double halved_from = 0.35;

using ExchangeRates = std::array<double, 3>;

/// Exchange between two cells of full width along an axis, 0 where there is only one.
double exchange_along(const LevelShape& shape, std::size_t axis, double voxels_per_min)
{
    const double width = shape.axes[axis].width.front();
    return shape.cells[axis] > 1 ? voxels_per_min / (width * width) : 0.0;
}

/// Which axes to halve. Where nothing diffuses all of them, for the grids have to end.
std::array<bool, 3> choose_halved(const LevelShape& shape, const ExchangeRates& exchange_per_min)
{
    double fastest = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
        fastest = std::max(fastest, exchange_along(shape, a, exchange_per_min[a]));
    }
    std::array<bool, 3> halved{};
    for (std::size_t a = 0; a < 3; ++a) {
        const bool fast = exchange_along(shape, a, exchange_per_min[a]) >= halved_from * fastest;
        halved[a] = shape.cells[a] > 1 && fast;
    }
    return halved;
}

/// A box of a grid in cells of the next coarser one.
mesh::Box coarsened(const mesh::Box& box, const std::array<bool, 3>& halved)
{
    mesh::Box coarse = box;
    for (std::size_t a = 0; a < 3; ++a) {
        if (halved[a]) {
            coarse.lo[a] = box.lo[a] / 2;
            coarse.hi[a] = (box.hi[a] + 1) / 2;
        }
    }
    return coarse;
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

LevelShape finest_shape(const mesh::Partition& partition, const ExchangeRates& exchange_per_min,
                        const std::array<bool, 6>& held)
{
    LevelShape shape{partition.grid().voxels, voxel_coefficients(partition.grid(), exchange_per_min, held)};
    shape.halved = choose_halved(shape, exchange_per_min);
    for (int r = 0; r < partition.ranks(); ++r) {
        shape.boxes.push_back(partition.box(r));
    }
    return shape;
}

LevelShape coarsened(const LevelShape& fine, const ExchangeRates& exchange_per_min, const std::array<bool, 6>& held)
{
    LevelShape coarse;
    for (std::size_t a = 0; a < 3; ++a) {
        const std::vector<double>& width = fine.axes[a].width;
        coarse.cells[a] = fine.halved[a] ? (fine.cells[a] + 1) / 2 : fine.cells[a];
        coarse.axes[a] = axis_coefficients(fine.halved[a] ? merged_widths(width) : width, exchange_per_min[a],
                                           held[2 * a], held[2 * a + 1]);
    }
    coarse.halved = choose_halved(coarse, exchange_per_min);
    std::transform(fine.boxes.begin(), fine.boxes.end(), std::back_inserter(coarse.boxes),
                   [&](const mesh::Box& box) { return coarsened(box, fine.halved); });
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

std::vector<LevelShape> level_shapes(const mesh::Partition& partition, int rank, const ExchangeRates& exchange_per_min,
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
