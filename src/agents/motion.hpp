#pragma once

#include "columns.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/agents/population.hpp"
#include "paget/mesh/grid.hpp"

#include <span>
#include <vector>

namespace paget::agents
{

/// Speed of a cell's active motion [um/min]: that of its State times the matrix factor; 0 for dead and dormant cells.
double crawl_speed_um_per_min(const CellType& type, State state, Fate fate, double matrix_density);

/// How far cells moved [um]: in one sub-step, and since the places in `since`.
struct Displacement {
    double in_sub_step_um = 0.0;
    double since_um = 0.0;
};

/// Moves every owned cell by one sub-step: Adams-Bashforth-2 for the velocities of the pairs (Euler where the cell's
/// last velocity is exactly zero: a new cell, or one that nothing pushed), plus active motion along its heading, which
/// is constant in a step. The part of the forces is cut to a quarter of the radius per sub-step, so that crowded
/// newborn cells do not fly apart. Walls mirror. The velocities become the cells' last ones.
Displacement advance_positions(Columns& cells, std::span<const Vec3> pair_velocity_um_per_min,
                               std::span<const Vec3> since, const mesh::Grid& grid, double minutes);

/// The place in the box to which a cell that left it through a wall is mirrored; in a planar organ in its mid-plane.
Vec3 mirrored(const Vec3& position_um, const mesh::Grid& grid);

/// The nearest place in the box; in a planar organ in its mid-plane.
Vec3 confined(const Vec3& position_um, const mesh::Grid& grid);

} // namespace paget::agents
