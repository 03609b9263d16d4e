#include "bins.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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

int least_part(const mesh::Grid& grid, std::size_t axis, double reach_um, double skin_um)
{
    const double least_um = reach_um + std::min(skin_um, least_skin_um);
    if (axis == 2 && grid.planar()) {
        return 1;
    }
    if (!(least_um <= mesh::brick_edge * grid.spacing_um[axis])) {
        throw InputError(fmt::format("voxels of {} um are too small for cells that interact over {:.4g} um (a brick "
                                     "of {} voxels must be at least as wide as this reach). Use voxels of at least "
                                     "{:.4g} um, or smaller cells.",
                                     grid.spacing_um[axis], least_um, mesh::brick_edge, least_um / mesh::brick_edge));
    }
    return std::max(1, static_cast<int>(std::ceil(least_um / grid.spacing_um[axis])));
}

BinGrid::BinGrid(const mesh::Partition& partition, double reach_um, double skin_um)
    : grid_(partition.grid()),
      edge_um_(std::numeric_limits<double>::infinity())
{
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const bool flat = axis == 2 && grid_.planar();
        const std::vector<int>& cuts = partition.cuts(static_cast<int>(axis));
        const int least = least_part(grid_, axis, reach_um, skin_um);
        for (std::size_t part = 1; part + 2 < cuts.size(); ++part) {
            ensure(cuts[part + 1] - cuts[part] >= least, "a part of an organ is narrower than its cells reach");
        }
        divide(axis, cuts, reach_um + skin_um);
        if (!flat) {
            measure_edges(axis);
        }
    }
}

void BinGrid::divide(std::size_t axis, const std::vector<int>& cuts, double width_um)
{
    const bool flat = axis == 2 && grid_.planar();
    const double voxel_um = grid_.spacing_um[axis];
    int first = 0;
    for (std::size_t p = 0; p + 1 < cuts.size(); ++p) {
        const int voxels = cuts[p + 1] - cuts[p];
        const double most = std::ceil(static_cast<double>(voxels) / mesh::brick_edge) * most_bins_per_brick;
        const double fitting = std::clamp(std::floor(voxels * voxel_um / width_um), 1.0, most);
        const int count = flat ? 1 : static_cast<int>(fitting);
        parts_[axis].push_back({cuts[p] * voxel_um, count / (voxels * voxel_um), first, count});
        part_of_[axis].insert(part_of_[axis].end(), static_cast<std::size_t>(voxels), static_cast<std::uint16_t>(p));
        first += count;
    }
}

void BinGrid::measure_edges(std::size_t axis)
{
    const std::vector<Part>& parts = parts_[axis];
    edge_um_ = std::min(edge_um_, mesh::brick_edge * grid_.spacing_um[axis]);
    const int bins = parts.back().first + parts.back().count;
    for (const Part& part : parts) {
        const bool between =
            part.count > 2 || (part.first > 0 && part.first + part.count < bins) || (part.count == 2 && bins > 2);
        if (between) {
            edge_um_ = std::min(edge_um_, 1.0 / part.bins_per_um);
        }
    }
}

mesh::Index3 BinGrid::bin_at(const Vec3& position_um) const
{
    const mesh::Index3 voxel = grid_.voxel_at(position_um);
    const std::array<double, 3> p{position_um.x, position_um.y, position_um.z};
    mesh::Index3 bin{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const Part& part = parts_[axis][part_of_[axis][static_cast<std::size_t>(voxel[axis])]];
        const int in_part = static_cast<int>(std::floor((p[axis] - part.start_um) * part.bins_per_um));
        bin[axis] = part.first + std::clamp(in_part, 0, part.count - 1);
    }
    return bin;
}

mesh::Box BinGrid::bins_of(const mesh::Box& voxels) const
{
    mesh::Box bins;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto part_at = [&](int voxel) { return parts_[axis][part_of_[axis][static_cast<std::size_t>(voxel)]]; };
        const Part last = part_at(voxels.hi[axis] - 1);
        bins.lo[axis] = part_at(voxels.lo[axis]).first;
        bins.hi[axis] = last.first + last.count;
    }
    return bins;
}

BinTable::BinTable(const BinGrid& grid, const mesh::Box& own)
    : grid_(grid),
      window_(grown(own)),
      ranges_(static_cast<std::size_t>(window_.volume())),
      after_ghosts_(ranges_.size(), 0)
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
    for (const std::uint32_t bin : ghost_bins_) {
        mark_later(bin, false);
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
            mark_later(bins[i], true);
        }
        ensure(range.first + range.count == first + i + 1, "ghosts of one bin arrived apart");
    }
}

void BinTable::mark_later(std::uint32_t bin, bool mark)
{
    for (const std::ptrdiff_t step : rows_) {
        for (std::ptrdiff_t k = step; k < step + 3 && k < 0; ++k) {
            // At the window's edge that may be a bin of another row, which then looks for ghosts in vain.
            const auto later = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(bin) - k);
            if (later < after_ghosts_.size()) {
                after_ghosts_[later] = mark ? 1 : 0;
            }
        }
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
    if (after_ghosts_[bin] != 0) {
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
    return ranges_.capacity() * sizeof(Run) + after_ghosts_.capacity() +
           (occupied_.capacity() + ghost_bins_.capacity()) * sizeof(std::uint32_t);
}

} // namespace paget::agents
