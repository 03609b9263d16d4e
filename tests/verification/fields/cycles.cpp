// The number of multigrid cycles that a solve needs does not depend on the size of the grid, its walls, or the contrast
// of uptake.

#include "cycles.hpp"

namespace paget::fields
{
using namespace testing_fields;

namespace
{
class CyclesWithWalls : public testing::TestWithParam<Walls>
{
};
} // namespace

TEST_P(CyclesWithWalls, DoNotGrowWithTheGrid)
{
    for (const Uptake& uptake : uptakes) {
        const int small = cycles_of({64, 64, 64}, GetParam(), uptake);
        const int large = cycles_of({112, 112, 112}, GetParam(), uptake);
        EXPECT_LE(std::abs(large - small), 2) << uptake.name << ": " << small << ", then " << large;
        EXPECT_LE(large, most_cycles) << uptake.name;
    }
}

TEST_P(CyclesWithWalls, StayFewOnGridsOfAnySizeAndInThePlane)
{
    for (const mesh::Index3 voxels : {mesh::Index3{97, 61, 130}, mesh::Index3{33, 40, 7}, mesh::Index3{255, 257, 1}}) {
        for (const Uptake& uptake : uptakes) {
            EXPECT_LE(cycles_of(voxels, GetParam(), uptake), most_cycles_on_odd_grids)
                << uptake.name << ' ' << voxels[0] << 'x' << voxels[1] << 'x' << voxels[2];
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, CyclesWithWalls, testing::ValuesIn(all_walls), testing::PrintToStringParamName());

} // namespace paget::fields
