#include "intravasation.hpp"

#include "paget/agents/touching.hpp"
#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
constexpr std::uint64_t stays = 0;

bool leads(const agents::Population& population, const TissueDescription& tissue, const DoorsToBlood& doors,
           double rate, const RandomNumbers& random, const TimeStep& step, std::size_t cell)
{
    if (!agents::is_living(population.fate(cell))) {
        return false;
    }
    const TissueBehaviour& behaviour = tissue.behaviour[population.type(cell)];
    if (rate == 0.0) {
        return false;
    }
    const double u = random.uniform(Purpose::intravasation, population.id(cell).value, step.begin);
    if (u >= event_probability(rate * doors.immature_factor, step.minutes())) { // cheap test first: few cells pass
        return false;
    }
    const auto nearest = doors.map.nearest(population.position_um(cell));
    return nearest.segment >= 0 && nearest.distance_um <= behaviour.reach_um + population.radius_um(cell) &&
           u < event_probability(rate * doors.factor(nearest.segment), step.minutes());
}
} // namespace

std::vector<CellId> choose_leaders(const agents::Population& population, const TissueDescription& tissue,
                                   const DoorsToBlood& doors, std::span<const double> hazard_per_min,
                                   const RandomNumbers& random, const TimeStep& step)
{
    std::vector<std::uint64_t> marks(population.size(), stays);
    std::vector<CellId> leader(population.size(), no_cell);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (leads(population, tissue, doors, hazard_per_min[cell], random, step, cell)) {
            marks[cell] = 1;
            leader[cell] = population.id(cell);
        }
    }
    population.visit_contacts(
        marks, agents::touching_range, [&](std::size_t cell, CellId neighbour, std::uint64_t /*mark*/) {
            if (marks[cell] != stays || !agents::is_living(population.fate(cell))) {
                return;
            }
            const double u = random.uniform(Purpose::cluster, population.id(cell).value, step.begin, neighbour.value);
            if (u < tissue.behaviour[population.type(cell)].cluster_probability) {
                leader[cell] = std::min(leader[cell], neighbour); // no_cell is the largest id
            }
        });
    return leader;
}

} // namespace paget::organ
