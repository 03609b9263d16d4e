#include "paget/mesh/partition.hpp"

#include "paget/core/error.hpp"
#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace paget::mesh
{
namespace
{
/// Grids of all kinds: full bricks, partial ones, thin ones, flat ones.
const std::vector<Grid> grids{{{32, 24, 16}, 20.0}, {{33, 17, 9}, 20.0}, {{8, 8, 8}, 20.0},
                              {{50, 35, 1}, 20.0},  {{7, 3, 40}, 5.0},   {{1, 1, 1}, 1.0}};

/// Every partition of the grid into at most `most` boxes.
std::vector<Partition> partitions_of(const Grid& grid, int most)
{
    std::vector<Partition> all;
    const Index3 bricks = grid.bricks();
    for (int z = 1; z <= bricks[2]; ++z) {
        for (int y = 1; y <= bricks[1]; ++y) {
            for (int x = 1; x <= bricks[0]; ++x) {
                if (x * y * z <= most) {
                    all.emplace_back(grid, Index3{x, y, z});
                }
            }
        }
    }
    return all;
}

std::int64_t bricks_in(const Box& box)
{
    std::int64_t bricks = 1;
    for (int axis = 0; axis < 3; ++axis) {
        bricks *= (box.extent(axis) + brick_edge - 1) / brick_edge;
    }
    return bricks;
}

/// The slow twin of neighbours(): boxes that touch when they are made larger by one voxel.
bool touch(const Box& a, const Box& b)
{
    bool meet = true;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        meet = meet && a.lo[axis] <= b.hi[axis] && b.lo[axis] <= a.hi[axis];
    }
    return meet;
}
} // namespace

TEST(Partition, EveryVoxelHasTheOneOwnerWhoseBoxHoldsIt)
{
    for (const Grid& grid : grids) {
        for (const Partition& partition : partitions_of(grid, 30)) {
            std::int64_t volume = 0;
            for (int rank = 0; rank < partition.ranks(); ++rank) {
                const Box box = partition.box(rank);
                EXPECT_GT(box.volume(), 0);
                volume += box.volume();
                for (int k = box.lo[2]; k < box.hi[2]; ++k) {
                    for (int j = box.lo[1]; j < box.hi[1]; ++j) {
                        for (int i = box.lo[0]; i < box.hi[0]; ++i) {
                            ASSERT_EQ(partition.owner(Index3{i, j, k}), rank);
                        }
                    }
                }
            }
            EXPECT_EQ(volume, grid.voxel_count()); // with the above: no gap, no overlap
        }
    }
}

TEST(Partition, CutsLieOnBricksAndAreEven)
{
    for (const Grid& grid : grids) {
        for (const Partition& partition : partitions_of(grid, 30)) {
            for (int axis = 0; axis < 3; ++axis) {
                const auto& cuts = partition.cuts(axis);
                ASSERT_EQ(cuts.size(), static_cast<std::size_t>(partition.parts()[axis]) + 1);
                EXPECT_EQ(cuts.front(), 0);
                EXPECT_EQ(cuts.back(), grid.voxels[axis]);
                int fewest = 1 << 30;
                int most = 0;
                for (std::size_t part = 0; part + 1 < cuts.size(); ++part) {
                    EXPECT_EQ(cuts[part] % brick_edge, 0);
                    const int bricks = (cuts[part + 1] - cuts[part] + brick_edge - 1) / brick_edge;
                    fewest = std::min(fewest, bricks);
                    most = std::max(most, bricks);
                }
                EXPECT_LE(most - fewest, 1);
            }
        }
    }
}

TEST(Partition, RanksRunWithXFastest)
{
    const Partition partition({{32, 24, 16}, 20.0}, {4, 3, 2});
    int rank = 0;
    for (int z = 0; z < 2; ++z) {
        for (int y = 0; y < 3; ++y) {
            for (int x = 0; x < 4; ++x) {
                EXPECT_EQ(partition.rank_at({x, y, z}), rank);
                EXPECT_EQ(partition.coordinates(rank), (Index3{x, y, z}));
                EXPECT_EQ(partition.box(rank).lo, (Index3{8 * x, 8 * y, 8 * z}));
                ++rank;
            }
        }
    }
    EXPECT_EQ(partition.ranks(), rank);
}

TEST(Partition, NeighboursAreThoseWhoseBoxesTouch)
{
    for (const Grid& grid : grids) {
        for (const Partition& partition : partitions_of(grid, 30)) {
            for (int a = 0; a < partition.ranks(); ++a) {
                std::vector<int> expected;
                for (int b = 0; b < partition.ranks(); ++b) {
                    if (a != b && touch(partition.box(a), partition.box(b))) {
                        expected.push_back(b); // ascending, symmetric
                    }
                }
                EXPECT_EQ(partition.neighbours(a), expected);
            }
        }
    }
}

TEST(Partition, OwnsPointsByTheirVoxel)
{
    const Grid grid{{33, 17, 9}, 20.0};
    const Partition partition(grid, {3, 2, 2});
    const RandomNumbers random(1);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const auto u = random.uniforms(Purpose::test, i, 0);
        const Vec3 p{800.0 * u[0] - 70.0, 400.0 * u[1] - 30.0, 240.0 * u[2] - 30.0}; // also outside
        EXPECT_TRUE(partition.box(partition.owner(p)).contains(grid.voxel_at(p)));
    }
}

