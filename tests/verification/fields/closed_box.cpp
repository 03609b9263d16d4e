// V1: a cosine between closed walls fades as exp(-D pi^2 t / L^2) (first convergence test of BioFVM, Ghaffarizadeh et
// al. 2016, Bioinformatics 32:1256): x in [-500, 500] um, u0 = 1 + cos(pi x / 500 um).

#include "convergence.hpp"

#include "paget/fields/diffusing_field.hpp"

#include <numbers>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double diffusivity = 1e5;
constexpr double length_um = 1000.0;
constexpr double end_min = 0.05;

double exact(double x_um, double minutes)
{
    const double wave = std::numbers::pi / 500.0;
    return 1.0 + std::cos(wave * (x_um - 500.0)) * std::exp(-diffusivity * wave * wave * minutes);
}

/// Largest error at the end, with n voxels along x and `across` along y and z.
double error_with(int n, int across_y, int across_z, int steps)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{{n, across_y, across_z}, length_um / n};
    const auto partition = partition_for(grid, comm);
    Substance substance{"tracer", "1", diffusivity};
    substance.scheme = Scheme::implicit;
    DiffusingField field(partition, comm, substance, "test_tracer_");
    const mesh::Box box = partition.box(comm.rank());
    field.assign(values_on(box, [&](const mesh::Index3& v) { return exact(grid.centre_um(v).x, 0.0); }));
    const std::vector<double> none(static_cast<std::size_t>(box.volume()), 0.0);
    for (int step = 0; step < steps; ++step) {
        field.advance({none, none}, end_min / steps);
    }
    return largest_error(
        grid, field.concentration(), comm, [](const Vec3& p) { return exact(p.x, end_min); },
        [](const Vec3&) { return true; });
}
} // namespace

TEST(ClosedBox, CosineFadesAsInTheExactSolution)
{
    EXPECT_NEAR(exact(500.0, end_min) - 1.0, 0.82087, 1e-5);
    EXPECT_LT(error_with(100, 1, 1, 50), 1e-3);
    EXPECT_LT(error_with(100, 8, 8, 50), 1e-3);
}

TEST(ClosedBox, SecondOrderInSpace)
{
    expect_second_order({error_with(32, 1, 1, 10), error_with(64, 1, 1, 10), error_with(128, 1, 1, 10)});
    expect_second_order({error_with(32, 8, 8, 10), error_with(64, 8, 8, 10), error_with(128, 8, 8, 10)});
}

TEST(ClosedBox, SecondOrderInTime)
{
    // The error in time alone: against many steps on the same grid, whose own error is 64 times smaller.
    const double in_space = error_with(64, 1, 1, 64);
    std::vector<double> errors;
    for (const int steps : {2, 4, 8}) {
        errors.push_back(std::fabs(error_with(64, 1, 1, steps) - in_space));
    }
    expect_second_order(errors, 2.3);
}

} // namespace paget::fields
