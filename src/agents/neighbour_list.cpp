#include "neighbour_list.hpp"

#include <algorithm>

namespace paget::agents
{

void NeighbourList::build(const Columns& cells, const BinTable& bins, const PairLaw& law, double skin_um)
{
    first_.assign(1, 0);
    neighbours_.clear();
    for (const std::uint32_t bin : bins.occupied()) {
        gather(cells, bins, bin, law);
        const auto own = bins.range(bin);
        for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
            const double reach = law.range(cells.mechanics[i]) * cells.sphere[i].radius_um + skin_um;
            append_neighbours(i, cells.sphere[i], reach);
        }
    }
}

void NeighbourList::gather(const Columns& cells, const BinTable& bins, std::uint32_t bin, const PairLaw& law)
{
    candidates_.clear();
    bins.for_each_around(bin, [&](std::uint32_t i) {
        const Sphere& sphere = cells.sphere[i];
        candidates_.push_back({sphere, law.range(cells.mechanics[i]) * sphere.radius_um, cells.id[i], i});
    });
}

void NeighbourList::append_neighbours(std::uint32_t cell, const Sphere& sphere, double reach_um)
{
    near_.clear();
    for (const Candidate& candidate : candidates_) {
        const Vec3 apart = sphere.centre_um - candidate.sphere.centre_um;
        const double reach = reach_um + candidate.reach_um;
        if (dot(apart, apart) < reach * reach && candidate.index != cell) {
            near_.push_back({candidate.id, candidate.index});
        }
    }
    std::sort(near_.begin(), near_.end(), [](const Entry& a, const Entry& b) { return a.id < b.id; });
    for (const Entry& entry : near_) {
        neighbours_.push_back(entry.index);
    }
    first_.push_back(neighbours_.size());
}

} // namespace paget::agents
