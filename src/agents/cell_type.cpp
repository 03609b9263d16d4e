#include "paget/agents/cell_type.hpp"

#include "paget/core/math.hpp"

#include <numbers>

namespace paget::agents
{

double CellType::radius_um() const { return radius_from_volume_um(volume.total_um3); }

Volume CellType::reference_volume() const
{
    const double solid = 1.0 - volume.fluid_fraction;
    return {volume.fluid_fraction * volume.total_um3, solid * volume.nucleus_um3,
            solid * (volume.total_um3 - volume.nucleus_um3)};
}

double radius_from_volume_um(double volume_um3)
{
    const double cube = volume_um3 * (0.75 / std::numbers::pi);
    if (!(cube > 0.0)) {
        return 0.0;
    }
    // The C library's cube root differs between versions; one Newton step takes the power's error to a rounding.
    const double root = portable_pow(cube, 1.0 / 3.0);
    return root - (root * root * root - cube) / (3.0 * root * root);
}

} // namespace paget::agents
