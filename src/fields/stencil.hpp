#pragma once

#include "face_halo.hpp"
#include "stencil_rows.hpp"

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

/// `exchange_per_min` = D / h^2 for two voxels of the finest grid along this axis. A held wall is half a cell away from
/// the centre.
AxisCoefficients axis_coefficients(std::vector<double> width, double exchange_per_min, bool held_low, bool held_high);

/// Widths after merging cells in pairs; the last one stays alone where the number is odd.
std::vector<double> merged_widths(const std::vector<double>& width);

/// The stencil on this rank's voxels, row by row: sum over faces of rate * (u - u_neighbour) + removal * u. Every
/// cell's value is the same expression of the same numbers wherever the box is cut, so its bits do not depend on the
/// cut.
class Stencil
{
public:
    Stencil(const std::array<AxisCoefficients, 3>& axes, const mesh::Box& box, const FaceNeighbours& neighbours,
            const parallel::Communicator& comm);

    const mesh::Index3& extents() const { return extents_; }
    std::size_t cells() const { return cells_; }

    /// Fetches the neighbours' layers of `values`; needed before rows of it are computed. Collective.
    void exchange(const double* values) { halo_.exchange(values); }

    /// out = A values, for row (j, k); `removal` is the whole array, without walls. Local.
    void apply(const double* values, const double* removal, int j, int k, double* out) const;

    /// out = factor (rhs - A values), likewise, in single precision; `rhs` is the whole array. Local.
    void scaled_residual(const double* values, const double* removal, const double* rhs, double factor, int j, int k,
                         float* out) const;

    /// Sum of the rates of exchange with neighbours, for the cells of row (j, k). Local.
    void exchange_rates(int j, int k, double* out) const;

    /// Rates of exchange with held walls, for the cells of row (j, k). Local.
    void wall_rates(int j, int k, double* out) const;

    std::size_t row_start(int j, int k) const
    {
        return static_cast<std::size_t>(extents_[0]) *
               (static_cast<std::size_t>(j) + static_cast<std::size_t>(extents_[1]) * static_cast<std::size_t>(k));
    }

private:
    struct Axis {
        std::vector<double> low;
        std::vector<double> high;
        std::vector<double> both;
        std::vector<double> wall;
    };

    const double* row_beside(const double* values, int j, int k, std::size_t side) const;
    /// Calls f(first cell, number of cells, rates, values, wall rate) for the inside and the two ends of a row.
    template <class F>
    void for_pieces(const double* values, int j, int k, F f) const;

    mesh::Index3 extents_;
    std::size_t cells_;
    std::array<Axis, 3> axes_;
    FaceHalo<double> halo_;
};

} // namespace paget::fields
