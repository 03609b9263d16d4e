#include "paget/mesh/layout.hpp"

#include "paget/core/error.hpp"
#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace paget::mesh
{
namespace
{
/// Work spread evenly over a grid.
OrganLoad even(const Grid& grid, double work)
{
    OrganLoad load(grid);
    load.work.spread(grid.box(), work);
    return load;
}
OrganLoad cube(int voxels, double work) { return even({{voxels, voxels, voxels}, 20.0}, work); }

/// Nearly all work in a ball around a point.
OrganLoad with_tumour(const Grid& grid, const Vec3& centre_um, double radius_um, std::int64_t work_per_voxel)
{
    OrganLoad load(grid);
    const Box box = grid.box();
    for (int k = 0; k < box.hi[2]; ++k) {
        for (int j = 0; j < box.hi[1]; ++j) {
            for (int i = 0; i < box.hi[0]; ++i) {
                const bool inside = norm(grid.centre_um({i, j, k}) - centre_um) < radius_um;
                load.work.add({i, j, k}, inside ? work_per_voxel : 1);
            }
        }
    }
    return load;
}

int number_of(const RandomNumbers& random, std::uint64_t key, std::uint64_t draw, int largest)
{
    return 1 + static_cast<int>(random.uniform(Purpose::test, key, 0, draw) * largest);
}

/// Organs of random shapes and works, keyed by `key`.
std::vector<OrganLoad> random_organs(const RandomNumbers& random, std::uint64_t key)
{
    std::vector<OrganLoad> organs;
    const int count = number_of(random, key, 0, 6);
    for (std::uint64_t draw = 1; static_cast<int>(organs.size()) < count; draw += 6) {
        const bool flat = number_of(random, key, draw, 4) == 1;
        const Grid grid{{number_of(random, key, draw, 60), number_of(random, key, draw + 1, 60),
                         flat ? 1 : number_of(random, key, draw + 2, 60)},
                        20.0};
        const Vec3 size = grid.extent_um();
        OrganLoad load = with_tumour(grid, 0.01 * number_of(random, key, draw + 3, 100) * size, 0.2 * size.x, 200);
        load.repeated = number_of(random, key, draw + 4, 3) == 1 ? load.work.total() / 20 : 0;
        load.least_part.fill(number_of(random, key, draw + 5, 3));
        organs.push_back(std::move(load));
    }
    return organs;
}

void expect_sound(const std::vector<OrganLoad>& organs, int ranks)
{
    const auto layout = plan_layout(organs, ranks);
    ASSERT_EQ(layout.size(), organs.size());
    for (std::size_t i = 0; i < organs.size(); ++i) {
        const OrganPlacement& placement = layout[i];
        const Partition partition = placement.partition(organs[i].grid); // throws if the cuts are not good
        ASSERT_EQ(static_cast<std::size_t>(partition.ranks()), placement.ranks.size());
        EXPECT_EQ(partition.parts(), placement.parts);
        EXPECT_EQ(std::set<int>(placement.ranks.begin(), placement.ranks.end()).size(), placement.ranks.size());
        EXPECT_GE(*std::min_element(placement.ranks.begin(), placement.ranks.end()), 0);
        EXPECT_LT(*std::max_element(placement.ranks.begin(), placement.ranks.end()), ranks);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const auto& cuts = placement.cuts[axis];
            for (std::size_t part = 1; part + 2 < cuts.size(); ++part) {
                EXPECT_GE(cuts[part + 1] - cuts[part], organs[i].least_part[axis]);
            }
        }
    }
    const LayoutCost cost = cost_of(organs, layout, ranks);
    EXPECT_GE(cost.step, cost.largest * (1.0 - 1e-12));
    EXPECT_GE(cost.largest, cost.mean);
    // Never worse than every organ on one rank.
    std::vector<OrganPlacement> alone;
    for (const OrganLoad& organ : organs) {
        const auto& n = organ.grid.voxels;
        alone.push_back({{0}, {1, 1, 1}, Cuts{{{0, n[0]}, {0, n[1]}, {0, n[2]}}}});
    }
    EXPECT_LE(cost.step, cost_of(organs, alone, ranks).step * 1.01);
}

std::size_t boxes_of(const std::vector<OrganPlacement>& layout)
{
    return std::accumulate(
        layout.begin(), layout.end(), std::size_t{0},
        [](std::size_t sum, const OrganPlacement& placement) { return sum + placement.ranks.size(); });
}

double imbalance(const std::vector<OrganLoad>& organs, int ranks)
{
    const LayoutCost cost = cost_of(organs, plan_layout(organs, ranks), ranks);
    return cost.largest / cost.mean;
}
} // namespace

TEST(WorkMap, HoldsWhatIsAddedAndSpread)
{
    const Grid grid{{33, 17, 9}, 20.0};
    WorkMap map(grid);
    EXPECT_EQ(map.edge(), 1);
    map.add({32, 16, 8}, 5);
    map.spread({{3, 4, 5}, {13, 14, 9}}, 4000.0);
    EXPECT_EQ(map.total(), 4005);
    EXPECT_EQ(map.amounts().back(), 5);
    EXPECT_EQ(map.amounts()[grid.global_index({3, 4, 5})], 10);
    EXPECT_EQ(map.amounts()[grid.global_index({2, 4, 5})], 0);
}

