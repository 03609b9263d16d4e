#include "paget/organ/vessel_map.hpp"
#include "paget/organ/vessel_network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numbers>
#include <numeric>
#include <string>

namespace paget::organ
{
namespace
{
/// Lengths were computed apart from Paget, from the same files.
struct Measured {
    const char* file;
    mesh::Grid grid;
    std::size_t segments;
    std::size_t nodes;
    std::size_t boundary;
    double length_um;
};

class MeasuredNetworks : public testing::TestWithParam<Measured>
{
protected:
    void SetUp() override
    {
        if (!std::filesystem::exists(path())) {
            GTEST_SKIP() << "skipped: data not present";
        }
    }
    std::string path() const { return std::filesystem::path(PAGET_MEASURED_VESSELS) / GetParam().file; }
};
} // namespace

TEST_P(MeasuredNetworks, IsReadWhole)
{
    const Measured& expected = GetParam();
    const VesselNetwork network = read_vessel_network(path(), expected.grid);
    EXPECT_EQ(network.segments.size(), expected.segments);
    EXPECT_EQ(network.flows.size(), expected.segments);
    EXPECT_EQ(network.nodes.size(), expected.nodes);
    EXPECT_EQ(network.boundary.size(), expected.boundary);
    EXPECT_NEAR(network.total_length_um(), expected.length_um, 1e-6);
    for (const Segment& segment : network.segments) {
        EXPECT_TRUE(segment.flowing);
        EXPECT_TRUE(expected.grid.contains(segment.start_um) && expected.grid.contains(segment.end_um)) << segment.name;
        EXPECT_TRUE(segment.radius_um >= 1.5 && segment.radius_um <= 25.0) << segment.name;
    }
}

TEST_P(MeasuredNetworks, AllItsWallLiesInVoxels)
{
    const Measured& expected = GetParam();
    const VesselNetwork network = read_vessel_network(path(), expected.grid);
    const VesselMap map(network, expected.grid, expected.grid.box(), 20.0);
    const auto walls = map.wall_area_per_um();
    const double in_voxels = std::accumulate(walls.begin(), walls.end(), 0.0) * expected.grid.voxel_volume_um3();
    const double whole =
        std::accumulate(network.segments.begin(), network.segments.end(), 0.0, [](double sum, const Segment& s) {
            return sum + 2.0 * std::numbers::pi * s.radius_um * s.length_um();
        });
    EXPECT_NEAR(in_voxels / whole, 1.0, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(
    Files, MeasuredNetworks,
    testing::Values(Measured{"rat-mammary-carcinoma.dat", {{55, 52, 23}, 10.0}, 104, 92, 17, 7465.678692861543},
                    Measured{"rat-cerebral-cortex.dat", {{40, 32, 28}, 5.0}, 50, 49, 12, 1840.2714960891187}),
    [](const auto& test) {
        std::string name = test.param.file;
        name.resize(name.find('.'));
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    });

} // namespace paget::organ
