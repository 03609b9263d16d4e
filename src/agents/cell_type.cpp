#include "paget/agents/cell_type.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
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

double largest_volume_um3(const CellType& type)
{
    return std::max(2.0, type.volume.rupture_relative_volume) * type.volume.total_um3;
}

namespace
{
/// Two thirds of the exponent's bias in the bits of a double, less what evens out the error.
constexpr std::uint64_t third_of_bias = 0x2a9f'7893'782d'a1ceULL;
} // namespace

double radius_from_volume_um(double volume_um3)
{
    const double cube = volume_um3 * (0.75 / std::numbers::pi);
    if (!(cube > 0.0)) {
        return 0.0;
    }
    // The C library's cube root differs between versions. A third of the exponent is within 6 % of the root's; two
    // steps of Halley and one of Newton, with their cubic and quadratic convergence, take the error to a rounding.
    double root = std::bit_cast<double>(std::bit_cast<std::uint64_t>(cube) / 3 + third_of_bias);
    for (int step = 0; step < 2; ++step) {
        const double power = root * root * root;
        root *= (power + 2.0 * cube) / (2.0 * power + cube);
    }
    return root - (root * root * root - cube) / (3.0 * root * root);
}

} // namespace paget::agents
