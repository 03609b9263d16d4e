#include "behaviours.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
Vec3 in_plane(const Vec3& v, bool planar) { return planar ? Vec3{v.x, v.y, 0.0} : v; }

/// A random direction, drawn towards the cues by their weights; a cue counts by its length.
Vec3 new_heading(const Decision& d, std::size_t cell, const MotilityParameters& motility)
{
    const double chemotaxis = d.by_rules(cell, Behaviour::chemotaxis_bias, motility.chemotaxis_bias);
    const double haptotaxis = d.by_rules(cell, Behaviour::haptotaxis_bias, motility.haptotaxis_bias);
    const Vec3 chemical = chemotaxis * in_plane(d.environment.chemoattractant[cell], d.planar);
    const Vec3 matrix = haptotaxis * in_plane(d.environment.matrix_direction[cell], d.planar);
    const double chance = std::max(0.0, 1.0 - norm(chemical) - norm(matrix));
    const Vec3 random = d.random.unit_vector(Purpose::turning, d.cells.id[cell].value, d.step.begin, d.planar, 1);
    return direction(chance * random + chemical + matrix);
}

bool turns_now(const Decision& d, std::size_t cell, double persistence_min)
{
    if (persistence_min <= 0.0 || d.cells.heading[cell] == Triple<float>{}) {
        return true;
    }
    return happens(d.random.uniform(Purpose::turning, d.cells.id[cell].value, d.step.begin), 1.0 / persistence_min,
                   d.step);
}
} // namespace

void turn(const Decision& d)
{
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        const MotilityParameters& motility = d.type_of(i).motility;
        const double own = motility.speed_um_per_min[static_cast<std::size_t>(d.cells.state[i])];
        const bool crawls = d.by_rules(i, Behaviour::speed, own) > 0.0;
        if (crawls && d.cells.fate[i] == Fate::cycling &&
            turns_now(d, i, d.by_rules(i, Behaviour::persistence, motility.persistence_min))) {
            d.cells.set_heading(i, new_heading(d, i, motility));
        }
    }
}

} // namespace paget::agents
