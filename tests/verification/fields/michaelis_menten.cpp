// Saturating uptake V u / (K + u): a manufactured solution, and the limit of zero order.

#include "convergence.hpp"
#include "held_surface.hpp"

#include "paget/fields/diffusing_field.hpp"

#include <numbers>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double diffusivity = 1e5;
constexpr double half_saturation = 2.5;
constexpr double low_rate_per_min = 20.0; // V / K
constexpr double length_um = 640.0;

/// u = 6 + 5 cos(pi x / L) cos(pi y / L) between closed walls needs the gain decay u + V u / (K + u) - D lap u.
double manufactured(const Vec3& p)
{
    const double wave = std::numbers::pi / length_um;
    return 6.0 + 5.0 * std::cos(wave * p.x) * std::cos(wave * p.y);
}

double manufactured_gain(const Vec3& p)
{
    const double wave = std::numbers::pi / length_um;
    const double u = manufactured(p);
    return 0.1 * u + low_rate_per_min * u / (1.0 + u / half_saturation) + diffusivity * 2.0 * wave * wave * (u - 6.0);
}

double error_of_manufactured(int voxels)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{{voxels, voxels, 1}, length_um / voxels};
    const auto partition = partition_for(grid, comm);
    const mesh::Box box = partition.box(comm.rank());
    Substance substance{"oxygen", "mmHg", diffusivity, 0.1};
    substance.half_saturation = half_saturation;
    substance.tolerance = 1e-9;
    DiffusingField field(partition, comm, substance, "test_oxygen_");
    const auto gain = values_on(box, [&](const mesh::Index3& v) { return manufactured_gain(grid.centre_um(v)); });
    const std::vector<double> none(gain.size(), 0.0);
    const std::vector<double> uptake(gain.size(), low_rate_per_min);
    field.solve_steady({none, gain, uptake});
    return largest_error(grid, field.concentration(), comm, manufactured, [](const Vec3&) { return true; });
}

/// A spheroid of zero-order consumption a is anoxic at the centre from the radius sqrt(6 D p0 / a) on (Grimes et al.
/// 2014, J. R. Soc. Interface 11:20131124); below that, p = p0 - a (R^2 - r^2) / 6D.
constexpr double surface_mmhg = 38.0;
constexpr double anoxic_from_um = 232.0;
constexpr double consumption = 6.0 * diffusivity * surface_mmhg / (anoxic_from_um * anoxic_from_um);
constexpr double radius_um = 0.9 * anoxic_from_um;
constexpr double small_half_saturation = 0.005;

double profile(const Vec3& from_centre)
{
    const double r = norm(from_centre);
    return surface_mmhg - consumption * (radius_um * radius_um - r * r) / (6.0 * diffusivity);
}

double error_of_sphere(int voxels)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{{voxels, voxels, voxels}, 480.0 / voxels};
    const auto partition = partition_for(grid, comm);
    const mesh::Box box = partition.box(comm.rank());
    const Vec3 centre{240.0, 240.0, 240.0};
    const auto depth = [&](const Vec3& p) { return radius_um - norm(p - centre); };
    const SurfaceRates surface(grid, diffusivity, {depth, [](const Vec3&) { return surface_mmhg; }});
    const Rates rates = surface.on(box, 0.0);
    const auto uptake = values_on(box, [&](const mesh::Index3& v) {
        return depth(grid.centre_um(v)) > 0.0 ? consumption / small_half_saturation : 0.0;
    });
    Substance substance{"oxygen", "mmHg", diffusivity, 0.0};
    substance.half_saturation = small_half_saturation;
    substance.initial = surface_mmhg;
    DiffusingField field(partition, comm, substance, "test_oxygen_");
    field.solve_steady({rates.loss_per_min, rates.gain_per_min, uptake});
    return mean_error(
        grid, field.concentration(), comm, [&](const Vec3& p) { return profile(p - centre); },
        [&](const Vec3& p) { return depth(p) > 0.0; });
}
} // namespace

TEST(MichaelisMenten, ManufacturedSolutionIsReachedAtSecondOrder)
{
    const std::vector<double> errors{error_of_manufactured(16), error_of_manufactured(32), error_of_manufactured(64)};
    EXPECT_LT(errors.back(), 2e-3);
    expect_second_order(errors);
}

TEST(MichaelisMenten, SpheroidOfZeroOrderConsumptionHasTheParabolaOfGrimes)
{
    EXPECT_LT(error_of_sphere(24), 1e-2 * surface_mmhg);
    EXPECT_LT(error_of_sphere(48), 2.5e-3 * surface_mmhg);
}

} // namespace paget::fields
