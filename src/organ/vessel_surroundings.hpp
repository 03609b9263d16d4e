#pragma once

#include "paget/agents/population.hpp"
#include "paget/fields/concentration.hpp"
#include "paget/organ/growing_vessels.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::organ
{

/// Mean pressure of the living cells in every owned voxel; 0 where there are none. Local.
std::vector<double> pressure_in_voxels(const agents::Population& population, const mesh::Grid& grid,
                                       const mesh::Box& box);

/// What surrounds the vessels: every value comes from the rank that owns its voxel. `free_share` of the field acts;
/// `pressure` per owned voxel, or empty. Collective.
VesselSurroundings surroundings_of(const GrownVessels& vessels, const fields::Concentration& field, double free_share,
                                   const std::vector<double>& pressure, const mesh::Grid& grid,
                                   const parallel::Communicator& comm);

} // namespace paget::organ
