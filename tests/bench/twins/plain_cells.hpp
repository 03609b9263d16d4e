#pragma once

#include "paget/core/vec3.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace paget::bench
{

/// A cell of the plain twin: everything of one cell together, as in an array of objects.
struct PlainCell {
    Vec3 position_um;
    Vec3 velocity_um_per_min;
    Vec3 last_velocity_um_per_min;
    double radius_um = 0.0;
    double repulsion_um_per_min = 10.0;
    double adhesion_um_per_min = 0.4;
    double adhesion_range = 1.25;
    int voxel = 0;
    bool moved_before = false;
};

/// Twin of Paget's mechanics in the manner of PhysiCell (Ghaffarizadeh et al. 2018, PLoS Comput Biol 14:e1005991):
/// cells are objects, each mechanics voxel of 30 um has a list of the cells in it, a cell looks at all cells of the 27
/// voxels around, in scalar double precision, and Adams-Bashforth moves it. Kinder than the original: cells lie in one
/// array and carry 14 numbers instead of kilobytes, and no list of neighbours is kept for anything else.
class PlainCells
{
public:
    PlainCells(std::vector<PlainCell> cells, double edge_um);

    std::span<const PlainCell> cells() const { return cells_; }

    void step(double minutes);

    /// Mean number of others within adhesion's reach.
    double neighbours() const;

private:
    void add_velocities(PlainCell& cell) const;
    void move(PlainCell& cell, double minutes);
    int voxel_of(const Vec3& position_um) const;
    template <class F>
    void for_neighbours(const PlainCell& cell, F f) const;

    double edge_um_;
    int voxels_;
    std::vector<PlainCell> cells_;
    std::vector<std::vector<PlainCell*>> in_voxel_;
};

} // namespace paget::bench
