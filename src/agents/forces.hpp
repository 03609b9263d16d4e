#pragma once

#include "columns.hpp"
#include "neighbour_list.hpp"
#include "pair_law.hpp"

#include <vector>

namespace paget::agents
{

/// Velocities [um/min] that the neighbours give to every owned cell, in overdamped motion.
void pair_velocities(const Columns& cells, const NeighbourList& neighbours, const PairLaw& law,
                     const Coincidence& coincidence, std::vector<Vec3>& velocity_um_per_min);

} // namespace paget::agents
