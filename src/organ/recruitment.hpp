#pragma once

#include "paget/agents/cell.hpp"
#include "paget/core/ids.hpp"
#include "paget/core/random.hpp"
#include "paget/fields/diffusing_field.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/vessel_map.hpp"

#include <cstdint>
#include <vector>

namespace paget::organ
{

/// A cell on its way in, and what orders all those of a step whatever the cut into ranks.
struct Recruit {
    std::uint64_t key = 0;
    agents::CellRecord cell; ///< without an id
};

/// Whether any type is recruited.
bool anybody_comes(const TissueDescription& tissue);

/// Cells that come through the walls of flowing vessels in this rank's voxels during a step. Their number in a voxel is
/// Poisson distributed, with mean rate * wall area * signal * time; they begin somewhere in it. All draws are keyed by
/// organ, voxel and type. At most 63 of a type come into a voxel in a step. Local.
std::vector<Recruit> recruits(const TissueDescription& tissue, const std::vector<FieldDescription>& descriptions,
                              const std::vector<fields::DiffusingField>& fields, const VesselMap& vessels,
                              const mesh::Grid& grid, const mesh::Box& box, OrganKey organ, const RandomNumbers& random,
                              const TimeStep& step);

} // namespace paget::organ
