#pragma once

#include "paget/agents/population.hpp"
#include "paget/core/random.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/vessel_map.hpp"

#include <span>
#include <vector>

namespace paget::organ
{

/// Decides which cells enter the blood in a step. A living cell within reach of a flowing vessel leads with the hazard
/// given for it; every living neighbour that touches a leader comes along with the type's cluster probability, each
/// follower with the leader of the smallest id that takes it. Returns for every owned cell the leader's id, or no_cell
/// if it stays. Whether it is computed on one rank or on many does not matter: all draws are keyed by the cells.
/// Collective.
std::vector<CellId> choose_leaders(const agents::Population& population, const TissueDescription& tissue,
                                   const VesselMap& vessels, std::span<const double> hazard_per_min,
                                   const RandomNumbers& random, const TimeStep& step);

} // namespace paget::organ
