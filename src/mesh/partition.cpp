#include "paget/mesh/partition.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <functional>

namespace paget::mesh
{
namespace
{
std::vector<int> even_cuts(int voxels, int bricks, int parts)
{
    std::vector<int> cuts;
    for (int part = 0; part <= parts; ++part) {
        const auto brick = static_cast<int>(std::int64_t{1} * bricks * part / parts);
        cuts.push_back(std::min(brick * brick_edge, voxels));
    }
    return cuts;
}

std::int64_t cut_surface(const Grid& grid, const Index3& parts)
{
    const std::int64_t nx = grid.voxels[0];
    const std::int64_t ny = grid.voxels[1];
    const std::int64_t nz = grid.voxels[2];
    return (parts[0] - 1) * ny * nz + (parts[1] - 1) * nx * nz + (parts[2] - 1) * nx * ny;
}
} // namespace

Partition::Partition(const Grid& grid, const Index3& parts) : grid_(grid), parts_(parts)
{
    const Index3 bricks = grid.bricks();
    for (std::size_t axis = 0; axis < 3; ++axis) {
        ensure(parts[axis] >= 1 && parts[axis] <= bricks[axis], "an organ is cut into more parts than it has bricks");
        cuts_[axis] = even_cuts(grid.voxels[axis], bricks[axis], parts[axis]);
    }
}

Partition::Partition(const Grid& grid, const Cuts& cuts) : grid_(grid), parts_{}, cuts_(cuts)
{
    const int step = cut_step(grid);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::vector<int>& c = cuts[axis];
        ensure(c.size() >= 2 && c.front() == 0 && c.back() == grid.voxels[axis], "cuts do not span their organ");
        ensure(std::adjacent_find(c.begin(), c.end(), std::greater_equal<>()) == c.end(), "cuts do not rise");
        ensure(std::all_of(c.begin(), c.end() - 1, [step](int cut) { return cut % step == 0; }),
               "an organ is cut where its grid must not be");
        parts_[axis] = static_cast<int>(c.size()) - 1;
    }
}

Index3 Partition::coordinates(int rank) const
{
    return {rank % parts_[0], rank / parts_[0] % parts_[1], rank / (parts_[0] * parts_[1])};
}

int Partition::rank_at(const Index3& c) const { return c[0] + parts_[0] * (c[1] + parts_[1] * c[2]); }

Box Partition::box(int rank) const
{
    const Index3 c = coordinates(rank);
    Box box;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto part = static_cast<std::size_t>(c[axis]);
        box.lo[axis] = cuts_[axis][part];
        box.hi[axis] = cuts_[axis][part + 1];
    }
    return box;
}

int Partition::owner(const Index3& voxel) const
{
    Index3 c{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto next = std::upper_bound(cuts_[axis].begin(), cuts_[axis].end() - 1, voxel[axis]);
        c[axis] = static_cast<int>(next - cuts_[axis].begin()) - 1;
    }
    return rank_at(c);
}

std::vector<int> Partition::neighbours(int rank) const
{
    const Index3 c = coordinates(rank);
    std::vector<int> ranks;
    for (int dz = -1; dz <= 1; ++dz) {
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const Index3 n{c[0] + dx, c[1] + dy, c[2] + dz};
                const bool inside =
                    n[0] >= 0 && n[0] < parts_[0] && n[1] >= 0 && n[1] < parts_[1] && n[2] >= 0 && n[2] < parts_[2];
                if (inside && n != c) {
                    ranks.push_back(rank_at(n));
                }
            }
        }
    }
    std::sort(ranks.begin(), ranks.end());
    return ranks;
}

std::optional<Index3> choose_parts(const Grid& grid, int ranks)
{
    const Index3 bricks = grid.bricks();
    std::optional<Index3> best;
    for (int px = 1; px <= std::min(ranks, bricks[0]); ++px) {
        for (int py = 1; ranks % px == 0 && py <= std::min(ranks / px, bricks[1]); ++py) {
            const int pz = ranks / px / py;
            if (px * py * pz != ranks || pz > bricks[2]) {
                continue;
            }
            const Index3 parts{px, py, pz};
            if (!best || cut_surface(grid, parts) < cut_surface(grid, *best)) {
                best = parts;
            }
        }
    }
    return best;
}

} // namespace paget::mesh
