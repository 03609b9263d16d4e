#pragma once

#include "bins.hpp"
#include "columns.hpp"

namespace paget::agents
{

/// Sets the pressure of every owned cell from the overlaps with its neighbours: sum (1 - d/R)^2 / 0.02729, which is 1
/// for twelve close-packed neighbours (PhysiCell's simple pressure). Summed in fixed point: independent of the order.
void measure_pressure(Columns& cells, const BinTable& bins);

/// visit(cell, neighbour) for owned cells in order and their neighbours, ghosts included, closer than `reach` times the
/// sum of radii.
template <class Visit>
void for_each_contact(const Columns& cells, const BinTable& bins, double reach, const Visit& visit)
{
    for (const std::uint32_t bin : bins.occupied()) {
        const auto own = bins.range(bin);
        for (std::uint32_t i = own.first; i < own.first + own.count; ++i) {
            const Sphere a = cells.sphere[i];
            bins.for_each_around(bin, [&](std::uint32_t j) {
                const Sphere& b = cells.sphere[j];
                const Vec3 apart = a.centre_um - b.centre_um;
                const double limit = reach * (a.radius_um + b.radius_um);
                if (j != i && dot(apart, apart) < limit * limit) {
                    visit(i, j);
                }
            });
        }
    }
}

} // namespace paget::agents
