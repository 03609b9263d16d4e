#pragma once

#include "face_halo.hpp"

#include "paget/mesh/grid.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace paget::fields
{

/// Coefficients of the finite-volume stencil along one axis of a grid whose cells may differ in width: exchange rates
/// [1/min] of cell i with the cells before and after it (0 at the ends), and with a held wall (0 at other walls).
struct AxisCoefficients {
    std::vector<double> width; ///< of each cell, in voxels of the finest grid
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> wall;
};

/// `exchange_per_min` = D / h^2 for two voxels of the finest grid. A held wall is half a cell away from the centre.
AxisCoefficients axis_coefficients(std::vector<double> width, double exchange_per_min, bool held_low, bool held_high);

/// Widths after merging cells in pairs; the last one stays alone where the number is odd.
std::vector<double> merged_widths(const std::vector<double>& width);

/// The part of the stencil that couples a cell to its neighbours, on the cells of one box, row by row:
/// sum over faces of rate * (u - u_neighbour). Every cell's value is the same expression of the same numbers wherever
/// the box is cut, so its bits do not depend on the cut.
template <class T>
class Stencil
{
public:
    Stencil(const std::array<AxisCoefficients, 3>& axes, const mesh::Box& box, const FaceNeighbours& neighbours,
            const parallel::Communicator& comm);

    const mesh::Index3& extents() const { return extents_; }
    std::size_t cells() const { return cells_; }

    /// Fetches the neighbours' layers of `values`; needed before rows of it are computed. Collective.
    void exchange(const T* values) { halo_.exchange(values); }

    /// Net outflow of the cells of row (j, k) into `out` (extents()[0] numbers). Local.
    void outflow(const T* values, int j, int k, T* __restrict__ out) const;

    /// Sum of the rates of exchange with neighbours, for the cells of row (j, k). Local.
    void exchange_rates(int j, int k, T* out) const;

    /// Rates of exchange with held walls, for the cells of row (j, k). Local.
    void wall_rates(int j, int k, T* out) const;

    std::size_t row_start(int j, int k) const
    {
        return static_cast<std::size_t>(extents_[0]) *
               (static_cast<std::size_t>(j) + static_cast<std::size_t>(extents_[1]) * static_cast<std::size_t>(k));
    }

private:
    struct Axis {
        std::vector<T> low;
        std::vector<T> high;
        std::vector<T> wall;
    };

    const T* row_before(const T* values, int j, int k, std::size_t axis) const;
    const T* row_after(const T* values, int j, int k, std::size_t axis) const;

    mesh::Index3 extents_;
    std::size_t cells_;
    std::array<Axis, 3> axes_;
    FaceHalo<T> halo_;
};

extern template class Stencil<float>;
extern template class Stencil<double>;

} // namespace paget::fields