TEST(WorkMap, IsCoarserOnLargeGrids)
{
    WorkMap map(Grid{{130, 100, 64}, 20.0});
    EXPECT_EQ(map.edge(), 4);
    EXPECT_EQ(map.blocks(), (Index3{33, 25, 16}));
    map.spread({{126, 0, 0}, {130, 4, 4}}, 64.0);
    EXPECT_EQ(map.amounts()[31], 32); // half of them lie in the last full block
    EXPECT_EQ(map.amounts()[32], 32);
    WorkMap huge(Grid{{2000, 2000, 2000}, 20.0});
    EXPECT_EQ(huge.edge(), 32);
}

TEST(PlanLayout, OneRankTakesEverything)
{
    for (const OrganPlacement& placement : plan_layout(std::vector{cube(16, 1e6), cube(8, 5e6), cube(8, 2e6)}, 1)) {
        EXPECT_EQ(placement.ranks, std::vector<int>{0});
        EXPECT_EQ(placement.parts, (Index3{1, 1, 1}));
    }
}

TEST(PlanLayout, EvenWorkIsCutEvenly)
{
    for (const int ranks : {2, 4, 8, 12, 27, 64}) {
        EXPECT_LT(imbalance({cube(48, 1e9)}, ranks), 1.12) << ranks;
        EXPECT_EQ(boxes_of(plan_layout(std::vector{cube(48, 1e9)}, ranks)), static_cast<std::size_t>(ranks));
    }
}

TEST(PlanLayout, RanksGoWhereTheWorkIs)
{
    const auto layout = plan_layout(std::vector{cube(80, 6e9), cube(80, 3e9), cube(80, 1e9)}, 100);
    EXPECT_NEAR(static_cast<double>(layout[0].ranks.size()), 60.0, 8.0);
    EXPECT_NEAR(static_cast<double>(layout[1].ranks.size()), 30.0, 6.0);
    EXPECT_NEAR(static_cast<double>(layout[2].ranks.size()), 10.0, 4.0);
}

TEST(PlanLayout, ATumourOutOfTheMiddleIsBalanced)
{
    const Grid grid{{28, 28, 28}, 20.0};
    for (const Vec3& centre : {Vec3{280, 280, 280}, Vec3{180, 330, 270}, Vec3{130, 130, 400}}) {
        OrganLoad load = with_tumour(grid, centre, 150.0, 1000);
        load.least_part.fill(2);
        for (const int ranks : {2, 4, 8}) {
            EXPECT_LT(imbalance({load}, ranks), 1.2) << ranks << " ranks, tumour at " << centre.x;
        }
    }
}

TEST(PlanLayout, OrgansWithoutWorkShareARank)
{
    const auto layout = plan_layout(std::vector{cube(28, 1e9), cube(16, 1e3), cube(16, 0.0), cube(16, 1e3)}, 8);
    EXPECT_GE(layout[0].ranks.size(), 7U);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_EQ(layout[i].ranks.size(), 1U);
    }
}

TEST(PlanLayout, WhatRanksRepeatIsNotTakenForShared)
{
    OrganLoad load(Grid{{16, 16, 16}, 20.0});
    load.repeated = 1'000'000;
    load.work.spread(load.grid.box(), 4096.0);
    const std::vector<OrganLoad> organs{load, load};
    const auto layout = plan_layout(organs, 2);
    EXPECT_EQ(boxes_of(layout), 2U) << "a second box of an organ would cost as much as the first";
    EXPECT_NE(layout[0].ranks, layout[1].ranks);
    EXPECT_NEAR(cost_of(organs, layout, 2).step, 1'004'096.0, 1.0);
}

TEST(PlanLayout, PackingWholeOrgansIsWithinGrahamsBound)
{
    const RandomNumbers random(2);
    for (std::uint64_t key = 0; key < 40; ++key) {
        std::vector<OrganLoad> organs; // of one voxel, so that they are whole
        std::vector<double> work;
        for (int i = 0; i < 7; ++i) {
            work.push_back(1e6 * random.uniform(Purpose::test, key, 1, static_cast<std::uint64_t>(i)));
            organs.push_back(cube(1, work.back()));
        }
        double best = 1e300; // of all ways to share them between two
        for (unsigned way = 0; way < 128; ++way) {
            double first = 0.0;
            for (unsigned i = 0; i < 7; ++i) {
                first += (way >> i & 1U) != 0 ? work[i] : 0.0;
            }
            best = std::min(best, std::max(first, std::accumulate(work.begin(), work.end(), -first)));
        }
        EXPECT_LE(cost_of(organs, plan_layout(organs, 2), 2).largest, best * 7.0 / 6.0 * 1.0001);
    }
}

TEST(PlanLayout, RanksThatNothingCanUseIdle)
{
    const auto layout = plan_layout(std::vector{cube(1, 1e6), cube(2, 8e6)}, 20);
    EXPECT_EQ(layout[0].ranks.size(), 1U);
    EXPECT_EQ(layout[1].ranks.size(), 8U);
}

TEST(PlanLayout, IsSoundForAnyOrgansAndRanks)
{
    const RandomNumbers random(1);
    for (std::uint64_t key = 0; key < 40; ++key) {
        const auto organs = random_organs(random, key);
        const int many = number_of(random, key, 99, 120);
        for (const int ranks : {1, 2, 3, 8, many}) {
            SCOPED_TRACE(testing::Message() << "organs " << key << ", ranks " << ranks);
            expect_sound(organs, ranks);
        }
    }
}

TEST(PlanLayout, RefusesNothingToPlace)
{
    EXPECT_THROW(plan_layout({}, 4), BugError);
    EXPECT_THROW(plan_layout(std::vector{cube(8, 1.0)}, 0), BugError);
}

} // namespace paget::mesh
