// V3: oxygen around a vessel of radius 5 um, used up in the tissue: p = p0 K0(r / L) / K0(a / L). The tissue ends at a
// cylinder that is held at the exact value.

#include "convergence.hpp"
#include "held_surface.hpp"

#include "paget/fields/diffusing_field.hpp"

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double vessel_um = 5.0;
constexpr double p0 = 38.0;

double exact(double r_um)
{
    return p0 * std::cyl_bessel_k(0.0, r_um / penetration_um) / std::cyl_bessel_k(0.0, vessel_um / penetration_um);
}

/// Tissue between the vessel and a rim, on a grid with the vessel's axis through voxel centres.
struct Sleeve {
    Sleeve(double rim, double spacing_um, int layers, const parallel::Communicator& comm)
        : rim_um(rim),
          grid(make_grid(rim, spacing_um, layers)),
          field(make(comm))
    {
    }

    double distance_um(const Vec3& p) const
    {
        const Vec3 half = 0.5 * grid.extent_um();
        return std::hypot(p.x - half.x, p.y - half.y);
    }

    double error(const parallel::Communicator& comm) const
    {
        return largest_error(
            grid, field.concentration(), comm, [&](const Vec3& p) { return exact(distance_um(p)); },
            [&](const Vec3& p) { return distance_um(p) > vessel_um && distance_um(p) < rim_um; });
    }

    double rim_um;
    mesh::Grid grid;
    DiffusingField field;

private:
    static mesh::Grid make_grid(double rim, double spacing_um, int layers)
    {
        const int n = 2 * static_cast<int>(std::ceil(rim / spacing_um)) + 3;
        return {{n, n, layers}, spacing_um};
    }

    HeldSurface vessel_and_rim() const
    {
        return {
            [this](const Vec3& p) { return std::min(distance_um(p) - vessel_um, rim_um - distance_um(p)); },
            [this](const Vec3& p) { return exact(distance_um(p) < 0.5 * (vessel_um + rim_um) ? vessel_um : rim_um); }};
    }

    DiffusingField make(const parallel::Communicator& comm) const
    {
        const auto partition = partition_for(grid, comm);
        Substance substance = oxygen();
        substance.walls = {};
        DiffusingField solved(partition, comm, substance, "test_oxygen_");
        const SurfaceRates rates(grid, substance.diffusivity_um2_per_min, vessel_and_rim());
        solved.solve_steady(rates.on(partition.box(comm.rank()), uptake_per_min).reaction());
        return solved;
    }
};
} // namespace

TEST(VesselWall, ExactSolutionHasThePublishedValues)
{
    for (const auto& [r_um, share] : {std::pair{10.0, 0.7790}, std::pair{20.0, 0.5622}, std::pair{50.0, 0.2960},
                                      std::pair{100.0, 0.1344}, std::pair{150.0, 0.0681}}) {
        EXPECT_NEAR(exact(r_um) / p0, share, 2e-4);
    }
}

class VesselWallIn : public testing::TestWithParam<int>
{
};

TEST_P(VesselWallIn, EveryVoxelWithinTwoPercent)
{
    const auto comm = parallel::Communicator::world();
    const Sleeve sleeve(155.0, 5.0, GetParam(), comm);
    double worst = 0.0;
    for_voxels(sleeve.field.concentration().box(), [&](const mesh::Index3& v) {
        const double r = sleeve.distance_um(sleeve.grid.centre_um(v));
        if (r >= 10.0 && r <= 150.0) {
            worst = std::max(worst, std::fabs(sleeve.field.concentration().at(v) / exact(r) - 1.0));
        }
    });
    EXPECT_LT(comm.maximum(worst), 0.02);
}

TEST_P(VesselWallIn, SecondOrderInSpace)
{
    const auto comm = parallel::Communicator::world();
    std::vector<double> errors;
    for (const double spacing_um : {2.5, 1.25, 0.625}) {
        errors.push_back(Sleeve(75.0, spacing_um, GetParam(), comm).error(comm));
    }
    expect_second_order(errors);
}

INSTANTIATE_TEST_SUITE_P(Dimensions, VesselWallIn, testing::Values(1, 4),
                         [](const auto& layers) { return layers.param == 1 ? "in2d" : "in3d"; });

} // namespace paget::fields
