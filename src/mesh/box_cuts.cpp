#include "box_cuts.hpp"

#include "paget/core/error.hpp"

#include <algorithm>

namespace paget::mesh
{
namespace
{
/// What cells just beyond a box cost its rank, against those inside: pairs across a cut are computed on both sides.
constexpr double beyond_share = 0.35;
/// Bisections of a bound on the heaviest box, and rounds over the axes.
constexpr int bisections = 24;
constexpr int most_sweeps = 4;
/// Factorisations that are tried, those with the least cut surface; fewer where each costs more.
constexpr std::size_t few_boxes = 64;
constexpr std::size_t tried = 8;
constexpr std::size_t tried_of_many = 2;

std::int64_t surface_of(const Grid& grid, const Index3& parts)
{
    const std::int64_t nx = grid.voxels[0];
    const std::int64_t ny = grid.voxels[1];
    const std::int64_t nz = grid.voxels[2];
    return (parts[0] - 1) * ny * nz + (parts[1] - 1) * nx * nz + (parts[2] - 1) * nx * ny;
}

/// Calls f(box in blocks) for all boxes, x fastest.
template <class Places, class F>
void for_boxes(const Places& places, F f)
{
    for (std::size_t k = 0; k + 1 < places[2].size(); ++k) {
        for (std::size_t j = 0; j + 1 < places[1].size(); ++j) {
            for (std::size_t i = 0; i + 1 < places[0].size(); ++i) {
                f(Box{{places[0][i], places[1][j], places[2][k]},
                      {places[0][i + 1], places[1][j + 1], places[2][k + 1]}});
            }
        }
    }
}
} // namespace

OrganCutter::OrganCutter(const OrganLoad& load)
    : grid_(load.grid),
      edge_(load.work.edge()),
      blocks_(load.work.blocks()),
      least_{},
      repeated_(static_cast<double>(load.repeated))
{
    for (std::size_t axis = 0; axis < 3; ++axis) {
        least_[axis] = std::max(1, (load.least_part[axis] + edge_ - 1) / edge_);
    }
    const Box corners{{0, 0, 0}, {blocks_[0] + 1, blocks_[1] + 1, blocks_[2] + 1}};
    below_.assign(static_cast<std::size_t>(corners.volume()), 0);
    std::size_t block = 0;
    for (int z = 1; z <= blocks_[2]; ++z) {
        for (int y = 1; y <= blocks_[1]; ++y) {
            std::int64_t row = 0;
            for (int x = 1; x <= blocks_[0]; ++x) {
                row += load.work.amounts()[block++];
                below_[corners.offset({x, y, z})] = row + below_[corners.offset({x, y - 1, z})] +
                                                    below_[corners.offset({x, y, z - 1})] -
                                                    below_[corners.offset({x, y - 1, z - 1})];
            }
        }
    }
}

std::int64_t OrganCutter::sum(const Box& b) const
{
    const Box corners{{0, 0, 0}, {blocks_[0] + 1, blocks_[1] + 1, blocks_[2] + 1}};
    const auto at = [&](int x, int y, int z) { return below_[corners.offset({x, y, z})]; };
    return at(b.hi[0], b.hi[1], b.hi[2]) - at(b.lo[0], b.hi[1], b.hi[2]) - at(b.hi[0], b.lo[1], b.hi[2]) -
           at(b.hi[0], b.hi[1], b.lo[2]) + at(b.lo[0], b.lo[1], b.hi[2]) + at(b.lo[0], b.hi[1], b.lo[2]) +
           at(b.hi[0], b.lo[1], b.lo[2]) - at(b.lo[0], b.lo[1], b.lo[2]);
}

double OrganCutter::load(const Box& box) const
{
    Box grown = box;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        grown.lo[axis] = std::max(0, box.lo[axis] - least_[axis]);
        grown.hi[axis] = std::min(blocks_[axis], box.hi[axis] + least_[axis]);
    }
    const auto inside = static_cast<double>(sum(box));
    return inside + beyond_share * (static_cast<double>(sum(grown)) - inside);
}

/// A part between two others must hold its neighbours apart; a last block that is not full makes no part of its own.
int OrganCutter::least_blocks(std::size_t axis, int part, int parts) const
{
    if (part > 0 && part + 1 < parts) {
        return least_[axis];
    }
    return part > 0 && part + 1 == parts && grid_.voxels[axis] % edge_ != 0 ? 2 : 1;
}

int OrganCutter::most_parts(std::size_t axis) const
{
    const int ends = 1 + least_blocks(axis, 1, 2);
    return blocks_[axis] < ends ? 1 : 2 + (blocks_[axis] - ends) / least_[axis];
}

