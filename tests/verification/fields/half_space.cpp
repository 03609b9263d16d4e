// V2: oxygen held at a wall and used up behind it, p = p0 exp(-x / L).

#include "convergence.hpp"

#include "paget/fields/diffusing_field.hpp"

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double length_um = 1280.0; // 13 penetration lengths: the far wall is not felt

double exact(double x_um) { return 38.0 * std::exp(-x_um / penetration_um); }

DiffusingField solved(const mesh::Grid& grid, const parallel::Communicator& comm)
{
    const auto partition = partition_for(grid, comm);
    Substance substance = oxygen();
    substance.walls = {38.0, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt};
    DiffusingField field(partition, comm, substance, "test_oxygen_");
    const auto voxels = static_cast<std::size_t>(partition.box(comm.rank()).volume());
    field.solve_steady({std::vector<double>(voxels, uptake_per_min), std::vector<double>(voxels, 0.0)});
    return field;
}

double error_with(int n, int across)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{{n, across, across}, length_um / n};
    const auto field = solved(grid, comm);
    return largest_error(
        grid, field.concentration(), comm, [](const Vec3& p) { return exact(p.x); }, [](const Vec3&) { return true; });
}

/// Linear between the two voxel centres around x.
double pressure_at(const mesh::Grid& grid, const Concentration& field, const parallel::Communicator& comm, double x_um)
{
    const double h = grid.spacing_um[0];
    const double before = (std::floor(x_um / h - 0.5) + 0.5) * h;
    const double low = value_at(grid, field, comm, {before, 0.0, 0.0});
    const double high = value_at(grid, field, comm, {before + h, 0.0, 0.0});
    return low + (high - low) * (x_um - before) / h;
}
} // namespace

class HalfSpace : public testing::TestWithParam<int>
{
};

TEST_P(HalfSpace, PressuresAtPublishedDepths)
{
    const auto comm = parallel::Communicator::world();
    const mesh::Grid grid{{128, GetParam(), GetParam()}, 10.0};
    const auto field = solved(grid, comm);
    for (const auto& [depth_um, pressure] :
         {std::pair{92.5, 15.0}, std::pair{132.8, 10.0}, std::pair{201.8, 5.0}, std::pair{270.8, 2.5}}) {
        EXPECT_NEAR(pressure_at(grid, field.concentration(), comm, depth_um), pressure, 0.01 * pressure);
    }
}

TEST_P(HalfSpace, SecondOrderInSpace)
{
    expect_second_order({error_with(64, GetParam()), error_with(128, GetParam()), error_with(256, GetParam())});
}

INSTANTIATE_TEST_SUITE_P(Dimensions, HalfSpace, testing::Values(1, 8),
                         [](const auto& layers) { return layers.param == 1 ? "in1d" : "in3d"; });

} // namespace paget::fields
