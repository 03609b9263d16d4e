#include "time_step.hpp"

#include <numbers>

namespace paget::fields
{

double slowest_relaxation_per_min(const Substance& substance, const mesh::Grid& grid, double least_loss_per_min)
{
    double rate = substance.decay_per_min + least_loss_per_min;
    for (std::size_t axis = 0; axis < static_cast<std::size_t>(grid.dimensions()); ++axis) {
        const int held = (substance.walls[2 * axis] ? 1 : 0) + (substance.walls[2 * axis + 1] ? 1 : 0);
        const double wave_number = 0.5 * held * std::numbers::pi / (grid.voxels[axis] * grid.spacing_um[axis]);
        rate += substance.diffusivity_um2_per_min * wave_number * wave_number;
    }
    return rate;
}

bool takes_steady(const Substance& substance, const mesh::Grid& grid, double least_loss_per_min, double minutes)
{
    constexpr double relaxed = 7.0;
    switch (substance.scheme) {
    case Scheme::steady:
        return true;
    case Scheme::implicit:
        return false;
    case Scheme::automatic:
        break;
    }
    return slowest_relaxation_per_min(substance, grid, least_loss_per_min) * minutes > relaxed;
}

} // namespace paget::fields
