// V4: oxygen in a sphere of tissue held at its surface: p = p0 R sinh(r / L) / (r sinh(R / L)); in 2-D, a disc:
// p = p0 I0(r / L) / I0(R / L).

#include "convergence.hpp"
#include "held_surface.hpp"

#include "paget/fields/diffusing_field.hpp"

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double p0 = 38.0;

double exact_in_sphere(double r_um, double surface_um)
{
    const double x = r_um / penetration_um;
    const double shape = x > 1e-6 ? std::sinh(x) / x : 1.0;
    return p0 * shape * (surface_um / penetration_um) / std::sinh(surface_um / penetration_um);
}

double exact_in_disc(double r_um, double surface_um)
{
    return p0 * std::cyl_bessel_i(0.0, r_um / penetration_um) / std::cyl_bessel_i(0.0, surface_um / penetration_um);
}

/// A ball of tissue (a disc in 2-D) in the middle of a grid.
struct Ball {
    Ball(double surface_um, const mesh::Grid& g, const parallel::Communicator& comm)
        : radius_um(surface_um),
          grid(g),
          field(make(comm))
    {
    }

    double distance_um(const Vec3& p) const
    {
        const Vec3 half = 0.5 * grid.extent_um();
        return norm(Vec3{p.x - half.x, p.y - half.y, p.z - half.z});
    }

    double exact(const Vec3& p) const
    {
        return grid.planar() ? exact_in_disc(distance_um(p), radius_um) : exact_in_sphere(distance_um(p), radius_um);
    }

    double centre(const parallel::Communicator& comm) const
    {
        return value_at(grid, field.concentration(), comm, 0.5 * grid.extent_um());
    }

    double error(const parallel::Communicator& comm) const
    {
        return mean_error(
            grid, field.concentration(), comm, [this](const Vec3& p) { return exact(p); },
            [this](const Vec3& p) { return distance_um(p) < radius_um; });
    }

    double radius_um;
    mesh::Grid grid;
    DiffusingField field;

private:
    DiffusingField make(const parallel::Communicator& comm) const
    {
        const auto partition = partition_for(grid, comm);
        Substance substance = oxygen();
        substance.walls = {};
        DiffusingField solved(partition, comm, substance, "test_oxygen_");
        const SurfaceRates rates(
            grid, substance.diffusivity_um2_per_min,
            {[this](const Vec3& p) { return radius_um - distance_um(p); }, [](const Vec3&) { return p0; }});
        solved.solve_steady(rates.on(partition.box(comm.rank()), uptake_per_min).reaction());
        return solved;
    }
};

/// With an odd number of voxels, so that a voxel's centre is the ball's.
mesh::Grid around(double radius_um, double spacing_um)
{
    const int n = 2 * static_cast<int>(std::ceil(radius_um / spacing_um)) + 3;
    return {{n, n, n}, spacing_um};
}

/// Distance from the centre, along x, at which the pressure rises above a threshold.
double core_radius_um(const Ball& ball, const parallel::Communicator& comm, double threshold)
{
    const Vec3 middle = 0.5 * ball.grid.extent_um();
    double before = ball.centre(comm);
    for (double r = ball.grid.spacing_um[0];; r += ball.grid.spacing_um[0]) {
        const double here = value_at(ball.grid, ball.field.concentration(), comm, {middle.x + r, middle.y, middle.z});
        if (here >= threshold) {
            return r - ball.grid.spacing_um[0] * (here - threshold) / (here - before);
        }
        before = here;
    }
}
} // namespace

TEST(Sphere, CentreHasThePublishedPressure)
{
    const auto comm = parallel::Communicator::world();
    for (const auto& [radius_um, pressure] : {std::pair{200.0, 20.84}, std::pair{300.0, 11.27}, std::pair{400.0, 5.49},
                                              std::pair{500.0, 2.51}, std::pair{412.0, 5.0}, std::pair{500.5, 2.5}}) {
        EXPECT_NEAR(exact_in_sphere(0.0, radius_um), pressure, 0.005 * pressure);
        const Ball ball(radius_um, around(radius_um, 20.0), comm);
        EXPECT_NEAR(ball.centre(comm), pressure, 0.02 * pressure) << radius_um;
    }
}

TEST(Sphere, HypoxicCoreHasThePublishedRadius)
{
    const auto comm = parallel::Communicator::world();
    EXPECT_NEAR(core_radius_um(Ball(500.0, around(500.0, 20.0), comm), comm, 5.0), 216.0, 20.0);
    EXPECT_NEAR(core_radius_um(Ball(1000.0, around(1000.0, 40.0), comm), comm, 5.0), 772.5, 40.0);
}

TEST(Sphere, SecondOrderInSpace)
{
    const auto comm = parallel::Communicator::world();
    std::vector<double> errors;
    for (const int n : {18, 36, 72}) {
        errors.push_back(Ball(200.0, {{n, n, n}, 450.0 / n}, comm).error(comm));
    }
    expect_second_order(errors, 2.6);
}

TEST(Disc, SecondOrderInSpace)
{
    const auto comm = parallel::Communicator::world();
    std::vector<double> errors;
    for (const int n : {36, 72, 144}) {
        errors.push_back(Ball(200.0, {{n, n, 1}, 450.0 / n}, comm).error(comm));
    }
    expect_second_order(errors, 2.6);
}

} // namespace paget::fields
