#include "bins.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr int most_bins_per_brick = 64; // for cells much smaller than voxels: finer bins would stay empty
constexpr double least_skin_um = 1.0;   // with less, cells would be sorted all the time

mesh::Box grown(const mesh::Box& box)
{
    return {{box.lo[0] - 1, box.lo[1] - 1, box.lo[2] - 1}, {box.hi[0] + 1, box.hi[1] + 1, box.hi[2] + 1}};
}
} // namespace

BinGrid::BinGrid(const mesh::Grid& grid, double reach_um, double skin_um) : grid_(grid)
{
    const double least_um = reach_um + std::min(skin_um, least_skin_um);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double brick_um = mesh::brick_edge * grid.spacing_um[axis];
        const bool flat = axis == 2 && grid.planar();
        if (!flat && !(least_um <= brick_um)) {
            throw InputError(
                fmt::format("voxels of {} um are too small for cells that interact over {:.4g} um (a brick "
                            "of {} voxels must be at least as wide as this reach). Use voxels of at least "
                            "{:.4g} um, or smaller cells.",
                            grid.spacing_um[axis], least_um, mesh::brick_edge, least_um / mesh::brick_edge));
        }
        const double fitting = std::floor(brick_um / (reach_um + skin_um));
        per_brick_[axis] = flat ? 1 : static_cast<int>(std::clamp<double>(fitting, 1, most_bins_per_brick));
        edge_um_[axis] = brick_um / per_brick_[axis];
    }
}

mesh::Index3 BinGrid::bin_at(const Vec3& position_um) const
{
    const mesh::Index3 voxel = grid_.voxel_at(position_um);
    const std::array<double, 3> p{position_um.x, position_um.y, position_um.z};
    mesh::Index3 bin{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const int brick = voxel[axis] / mesh::brick_edge;
        const double inside = p[axis] - brick * (mesh::brick_edge * grid_.spacing_um[axis]);
        const int in_brick = static_cast<int>(std::floor(inside / edge_um_[axis]));
        bin[axis] = brick * per_brick_[axis] + std::clamp(in_brick, 0, per_brick_[axis] - 1);
    }
    return bin;
}

mesh::Box BinGrid::bins_of(const mesh::Box& voxels) const
{
    mesh::Box bins;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        bins.lo[axis] = voxels.lo[axis] / mesh::brick_edge * per_brick_[axis];
        bins.hi[axis] = (voxels.hi[axis] + mesh::brick_edge - 1) / mesh::brick_edge * per_brick_[axis];
    }
    return bins;
}

BinTable::BinTable(const BinGrid& grid, const mesh::Box& own)
    : grid_(grid),
      window_(grown(own)),
      ranges_(static_cast<std::size_t>(window_.volume()))
{
    const std::ptrdiff_t row = window_.extent(0);
    const std::ptrdiff_t layer = row * window_.extent(1);
    const int depth = grid.grid().planar() ? 0 : 1;
    for (int dz = -depth; dz <= depth; ++dz) {
        for (int dy = -1; dy <= 1; ++dy) {
            rows_.push_back(dy * row + dz * layer - 1);
        }
    }
}

void BinTable::clear()
{
    // Only what was used: an organ may have millions of bins and a handful of cells.
    for (const auto* bins : {&occupied_, &ghost_bins_}) {
        for (const std::uint32_t bin : *bins) {
            ranges_[bin] = {};
        }
    }
    occupied_.clear();
    ghost_bins_.clear();
}

bool BinTable::sort(std::span<const std::uint32_t> bins, std::span<const CellId> ids, std::vector<std::uint32_t>& order)
{
    clear();
    owned_ = static_cast<std::uint32_t>(bins.size());
    for (const std::uint32_t bin : bins) {
        if (ranges_[bin].count++ == 0) {
            occupied_.push_back(bin);
        }
    }
    if (!std::is_sorted(occupied_.begin(), occupied_.end())) {
        std::sort(occupied_.begin(), occupied_.end());
    }
    std::uint32_t first = 0;
    for (const std::uint32_t bin : occupied_) {
        const std::uint32_t count = ranges_[bin].count;
        ranges_[bin] = {first, 0};
        first += count;
    }
    order.resize(bins.size());
    for (std::uint32_t i = 0; i < bins.size(); ++i) {
        Run& range = ranges_[bins[i]];
        order[range.first + range.count++] = i;
    }
    for (const std::uint32_t bin : occupied_) {
        const auto begin = order.begin() + ranges_[bin].first;
        const auto by_id = [&](auto a, auto b) { return ids[a] < ids[b]; };
        if (!std::is_sorted(begin, begin + ranges_[bin].count, by_id)) {
            std::sort(begin, begin + ranges_[bin].count, by_id);
        }
    }
    return !std::is_sorted(order.begin(), order.end());
}

void BinTable::add_ghosts(std::span<const std::uint32_t> bins, std::uint32_t first)
{
    for (std::uint32_t i = 0; i < bins.size(); ++i) {
        Run& range = ranges_[bins[i]];
        if (range.count++ == 0) {
            range.first = first + i;
            ghost_bins_.push_back(bins[i]);
        }
        ensure(range.first + range.count == first + i + 1, "ghosts of one bin arrived apart");
    }
}

Runs BinTable::around(std::uint32_t bin) const
{
    Runs runs;
    for (const std::ptrdiff_t step : rows_) {
        runs.add_row(ranges_.data() + (static_cast<std::ptrdiff_t>(bin) + step));
    }
    return runs;
}

Runs BinTable::ahead(std::uint32_t bin) const
{
    Runs runs;
    if (!ghost_bins_.empty()) {
        for (const std::ptrdiff_t step : rows_) {
            for (std::ptrdiff_t k = step; k < step + 3 && k < 0; ++k) {
                const Run& before = ranges_[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(bin) + k)];
                if (holds_ghosts(before)) {
                    runs.add(before);
                }
            }
        }
    }
    runs.add(ranges_[bin + 1]);
    for (std::size_t later = rows_.size() / 2 + 1; later < rows_.size(); ++later) {
        runs.add_row(ranges_.data() + (static_cast<std::ptrdiff_t>(bin) + rows_[later]));
    }
    return runs;
}

std::size_t BinTable::bytes() const
{
    return ranges_.capacity() * sizeof(Run) + (occupied_.capacity() + ghost_bins_.capacity()) * sizeof(std::uint32_t);
}

} // namespace paget::agents
