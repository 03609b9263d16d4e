#include "pair_law.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{

PairLaw::PairLaw(const std::vector<CellType>& types)
    : rows_(types.size() * state_count * 2),
      pairs_(rows_ * rows_),
      range_(rows_)
{
    std::vector<Pair> own(rows_);
    for (std::size_t r = 0; r < rows_; ++r) {
        const MechanicsParameters& m = types[r / (2 * state_count)].mechanics;
        const bool dead = r % 2 == 1;
        own[r] = {m.repulsion_um_per_min, dead ? 0.0 : m.adhesion_um_per_min[r / 2 % state_count]};
        range_[r] = std::max(1.0, m.adhesion_range); // a pair in contact is always in reach
    }
    for (std::size_t a = 0; a < rows_; ++a) {
        for (std::size_t b = 0; b < rows_; ++b) {
            pairs_[a * rows_ + b] = {std::sqrt(own[a].repulsion_um_per_min * own[b].repulsion_um_per_min),
                                     std::sqrt(own[a].adhesion_um_per_min * own[b].adhesion_um_per_min)};
        }
    }
}

double largest_volume_um3(const CellType& type)
{
    return std::max(2.0, type.volume.rupture_relative_volume) * type.volume.total_um3;
}

double largest_contact_um(const std::vector<CellType>& types)
{
    double contact = 0.0;
    for (const CellType& type : types) {
        contact = std::max(contact, 2.0 * radius_from_volume_um(largest_volume_um3(type)));
    }
    return contact;
}

double largest_reach_um(const std::vector<CellType>& types)
{
    double reach = 0.0;
    for (const CellType& type : types) {
        // Contact (range 1) counts even where adhesion is shorter.
        const double range = std::max(1.0, type.mechanics.adhesion_range);
        reach = std::max(reach, 2.0 * range * radius_from_volume_um(largest_volume_um3(type)));
    }
    return reach;
}

Vec3 Coincidence::direction(CellId cell, CellId other) const
{
    // Draw 0 of this purpose is the axis of division.
    const Vec3 axis = random.unit_vector(Purpose::division_axis, std::min(cell, other).value, tick, planar, 1);
    return (cell < other ? 1.0 : -1.0) * axis;
}

} // namespace paget::agents