std::vector<Index3> OrganCutter::factorisations(int boxes) const
{
    std::vector<Index3> all;
    for (int x = 1; x <= std::min(boxes, most_parts(0)); ++x) {
        for (int y = 1; boxes % x == 0 && y <= std::min(boxes / x, most_parts(1)); ++y) {
            const int z = boxes / x / y;
            if (x * y * z == boxes && z <= most_parts(2)) {
                all.push_back({x, y, z});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [this](const Index3& a, const Index3& b) { return surface_of(grid_, a) < surface_of(grid_, b); });
    all.resize(std::min(all.size(), static_cast<std::size_t>(boxes) > few_boxes ? tried_of_many : tried));
    return all;
}

double OrganCutter::largest(const Places& places) const
{
    double most = 0.0;
    for_boxes(places, [&](const Box& box) { most = std::max(most, load(box)); });
    return most;
}

/// The heaviest of the boxes between two places of an axis.
double OrganCutter::heaviest(const Places& places, std::size_t axis, int from, int to) const
{
    const std::size_t a = (axis + 1) % 3;
    const std::size_t b = (axis + 2) % 3;
    double most = 0.0;
    Box box;
    box.lo[axis] = from;
    box.hi[axis] = to;
    for (std::size_t i = 0; i + 1 < places[a].size(); ++i) {
        for (std::size_t j = 0; j + 1 < places[b].size(); ++j) {
            box.lo[a] = places[a][i];
            box.hi[a] = places[a][i + 1];
            box.lo[b] = places[b][j];
            box.hi[b] = places[b][j + 1];
            most = std::max(most, load(box));
        }
    }
    return most;
}

/// As even in blocks as possible.
OrganCutter::Places OrganCutter::first_places(const Index3& parts) const
{
    Places places;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        int left = blocks_[axis];
        for (int part = 0; part < parts[axis]; ++part) {
            left -= least_blocks(axis, part, parts[axis]);
        }
        int place = 0;
        places[axis].push_back(0);
        for (int part = 0; part < parts[axis]; ++part) {
            const int more = left * (part + 1) / parts[axis] - left * part / parts[axis];
            place += least_blocks(axis, part, parts[axis]) + more;
            places[axis].push_back(place);
        }
    }
    return places;
}

/// Cuts of an axis by which no box has more than `bound`, if there are any: every part takes as much as it may.
std::optional<std::vector<int>> OrganCutter::within(const Places& places, std::size_t axis, double bound) const
{
    const int parts = static_cast<int>(places[axis].size()) - 1;
    int kept = 0; // for the parts that follow
    for (int part = 1; part < parts; ++part) {
        kept += least_blocks(axis, part, parts);
    }
    std::vector<int> cuts{0};
    for (int part = 0; part < parts; ++part) {
        int last = blocks_[axis] - kept;
        int good = part + 1 == parts ? last : cuts.back() + least_blocks(axis, part, parts);
        if (good > last || heaviest(places, axis, cuts.back(), good) > bound) {
            return std::nullopt;
        }
        while (good < last) { // the farthest place that keeps the bound
            const int middle = good + (last - good + 1) / 2;
            const bool keeps = heaviest(places, axis, cuts.back(), middle) <= bound;
            good = keeps ? middle : good;
            last = keeps ? last : middle - 1;
        }
        cuts.push_back(good);
        kept -= part + 1 < parts ? least_blocks(axis, part + 1, parts) : 0;
    }
    return cuts;
}

/// Cuts one axis as well as the others allow; returns the heaviest box.
double OrganCutter::improve(Places& places, std::size_t axis, double present) const
{
    if (places[axis].size() <= 2) {
        return present;
    }
    double low = 0.0;
    double high = present;
    for (int i = 0; i < bisections && high - low > 1e-4 * high; ++i) {
        const double middle = 0.5 * (low + high);
        const auto cuts = within(places, axis, middle);
        (cuts ? high : low) = middle;
        if (cuts) {
            places[axis] = *cuts;
        }
    }
    return largest(places);
}

BoxCuts OrganCutter::result(const Places& places) const
{
    BoxCuts found;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        found.parts[axis] = static_cast<int>(places[axis].size()) - 1;
        for (const int place : places[axis]) {
            found.cuts[axis].push_back(std::min(place * edge_, grid_.voxels[axis]));
        }
    }
    for_boxes(places, [&](const Box& box) { found.loads.push_back(repeated_ + load(box)); });
    found.largest = *std::max_element(found.loads.begin(), found.loads.end());
    return found;
}

std::optional<BoxCuts> OrganCutter::cut(int boxes) const
{
    std::optional<BoxCuts> best;
    for (const Index3& parts : factorisations(boxes)) {
        Places places = first_places(parts);
        double present = largest(places);
        for (int round = 0; round < most_sweeps; ++round) {
            const double before = present;
            for (std::size_t axis = 0; axis < 3; ++axis) {
                present = improve(places, axis, present);
            }
            if (present > 0.999 * before) {
                break;
            }
        }
        BoxCuts found = result(places);
        if (!best || found.largest < best->largest) {
            best = std::move(found);
        }
    }
    return best;
}

std::vector<double> OrganCutter::loads_of(const Cuts& cuts) const
{
    Places places;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        for (const int cut : cuts[axis]) {
            places[axis].push_back((cut + edge_ / 2) / edge_); // blocks may be coarser than cuts
        }
        places[axis].back() = blocks_[axis];
    }
    std::vector<double> loads;
    for_boxes(places, [&](const Box& box) { loads.push_back(repeated_ + load(box)); });
    return loads;
}

} // namespace paget::mesh
