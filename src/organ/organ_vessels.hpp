#pragma once

#include "paget/organ/carried_field.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/vessel_distance.hpp"

#include <optional>
#include <vector>

namespace paget::organ
{

/// Farthest from a vessel's wall that any cell can look for it.
double largest_reach_um(const TissueDescription& tissue);

/// Distances to vessels, if rules listen to them.
std::optional<VesselDistance> distances_in(const VesselNetwork& vessels, const TissueDescription& tissue);

/// Per field: what blood carries along the vessels. `vessels` and `flow` must outlive them. Local.
std::vector<std::optional<CarriedField>> make_carried(const OrganDescription& organ, const VesselNetwork& vessels,
                                                      const VesselFlow* flow, const mesh::Partition& partition,
                                                      const parallel::Communicator& comm);

} // namespace paget::organ
