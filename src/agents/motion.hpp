#pragma once

#include "columns.hpp"
#include "pair_sums.hpp"
#include "place.hpp"

#include "paget/agents/cell_type.hpp"

namespace paget::agents
{

/// Speed of a cell's active motion [um/min]: `speed_um_per_min` (that of its State, or what rules say) times the matrix
/// factor; 0 for dead and dormant cells.
double crawl_speed_um_per_min(const CellType& type, double speed_um_per_min, Fate fate, double matrix_density);

/// Moves every owned cell by one sub-step: Adams-Bashforth-2 for the velocities of the pairs (Euler where the cell's
/// last velocity is exactly zero: a new cell, or one that nothing pushed), plus active motion along its heading, which
/// is constant in a step. The part of the forces is cut to a quarter of the radius per sub-step. Walls mirror. The
/// velocities become the cells' last ones. Returns the largest displacement along any axis [um].
double advance_places(Columns& cells, const PairSummation& pairs, double velocity_quantum_um_per_min,
                      const Walls& walls, double minutes);

} // namespace paget::agents
