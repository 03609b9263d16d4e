#include "stencil_operator.hpp"

#include "range.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <limits>

namespace paget::fields
{
namespace
{
std::array<bool, 6> held_walls(const mesh::Grid& grid, const Substance& substance)
{
    std::array<bool, 6> held{};
    for (std::size_t side = 0; side < 6; ++side) {
        // Nothing moves along z in 2-D, so a wall there could only be a mistake.
        held[side] = substance.walls[side].has_value() && !(grid.planar() && side >= 4);
    }
    return held;
}

std::array<double, 3> exchange_rates(const mesh::Grid& grid, double diffusivity_um2_per_min)
{
    std::array<double, 3> rates{};
    for (std::size_t a = 0; a < 3; ++a) {
        rates[a] = diffusivity_um2_per_min / grid.spacing_um[a] / grid.spacing_um[a];
    }
    return rates;
}
} // namespace

std::array<AxisCoefficients, 3> voxel_coefficients(const mesh::Grid& grid,
                                                   const std::array<double, 3>& exchange_per_min,
                                                   const std::array<bool, 6>& held)
{
    std::array<AxisCoefficients, 3> axes;
    for (std::size_t a = 0; a < 3; ++a) {
        std::vector<double> width(static_cast<std::size_t>(grid.voxels[a]), 1.0);
        axes[a] = axis_coefficients(std::move(width), exchange_per_min[a], held[2 * a], held[2 * a + 1]);
    }
    return axes;
}

StencilOperator::StencilOperator(const mesh::Partition& partition, const parallel::Communicator& comm,
                                 const Substance& substance)
    : partition_(partition),
      comm_(&comm),
      box_(partition.box(comm.rank())),
      exchange_per_min_(exchange_rates(partition.grid(), substance.diffusivity_um2_per_min)),
      held_(held_walls(partition.grid(), substance)),
      stencil_(voxel_coefficients(partition.grid(), exchange_per_min_, held_), box_,
               face_neighbours(partition, comm.rank()), comm),
      removal_(stencil_.cells())
{
    for (std::size_t side = 0; side < 6; ++side) {
        wall_values_[side] = held_[side] ? *substance.walls[side] : 0.0;
    }
}

void StencilOperator::set_removal(double constant_per_min, std::span<const double> loss_per_min)
{
    ensure(loss_per_min.size() == removal_.size(), "losses do not match the voxels of this rank");
    constexpr std::size_t piece = 4096; // stays in the cache between the two
    std::array<double, 2> ends{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    for (std::size_t start = 0; start < removal_.size(); start += piece) {
        const auto part = std::span<double>(removal_).subspan(start, std::min(piece, removal_.size() - start));
        const auto loss = loss_per_min.subspan(start, part.size());
        std::transform(loss.begin(), loss.end(), part.begin(),
                       [constant_per_min](double rate) { return constant_per_min + rate; });
        const Range range = range_of(part);
        ends = {std::min(ends[0], range.least), std::min(ends[1], -range.largest)};
    }
    comm_->minimum(std::span<double>(ends));
    removal_range_ = {ends[0], -ends[1]};
}

void StencilOperator::apply(const double* u, double* out)
{
    exchange(u);
    for (int k = 0; k < box_.extent(2); ++k) {
        for (int j = 0; j < box_.extent(1); ++j) {
            stencil_.apply(u, removal_.data(), j, k, out + stencil_.row_start(j, k));
        }
    }
}

void StencilOperator::diagonal(double* out) const
{
    const auto n = static_cast<std::size_t>(box_.extent(0));
    std::vector<double> walls(n);
    for (int k = 0; k < box_.extent(2); ++k) {
        for (int j = 0; j < box_.extent(1); ++j) {
            const std::size_t start = stencil_.row_start(j, k);
            stencil_.exchange_rates(j, k, out + start);
            stencil_.wall_rates(j, k, walls.data());
            for (std::size_t i = 0; i < n; ++i) {
                out[start + i] = out[start + i] + (removal_[start + i] + walls[i]);
            }
        }
    }
}

void StencilOperator::add_side_supply(std::size_t side, double supply_per_min, double* rhs) const
{
    const std::size_t axis = side / 2;
    const int wall = side % 2 == 0 ? 0 : partition_.grid().voxels[axis] - 1;
    if (wall < box_.lo[axis] || wall >= box_.hi[axis]) {
        return;
    }
    mesh::Box layer = box_;
    layer.lo[axis] = wall;
    layer.hi[axis] = wall + 1;
    for (int k = layer.lo[2]; k < layer.hi[2]; ++k) {
        for (int j = layer.lo[1]; j < layer.hi[1]; ++j) {
            for (int i = layer.lo[0]; i < layer.hi[0]; ++i) {
                rhs[box_.offset({i, j, k})] += supply_per_min;
            }
        }
    }
}

void StencilOperator::add_wall_supply(double* rhs) const
{
    for (std::size_t side = 0; side < 6; ++side) {
        if (held_[side]) {
            add_side_supply(side, 2.0 * exchange_per_min_[side / 2] * wall_values_[side], rhs);
        }
    }
}

void StencilOperator::subtract_wall_loss(const double* u, double* rates) const
{
    std::vector<double> walls(static_cast<std::size_t>(box_.extent(0)));
    for (int k = 0; k < box_.extent(2); ++k) {
        for (int j = 0; j < box_.extent(1); ++j) {
            const std::size_t start = stencil_.row_start(j, k);
            stencil_.wall_rates(j, k, walls.data());
            for (std::size_t i = 0; i < walls.size(); ++i) {
                rates[start + i] -= walls[i] * u[start + i];
            }
        }
    }
}

} // namespace paget::fields
