#pragma once

#include "paget/agents/population.hpp"
#include "paget/core/random.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/vessel_map.hpp"

#include <span>
#include <vector>

namespace paget::organ
{

/// The vessels by which cells enter the blood: their map, and how much more often cells pass a wall without maturity.
struct DoorsToBlood {
    const VesselMap& map;
    const VesselNetwork& network;
    double immature_factor = 1.0;

    /// Of the hazard at a segment.
    double factor(std::int32_t segment) const
    {
        const double maturity = network.segments[static_cast<std::size_t>(segment)].maturity;
        return 1.0 + (immature_factor - 1.0) * (1.0 - maturity);
    }
};

/// Decides which cells enter the blood in a step. A living cell within reach of a flowing vessel leads with the hazard
/// given for it; every living neighbour that touches a leader comes along with the type's cluster probability, each
/// follower with the leader of the smallest id that takes it. Returns for every owned cell the leader's id, or no_cell
/// if it stays. Whether it is computed on one rank or on many does not matter: all draws are keyed by the cells.
/// Collective.
std::vector<CellId> choose_leaders(const agents::Population& population, const TissueDescription& tissue,
                                   const DoorsToBlood& doors, std::span<const double> hazard_per_min,
                                   const RandomNumbers& random, const TimeStep& step);

} // namespace paget::organ
