#include "paget/mesh/work_map.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace paget::mesh
{
namespace
{
constexpr std::int64_t most_blocks = 64 * 64 * 64;

Index3 blocks_of(const Grid& grid, int edge)
{
    Index3 blocks{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        blocks[axis] = (grid.voxels[axis] + edge - 1) / edge;
    }
    return blocks;
}

int edge_for(const Grid& grid)
{
    int edge = cut_step(grid);
    while (Box{{0, 0, 0}, blocks_of(grid, edge)}.volume() > most_blocks) {
        edge *= 2;
    }
    return edge;
}
} // namespace

WorkMap::WorkMap(const Grid& grid)
    : grid_(grid),
      edge_(edge_for(grid)),
      blocks_(blocks_of(grid, edge_)),
      amounts_(static_cast<std::size_t>(Box{{0, 0, 0}, blocks_}.volume()), 0)
{
}

std::size_t WorkMap::number_of(const Index3& voxel) const
{
    return Box{{0, 0, 0}, blocks_}.offset({voxel[0] / edge_, voxel[1] / edge_, voxel[2] / edge_});
}

void WorkMap::spread(const Box& box, double work)
{
    const double per_voxel = box.volume() > 0 ? work / static_cast<double>(box.volume()) : 0.0;
    const auto next = [&](int axis, int voxel) { return std::min((voxel / edge_ + 1) * edge_, box.hi[axis]); };
    for (int z = box.lo[2]; z < box.hi[2]; z = next(2, z)) {
        for (int y = box.lo[1]; y < box.hi[1]; y = next(1, y)) {
            for (int x = box.lo[0]; x < box.hi[0]; x = next(0, x)) {
                const Box part{{x, y, z}, {next(0, x), next(1, y), next(2, z)}};
                add(part.lo, std::llround(per_voxel * static_cast<double>(part.volume())));
            }
        }
    }
}

std::int64_t WorkMap::total() const { return std::accumulate(amounts_.begin(), amounts_.end(), std::int64_t{0}); }

} // namespace paget::mesh
