#pragma once

#include "paget/core/superaccumulator.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/parallel/communicator.hpp"

#include <functional>
#include <span>
#include <vector>

namespace paget::fields
{

/// Sums over all voxels of an organ whose bits do not depend on the cut: partial sums over cubes of voxels in a fixed
/// order (a lane per voxel along x, a fixed tree over the lanes), added exactly across cubes and ranks, and rounded
/// once. No cut goes through a cube: their edge is mesh::cut_step() of the grid.
class BrickSums
{
public:
    /// `box` is this rank's of the grid; it starts on faces of cubes.
    BrickSums(const mesh::Grid& grid, const mesh::Box& box, const parallel::Communicator& comm);

    /// Sum of a*b. Collective.
    double dot(const double* a, const double* b);

    /// out[m] = sum of a * b[m], with one reduction for all. Collective.
    void dots(const double* a, std::span<const double* const> b, std::span<double> out);

    /// Sum of a. Collective.
    double sum(const double* a);

    /// Sum of |a|. Collective.
    double sum_of_magnitudes(const double* a);

    /// Largest |a|, exact; infinity if any a is not finite. Collective.
    double largest_magnitude(const double* a) const;

private:
    /// Adds row (start, count) of something to lanes.
    using AddRow = std::function<void(std::size_t start, std::size_t count, double* lanes)>;

    SuperAccumulator local_sum(const AddRow& add_row);
    void add_bricks(SuperAccumulator& sum) const;
    SuperAccumulator local_dot(const double* a, const double* b);

    int edge_; ///< of a cube: 1, 2, 4 or 8
    mesh::Index3 extents_;
    const parallel::Communicator* comm_;
    std::vector<double> lanes_;
};

} // namespace paget::fields
