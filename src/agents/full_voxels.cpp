#include "full_voxels.hpp"

#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <unordered_map>

namespace paget::agents
{
namespace
{
/// A cell that wants to enter a voxel; sent to the rank of the voxel.
struct Wish {
    std::uint64_t voxel = 0;
    std::uint64_t lot = 0;
    CellId id;
    double capacity = 0.0;
    std::int64_t cell = 0; ///< its place in the columns of the rank that asks
    int rank = 0;          ///< that asks
};

bool crawls(const Columns& cells, std::size_t i)
{
    return cells.crawl_um_per_min[i] > 0.0F || !(cells.drift_of(i) == Vec3{});
}

/// Where its active motion would take a cell that nothing pushes.
Place headed_for(const SettingOut& s, std::size_t i, double minutes)
{
    const Vec3 crawl = (double{s.cells.crawl_um_per_min[i]} * minutes) * s.cells.heading_of(i);
    return s.walls.mirrored(s.cells.place(i) + nearest_place(crawl + minutes * s.cells.drift_of(i)));
}

struct Wishes {
    std::vector<Wish> items;
    std::vector<int> owners; ///< of their voxels
};

Wishes wishes_of(const SettingOut& s, const RandomNumbers& random, const TimeStep& step)
{
    const mesh::Grid& grid = s.partition.grid();
    Wishes wishes;
    for (std::size_t i = 0; i < s.cells.size(); ++i) {
        const double capacity = s.types[s.cells.type[i]].motility.capacity;
        if (capacity == 0.0 || !crawls(s.cells, i)) {
            continue;
        }
        const mesh::Index3 voxel = grid.voxel_at(um_of(headed_for(s, i, step.minutes())));
        if (voxel == grid.voxel_at(s.cells.position_um(i))) {
            continue;
        }
        const CellId id = s.cells.id[i];
        const std::uint64_t lot = random.words(Purpose::room_in_voxel, id.value, step.begin)[0];
        wishes.items.push_back(
            {grid.global_index(voxel), lot, id, capacity, static_cast<std::int64_t>(i), s.comm.rank()});
        wishes.owners.push_back(s.partition.owner(voxel));
    }
    return wishes;
}

/// Living cells in the voxels that are asked for. All cells of a voxel are on the rank that is asked.
std::unordered_map<std::uint64_t, std::int64_t> cells_in(const std::vector<Wish>& wishes, const SettingOut& s)
{
    std::unordered_map<std::uint64_t, std::int64_t> living;
    for (const Wish& wish : wishes) {
        living[wish.voxel] = 0;
    }
    const mesh::Grid& grid = s.partition.grid();
    for (std::size_t i = 0; i < s.cells.size() && !living.empty(); ++i) {
        const auto found = living.find(grid.global_index(grid.voxel_at(s.cells.position_um(i))));
        if (found != living.end() && is_living(s.cells.fate[i])) {
            ++found->second;
        }
    }
    return living;
}

/// Tells the ranks that asked which of their cells stay where they are.
std::vector<std::int64_t> refused(std::vector<Wish> wishes, const SettingOut& s)
{
    std::sort(wishes.begin(), wishes.end(), [](const Wish& a, const Wish& b) {
        return std::tie(a.voxel, a.lot, a.id) < std::tie(b.voxel, b.lot, b.id);
    });
    auto living = cells_in(wishes, s);
    std::vector<std::int64_t> cells;
    std::vector<int> ranks;
    for (const Wish& wish : wishes) {
        std::int64_t& there = living[wish.voxel];
        if (static_cast<double>(there) < wish.capacity) {
            ++there;
        } else {
            cells.push_back(wish.cell);
            ranks.push_back(wish.rank);
        }
    }
    return parallel::exchange<std::int64_t>(s.comm, cells, ranks);
}
} // namespace

void stay_out_of_full_voxels(const SettingOut& setting_out, const RandomNumbers& random, const TimeStep& step)
{
    const auto& types = setting_out.types;
    if (std::none_of(types.begin(), types.end(), [](const CellType& type) { return type.motility.capacity > 0.0; })) {
        return;
    }
    const Wishes wishes = wishes_of(setting_out, random, step);
    auto here = parallel::exchange<Wish>(setting_out.comm, wishes.items, wishes.owners);
    Columns& cells = setting_out.cells;
    for (const std::int64_t cell : refused(std::move(here), setting_out)) {
        const auto i = static_cast<std::size_t>(cell);
        cells.crawl_um_per_min[i] = 0.0F;
        if (cells.drifts()) {
            cells.drift_um_per_min[i] = {};
        }
    }
}

} // namespace paget::agents
