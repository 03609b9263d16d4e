#include "twins/plain_cells.hpp"

#include <algorithm>
#include <cmath>

namespace paget::bench
{
namespace
{
constexpr double voxel_um = 30.0;

double mirror(double x, double end) { return x < 0.0 ? -x : (x > end ? 2.0 * end - x : x); }

void add_pair(PlainCell& a, const PlainCell& b)
{
    const Vec3 apart = a.position_um - b.position_um;
    const double distance = norm(apart);
    const double contact = a.radius_um + b.radius_um;
    const double reach = a.adhesion_range * a.radius_um + b.adhesion_range * b.radius_um;
    if (distance >= reach) {
        return;
    }
    double speed = 0.0;
    if (distance < contact) {
        const double overlap = 1.0 - distance / contact;
        speed += std::sqrt(a.repulsion_um_per_min * b.repulsion_um_per_min) * overlap * overlap;
    }
    const double nearness = 1.0 - distance / reach;
    speed -= std::sqrt(a.adhesion_um_per_min * b.adhesion_um_per_min) * nearness * nearness;
    a.velocity_um_per_min += (speed / distance) * apart;
}
} // namespace

PlainCells::PlainCells(std::vector<PlainCell> cells, double edge_um)
    : edge_um_(edge_um),
      voxels_(static_cast<int>(std::ceil(edge_um / voxel_um))),
      cells_(std::move(cells)),
      in_voxel_(static_cast<std::size_t>(voxels_) * voxels_ * voxels_)
{
    for (PlainCell& cell : cells_) {
        cell.voxel = voxel_of(cell.position_um);
        in_voxel_[static_cast<std::size_t>(cell.voxel)].push_back(&cell);
    }
}

void PlainCells::step(double minutes)
{
    for (PlainCell& cell : cells_) {
        add_velocities(cell);
    }
    for (PlainCell& cell : cells_) {
        move(cell, minutes);
    }
}

double PlainCells::neighbours() const
{
    std::size_t pairs = 0;
    for (const PlainCell& cell : cells_) {
        for_neighbours(cell, [&](const PlainCell& other) {
            const double reach = cell.adhesion_range * cell.radius_um + other.adhesion_range * other.radius_um;
            pairs += norm(cell.position_um - other.position_um) < reach ? 1 : 0;
        });
    }
    return static_cast<double>(pairs) / static_cast<double>(cells_.size());
}

template <class F>
void PlainCells::for_neighbours(const PlainCell& cell, F f) const
{
    const int x = cell.voxel % voxels_;
    const int y = cell.voxel / voxels_ % voxels_;
    const int z = cell.voxel / voxels_ / voxels_;
    for (int k = std::max(z - 1, 0); k <= std::min(z + 1, voxels_ - 1); ++k) {
        for (int j = std::max(y - 1, 0); j <= std::min(y + 1, voxels_ - 1); ++j) {
            for (int i = std::max(x - 1, 0); i <= std::min(x + 1, voxels_ - 1); ++i) {
                for (const PlainCell* other : in_voxel_[static_cast<std::size_t>((k * voxels_ + j) * voxels_ + i)]) {
                    if (other != &cell) {
                        f(*other);
                    }
                }
            }
        }
    }
}

void PlainCells::add_velocities(PlainCell& cell) const
{
    cell.velocity_um_per_min = {};
    for_neighbours(cell, [&](const PlainCell& other) { add_pair(cell, other); });
}

/// Adams-Bashforth of second order, Euler at first; walls mirror. The voxels' lists follow at once.
void PlainCells::move(PlainCell& cell, double minutes)
{
    const Vec3 mean = cell.moved_before ? 1.5 * cell.velocity_um_per_min - 0.5 * cell.last_velocity_um_per_min
                                        : cell.velocity_um_per_min;
    const Vec3 p = cell.position_um + minutes * mean;
    cell.position_um = {mirror(p.x, edge_um_), mirror(p.y, edge_um_), mirror(p.z, edge_um_)};
    cell.last_velocity_um_per_min = cell.velocity_um_per_min;
    cell.moved_before = true;
    const int voxel = voxel_of(cell.position_um);
    if (voxel != cell.voxel) {
        std::erase(in_voxel_[static_cast<std::size_t>(cell.voxel)], &cell);
        in_voxel_[static_cast<std::size_t>(voxel)].push_back(&cell);
        cell.voxel = voxel;
    }
}

int PlainCells::voxel_of(const Vec3& p) const
{
    const auto index = [this](double x) { return std::clamp(static_cast<int>(x / voxel_um), 0, voxels_ - 1); };
    return (index(p.z) * voxels_ + index(p.y)) * voxels_ + index(p.x);
}

} // namespace paget::bench
