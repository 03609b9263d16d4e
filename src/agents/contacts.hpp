#pragma once

#include "bins.hpp"
#include "columns.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <numeric>
#include <span>
#include <vector>

namespace paget::agents
{

/// visit(cell, neighbour) for the neighbours of one cell among runs that are closer than limit_um(cell, neighbour).
template <class Limit, class Visit>
void visit_closer(const Columns& cells, std::uint32_t i, std::span<const Run> runs, const Limit& limit_um,
                  const Visit& visit)
{
    constexpr double um = 1.0 / double{kernel_quanta_per_um};
    const auto apart_um = [](std::int32_t a, std::int32_t b) {
        return um * static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
    };
    for (const Run& run : runs) {
        for (std::uint32_t j = run.first; j < run.first + run.count; ++j) {
            const Vec3 apart{apart_um(cells.x[i], cells.x[j]), apart_um(cells.y[i], cells.y[j]),
                             apart_um(cells.z[i], cells.z[j])};
            const double limit = limit_um(i, j);
            if (j != i && dot(apart, apart) < limit * limit) {
                visit(i, j);
            }
        }
    }
}

/// visit(cell, neighbour) for owned cells that are wanted, in order, and their neighbours, ghosts included, closer than
/// limit_um(cell, neighbour), which must not be farther than cells interact.
template <class Wanted, class Limit, class Visit>
void for_each_closer(const Columns& cells, const BinTable& bins, const Wanted& wanted, const Limit& limit_um,
                     const Visit& visit)
{
    for (const std::uint32_t bin : bins.occupied()) {
        const Runs around = bins.around(bin);
        const Run own = bins.range(bin);
        for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
            if (wanted(i)) {
                visit_closer(cells, i, around.view(), limit_um, visit);
            }
        }
    }
}

/// The same for neighbours closer than `reach` times the sum of radii.
template <class Visit>
void for_each_contact(const Columns& cells, const BinTable& bins, double reach, const Visit& visit)
{
    for_each_closer(
        cells, bins, [](std::uint32_t) { return true; },
        [&](std::uint32_t i, std::uint32_t j) {
            return reach * (double{cells.radius_um[i]} + double{cells.radius_um[j]});
        },
        visit);
}

/// The same for wanted cells and neighbours within reach of adhesion.
template <class Wanted, class Visit>
void for_each_in_reach_of(const Columns& cells, const BinTable& bins, const Wanted& wanted, const Visit& visit)
{
    for_each_closer(
        cells, bins, wanted,
        [&](std::uint32_t i, std::uint32_t j) { return double{cells.reach_um[i]} + double{cells.reach_um[j]}; }, visit);
}

/// The same for all owned cells and the neighbours among them and the ghosts for which `marked` is not 0. Only runs
/// that hold any are looked through.
template <class Visit>
void for_each_marked_in_reach(const Columns& cells, const BinTable& bins, const std::vector<std::uint8_t>& marked,
                              const Visit& visit)
{
    std::vector<std::uint32_t> marked_before(marked.size() + 1, 0);
    std::inclusive_scan(marked.begin(), marked.end(), marked_before.begin() + 1, std::plus<>(), std::uint32_t{0});
    const auto reach_um = [&](std::uint32_t i, std::uint32_t j) {
        return marked[j] != 0 ? double{cells.reach_um[i]} + double{cells.reach_um[j]} : 0.0;
    };
    std::vector<Run> some;
    for (const std::uint32_t bin : bins.occupied()) {
        const Runs around = bins.around(bin);
        some.clear();
        std::copy_if(around.view().begin(), around.view().end(), std::back_inserter(some),
                     [&](const Run& run) { return marked_before[run.first + run.count] != marked_before[run.first]; });
        const Run own = bins.range(bin);
        for (std::uint32_t i = own.first; !some.empty() && i < own.first + own.count; ++i) {
            visit_closer(cells, i, some, reach_um, visit);
        }
    }
}

} // namespace paget::agents
