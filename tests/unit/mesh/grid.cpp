#include "paget/mesh/grid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace paget::mesh
{
namespace
{
constexpr double inf = 1e300;
const Grid odd{{9, 16, 17}, 20.0};
const Grid flat{{10, 7, 1}, 5.0};
} // namespace

TEST(Box, NumbersItsVoxelsXFastest)
{
    const Box box{{2, -1, 5}, {5, 1, 8}};
    EXPECT_EQ(box.volume(), 3 * 2 * 3);
    std::size_t next = 0;
    for (int k = 5; k < 8; ++k) {
        for (int j = -1; j < 1; ++j) {
            for (int i = 2; i < 5; ++i) {
                EXPECT_TRUE(box.contains({i, j, k}));
                EXPECT_EQ(box.offset({i, j, k}), next++);
            }
        }
    }
    for (const Index3& outside :
         {Index3{1, 0, 5}, Index3{5, 0, 5}, Index3{2, -2, 5}, Index3{2, 1, 5}, Index3{2, 0, 4}, Index3{2, 0, 8}}) {
        EXPECT_FALSE(box.contains(outside));
    }
}

TEST(Box, LargeVolumesDoNotOverflow) { EXPECT_EQ((Grid{{4000, 4000, 4000}, 1.0}.voxel_count()), 64000000000LL); }

TEST(Grid, CountsBricksThatAreNotFull)
{
    EXPECT_EQ(odd.bricks(), (Index3{2, 2, 3}));
    EXPECT_EQ(flat.bricks(), (Index3{2, 1, 1}));
    EXPECT_EQ((Grid{{1, 8, 64}, 1.0}.bricks()), (Index3{1, 1, 8}));
}

TEST(Grid, KnowsItsSize)
{
    EXPECT_EQ(odd.extent_um(), (Vec3{180.0, 320.0, 340.0}));
    EXPECT_DOUBLE_EQ(odd.voxel_volume_um3(), 8000.0);
    EXPECT_EQ(odd.voxel_count(), 9 * 16 * 17);
    EXPECT_EQ(odd.dimensions(), 3);
    EXPECT_TRUE(flat.planar());
    EXPECT_EQ(flat.dimensions(), 2);
}

TEST(Grid, FindsEveryVoxelByItsCentre)
{
    for (const Grid& grid : {odd, flat}) {
        std::set<std::uint64_t> seen;
        for (int k = 0; k < grid.voxels[2]; ++k) {
            for (int j = 0; j < grid.voxels[1]; ++j) {
                for (int i = 0; i < grid.voxels[0]; ++i) {
                    EXPECT_EQ(grid.voxel_at(grid.centre_um({i, j, k})), (Index3{i, j, k}));
                    seen.insert(grid.global_index({i, j, k}));
                }
            }
        }
        EXPECT_EQ(seen.size(), static_cast<std::size_t>(grid.voxel_count()));
        EXPECT_EQ(*seen.rbegin(), static_cast<std::uint64_t>(grid.voxel_count()) - 1);
    }
}

TEST(Grid, TakesPointsOutsideToTheNearestVoxel)
{
    EXPECT_EQ(odd.voxel_at({-1e-9, -5.0, -inf}), (Index3{0, 0, 0}));
    EXPECT_EQ(odd.voxel_at({180.0, 320.0, 340.0}), (Index3{8, 15, 16})); // the far corner
    EXPECT_EQ(odd.voxel_at({inf, 1e12, 341.0}), (Index3{8, 15, 16}));
    EXPECT_EQ(odd.voxel_at({-1.0, 30.0, 1e10}), (Index3{0, 1, 16}));
    EXPECT_EQ(flat.voxel_at({12.0, 12.0, 1e3}), (Index3{2, 2, 0}));
    EXPECT_EQ(flat.voxel_at({12.0, 12.0, -1e3}), (Index3{2, 2, 0}));
}

TEST(Grid, AFaceBelongsToTheUpperVoxel)
{
    EXPECT_EQ(odd.voxel_at({20.0, 40.0, 60.0}), (Index3{1, 2, 3}));
    EXPECT_EQ(odd.voxel_at({std::nextafter(20.0, 0.0), 40.0, 60.0}), (Index3{0, 2, 3}));
}

TEST(Grid, ContainsItsWalls)
{
    EXPECT_TRUE(odd.contains({0.0, 0.0, 0.0}));
    EXPECT_TRUE(odd.contains({180.0, 320.0, 340.0}));
    EXPECT_FALSE(odd.contains({180.1, 0.0, 0.0}));
    EXPECT_FALSE(odd.contains({0.0, -0.1, 0.0}));
    EXPECT_FALSE(odd.contains({0.0, 0.0, 340.1}));
}

} // namespace paget::mesh