TEST(Partition, RefusesMorePartsThanBricks)
{
    const Grid grid{{33, 17, 9}, 20.0};
    EXPECT_NO_THROW(Partition(grid, {5, 3, 2}));
    EXPECT_THROW(Partition(grid, {6, 1, 1}), BugError);
    EXPECT_THROW(Partition(grid, {1, 4, 1}), BugError);
    EXPECT_THROW(Partition(grid, {1, 1, 3}), BugError);
    EXPECT_THROW(Partition(grid, {0, 1, 1}), BugError);
}

TEST(Partition, TakesCutsWhereTheyAreGiven)
{
    const Grid grid{{33, 17, 9}, 20.0}; // small enough for cuts between any voxels
    ASSERT_EQ(cut_step(grid), 1);
    const Partition partition(grid, Cuts{{{0, 1, 20, 33}, {0, 17}, {0, 5, 9}}});
    EXPECT_EQ(partition.parts(), (Index3{3, 1, 2}));
    EXPECT_EQ(partition.box(4), (Box{{1, 0, 5}, {20, 17, 9}}));
    std::int64_t volume = 0;
    for (int rank = 0; rank < partition.ranks(); ++rank) {
        const Box box = partition.box(rank);
        volume += box.volume();
        EXPECT_EQ(partition.owner(box.lo), rank);
        EXPECT_EQ(partition.owner(Index3{box.hi[0] - 1, box.hi[1] - 1, box.hi[2] - 1}), rank);
    }
    EXPECT_EQ(volume, grid.voxel_count());
}

TEST(Partition, RefusesCutsThatMakeNoBoxes)
{
    const Grid grid{{64, 40, 40}, 20.0};
    ASSERT_EQ(cut_step(grid), 2);
    const std::vector<int> whole{0, 40};
    EXPECT_NO_THROW(Partition(grid, Cuts{{{0, 22, 64}, whole, whole}}));
    for (const std::vector<int>& cuts :
         std::vector<std::vector<int>>{{0, 21, 64}, {0, 22}, {2, 64}, {0, 22, 22, 64}, {0, 40, 22, 64}, {64}, {}}) {
        EXPECT_THROW(Partition(grid, Cuts{{cuts, whole, whole}}), BugError);
    }
}

TEST(CutStep, GoesWithTheGridsThatRanksHoldWhole)
{
    EXPECT_EQ(cut_step({{32, 32, 32}, 20.0}), 1);
    EXPECT_EQ(cut_step({{33, 32, 32}, 20.0}), 2);
    EXPECT_EQ(cut_step({{64, 64, 64}, 20.0}), 2);
    EXPECT_EQ(cut_step({{65, 64, 64}, 20.0}), 4);
    EXPECT_EQ(cut_step({{128, 128, 128}, 20.0}), 4);
    EXPECT_EQ(cut_step({{600, 600, 600}, 20.0}), 8);
    EXPECT_EQ(cut_step({{256, 128, 1}, 20.0}), 1);
    EXPECT_EQ(cut_step({{512, 256, 1}, 20.0}), 2);
    EXPECT_EQ(cut_step({{4096, 4096, 1}, 20.0}), 8);
}

TEST(ChooseParts, AgreesWithTryingEverything)
{
    for (const Grid& grid : grids) {
        const Index3 bricks = grid.bricks();
        for (int ranks = 1; ranks <= 24; ++ranks) {
            std::optional<std::int64_t> least;
            const auto surface = [&](const Index3& p) {
                const auto area = [&](int a, int b) { return std::int64_t{1} * grid.voxels[a] * grid.voxels[b]; };
                return (p[0] - 1) * area(1, 2) + (p[1] - 1) * area(0, 2) + (p[2] - 1) * area(0, 1);
            };
            for (int x = 1; x <= bricks[0]; ++x) {
                for (int y = 1; y <= bricks[1]; ++y) {
                    for (int z = 1; z <= bricks[2]; ++z) {
                        if (x * y * z == ranks && (!least || surface({x, y, z}) < *least)) {
                            least = surface({x, y, z});
                        }
                    }
                }
            }
            const auto chosen = choose_parts(grid, ranks);
            ASSERT_EQ(chosen.has_value(), least.has_value()) << ranks;
            if (chosen) {
                EXPECT_EQ((*chosen)[0] * (*chosen)[1] * (*chosen)[2], ranks);
                EXPECT_EQ(surface(*chosen), *least);
                std::int64_t held = 0;
                const Partition partition(grid, *chosen);
                for (int rank = 0; rank < ranks; ++rank) {
                    held += bricks_in(partition.box(rank));
                }
                EXPECT_EQ(held, std::int64_t{1} * bricks[0] * bricks[1] * bricks[2]);
            }
        }
    }
}

TEST(ChooseParts, CutsTheLongestAxisFirst)
{
    EXPECT_EQ(choose_parts({{64, 16, 16}, 1.0}, 4), (Index3{4, 1, 1}));
    EXPECT_EQ(choose_parts({{32, 32, 32}, 1.0}, 8), (Index3{2, 2, 2}));
    EXPECT_EQ(choose_parts({{50, 35, 1}, 1.0}, 7), (Index3{7, 1, 1}));
    EXPECT_FALSE(choose_parts({{50, 35, 1}, 1.0}, 11)); // 7 by 5 bricks
}

} // namespace paget::mesh
