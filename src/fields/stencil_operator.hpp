#pragma once

#include "stencil.hpp"

#include "paget/fields/substance.hpp"
#include "paget/mesh/partition.hpp"

#include <span>
#include <vector>

namespace paget::fields
{

/// A u = (removal + walls) u + sum over faces k (u - u_neighbour), k = D / h^2 with the edge h along
/// the face's axis, on the voxels of this rank. The voxel
/// is the control volume, held walls are half a voxel from the centres: second order in space, and conservative, since
/// what leaves a voxel through a face enters its neighbour. A is symmetric and an M-matrix for removal >= 0.
class StencilOperator
{
public:
    StencilOperator(const mesh::Partition& partition, const parallel::Communicator& comm, const Substance& substance);

    const mesh::Partition& partition() const { return partition_; }
    const parallel::Communicator& comm() const { return *comm_; }
    const mesh::Box& box() const { return box_; }
    /// D / h^2 along each axis.
    const std::array<double, 3>& exchange_per_min() const { return exchange_per_min_; }
    bool held(std::size_t side) const { return held_[side]; }
    std::span<const double> removal() const { return removal_; }

    /// removal = constant + loss per voxel. Collective.
    void set_removal(double constant_per_min, std::span<const double> loss_per_min);
    /// Exact minimum and maximum of the removal over the organ, walls not counted. Local.
    const std::array<double, 2>& removal_range() const { return removal_range_; }

    /// Typical size of the right-hand sides to come, as a power of two: preconditioners in single precision divide by
    /// it so that nothing underflows.
    void set_scale(double scale) { scale_ = scale; }
    double scale() const { return scale_; }

    /// out = A u. Collective.
    void apply(const double* u, double* out);

    /// Fetches the neighbours' values of u; needed before scaled_residual(). Collective.
    void exchange(const double* u) { stencil_.exchange(u); }

    /// out = factor (rhs - A u) for the voxels of row (j, k) of this rank, in single precision. Local.
    void scaled_residual(const double* rhs, const double* u, double factor, int j, int k, float* out) const
    {
        stencil_.scaled_residual(u, removal_.data(), rhs, factor, j, k, out);
    }

    /// The diagonal of A. Local.
    void diagonal(double* out) const;

    /// Adds to `rhs` what held walls supply. Local.
    void add_wall_supply(double* rhs) const;

    /// Subtracts from `rates` what held walls take from the values u. Local.
    void subtract_wall_loss(const double* u, double* rates) const;

private:
    void add_side_supply(std::size_t side, double supply_per_min, double* rhs) const;

    mesh::Partition partition_;
    const parallel::Communicator* comm_;
    mesh::Box box_;
    std::array<double, 3> exchange_per_min_;
    std::array<bool, 6> held_{};
    std::array<double, 6> wall_values_{};
    Stencil stencil_;
    std::vector<double> removal_;
    std::array<double, 2> removal_range_{};
    double scale_ = 1.0;
};

/// Coefficients of the finest grid's stencil along the three axes.
std::array<AxisCoefficients, 3> voxel_coefficients(const mesh::Grid& grid,
                                                   const std::array<double, 3>& exchange_per_min,
                                                   const std::array<bool, 6>& held);

} // namespace paget::fields
