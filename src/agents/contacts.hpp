#pragma once

#include "bins.hpp"
#include "columns.hpp"

namespace paget::agents
{

/// visit(cell, neighbour) for owned cells that are wanted, in order, and their neighbours, ghosts included, closer than
/// limit_um(cell, neighbour), which must not be farther than cells interact.
template <class Wanted, class Limit, class Visit>
void for_each_closer(const Columns& cells, const BinTable& bins, const Wanted& wanted, const Limit& limit_um,
                     const Visit& visit)
{
    constexpr double um = 1.0 / double{kernel_quanta_per_um};
    const auto apart_um = [](std::int32_t a, std::int32_t b) {
        return um * static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
    };
    for (const std::uint32_t bin : bins.occupied()) {
        const Runs around = bins.around(bin);
        const Run own = bins.range(bin);
        for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
            if (!wanted(i)) {
                continue;
            }
            for (const Run& run : around.view()) {
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

} // namespace paget::agents
