#include "paget/mesh/grid.hpp"

#include <algorithm>
#include <cmath>

namespace paget::mesh
{

Index3 Grid::bricks() const
{
    Index3 count{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        count[axis] = (voxels[axis] + brick_edge - 1) / brick_edge;
    }
    return count;
}

Vec3 Grid::centre_um(const Index3& voxel) const
{
    return {(voxel[0] + 0.5) * spacing_um[0], (voxel[1] + 0.5) * spacing_um[1], (voxel[2] + 0.5) * spacing_um[2]};
}

Index3 Grid::voxel_at(const Vec3& position_um) const
{
    const std::array<double, 3> p{position_um.x, position_um.y, position_um.z};
    Index3 voxel{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double index = std::floor(p[axis] / spacing_um[axis]);
        voxel[axis] = static_cast<int>(std::clamp(index, 0.0, static_cast<double>(voxels[axis] - 1)));
    }
    return voxel;
}

std::uint64_t Grid::global_index(const Index3& voxel) const { return box().offset(voxel); }

bool Grid::contains(const Vec3& p) const
{
    const Vec3 e = extent_um();
    return p.x >= 0.0 && p.x <= e.x && p.y >= 0.0 && p.y <= e.y && p.z >= 0.0 && p.z <= e.z;
}

int cut_step(const Grid& grid)
{
    int step = 1;
    Index3 cells = grid.voxels;
    while (step < brick_edge && Box{{0, 0, 0}, cells}.volume() > whole_below) {
        step *= 2;
        for (int& count : cells) {
            count = (count + 1) / 2;
        }
    }
    return step;
}

} // namespace paget::mesh
