#include "forces.hpp"

#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double square(double x) { return x * x; }

struct PairGeometry {
    double contact_um; ///< sum of radii
    double reach_um;   ///< where adhesion ends, not below contact
};

/// Velocity along the line of centres of a pair within reach, positive if it moves apart.
double pair_speed(const PairLaw::Pair& pair, const PairGeometry& geometry, double distance_um)
{
    double speed = 0.0;
    if (distance_um < geometry.contact_um) {
        speed = pair.repulsion_um_per_min * square(1.0 - distance_um / geometry.contact_um);
    }
    return speed - pair.adhesion_um_per_min * square(1.0 - distance_um / geometry.reach_um);
}
} // namespace

void pair_velocities(const Columns& cells, const NeighbourList& neighbours, const PairLaw& law,
                     const Coincidence& coincidence, std::vector<Vec3>& velocity_um_per_min)
{
    velocity_um_per_min.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Sphere a = cells.sphere[i];
        const PairLaw::Pair* pairs = law.pairs_of(cells.mechanics[i]);
        const double reach_um = law.range(cells.mechanics[i]) * a.radius_um;
        Vec3 sum;
        for (const std::uint32_t j : neighbours.of(i)) {
            const Sphere& b = cells.sphere[j];
            const std::uint16_t row = cells.mechanics[j];
            const Vec3 apart = a.centre_um - b.centre_um;
            const double squared = dot(apart, apart);
            const PairGeometry geometry{a.radius_um + b.radius_um, reach_um + law.range(row) * b.radius_um};
            if (squared >= square(geometry.reach_um)) {
                continue;
            }
            if (squared < coincident_um2) {
                sum += pair_speed(pairs[row], geometry, 0.0) * coincidence.direction(cells.id[i], cells.id[j]);
                continue;
            }
            const double distance = std::sqrt(squared);
            sum += (pair_speed(pairs[row], geometry, distance) / distance) * apart;
        }
        velocity_um_per_min[i] = sum;
    }
}

} // namespace paget::agents
