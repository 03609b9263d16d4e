#pragma once

#include "support/field_case.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace paget::testing_fields
{

/// A curved surface on which a substance has given values, cutting through voxels.
struct HeldSurface {
    /// Distance to the surface [um], positive in the tissue.
    std::function<double(const Vec3&)> depth_um;
    /// Value on the surface next to a point.
    std::function<double(const Vec3&)> value;
};

/// Imposes the surface through rates alone: voxels beyond it are held by a huge loss and gain; where the surface
/// crosses the line between two voxel centres at the fraction theta of the spacing, the voxel inside exchanges with it
/// at the rate k / theta instead of k. Symmetric and second order: Gibou, Fedkiw, Cheng and Kang 2002, J. Comput. Phys.
/// 176:205.
class SurfaceRates
{
public:
    SurfaceRates(const mesh::Grid& grid, double diffusivity_um2_per_min, HeldSurface surface)
        : grid_(grid),
          exchange_per_min_(diffusivity_um2_per_min / (grid.spacing_um[0] * grid.spacing_um[0])),
          surface_(std::move(surface))
    {
    }

    /// Rates for a box of the grid, with the given loss in the tissue.
    Rates on(const mesh::Box& box, double loss_per_min) const
    {
        Rates rates;
        for_voxels(box, [&](const mesh::Index3& v) {
            const std::array<double, 2> rate = in_voxel(v, loss_per_min);
            rates.loss_per_min.push_back(rate[0]);
            rates.gain_per_min.push_back(rate[1]);
        });
        return rates;
    }

private:
    static constexpr double hold = 1e8;         ///< loss of a held voxel, in units of the exchange rate
    static constexpr double least_theta = 1e-3; ///< below this the surface passes through the voxel's centre

    /// Loss and gain.
    std::array<double, 2> in_voxel(const mesh::Index3& v, double loss_per_min) const
    {
        const Vec3 centre = grid_.centre_um(v);
        const double depth = surface_.depth_um(centre);
        if (depth <= 0.0) {
            const double held = hold * exchange_per_min_;
            return {held, held * surface_.value(centre)};
        }
        std::array<double, 2> rates{loss_per_min, 0.0};
        for (std::size_t side = 0; side < 6; ++side) {
            mesh::Index3 other = v;
            other[side / 2] += side % 2 == 0 ? -1 : 1;
            const double beyond = surface_.depth_um(grid_.centre_um(other));
            if (grid_.box().contains(other) && beyond <= 0.0) {
                const double theta = std::max(depth / (depth - beyond), least_theta);
                const double more = exchange_per_min_ / theta - exchange_per_min_;
                rates[0] += more;
                rates[1] += more * surface_.value(centre);
            }
        }
        return rates;
    }

    mesh::Grid grid_;
    double exchange_per_min_;
    HeldSurface surface_;
};

} // namespace paget::testing_fields
