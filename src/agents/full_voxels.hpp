#pragma once

#include "columns.hpp"
#include "place.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/core/clock.hpp"
#include "paget/core/random.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::agents
{

/// Settled cells of an organ whose speeds and drifts of a move are set.
struct SettingOut {
    Columns& cells;
    const std::vector<CellType>& types;
    const mesh::Partition& partition;
    const parallel::Communicator& comm;
    const Walls& walls;
};

/// Takes speed and drift from cells whose active motion over the step would end in another voxel that has no room for
/// them: `motility.capacity` less the living cells that are there at the begin. If more want to enter than there is
/// room for, lots decide, keyed by cell and step; a cell that leaves makes room only for the next step. So it matters
/// neither in which order cells are asked nor how the organ is cut. Forces ask for no room. Collective, and without
/// any message if no type has a capacity.
void stay_out_of_full_voxels(const SettingOut& setting_out, const RandomNumbers& random, const TimeStep& step);

} // namespace paget::agents
