#include "paget/mesh/layout.hpp"

#include "paget/core/error.hpp"
#include "paget/core/random.hpp"
#include "paget/mesh/partition.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace paget::mesh
{
namespace
{
OrganLoad cube(int voxels, double work) { return {{{voxels, voxels, voxels}, 20.0}, work}; }

int number_of(const RandomNumbers& random, std::uint64_t key, std::uint64_t draw, int largest)
{
    return 1 + static_cast<int>(random.uniform(Purpose::test, key, 0, draw) * largest);
}

/// Organs of random shapes and works, keyed by `key`.
std::vector<OrganLoad> random_organs(const RandomNumbers& random, std::uint64_t key)
{
    std::vector<OrganLoad> organs(static_cast<std::size_t>(number_of(random, key, 0, 7)));
    std::uint64_t draw = 1;
    for (OrganLoad& organ : organs) {
        const bool flat = number_of(random, key, draw++, 4) == 1;
        organ.grid = {{number_of(random, key, draw, 60), number_of(random, key, draw + 1, 60),
                       flat ? 1 : number_of(random, key, draw + 2, 60)},
                      20.0};
        organ.work = 1e6 * random.uniform(Purpose::test, key, 0, draw + 3);
        draw += 4;
    }
    return organs;
}

/// Times that a rank is used.
std::vector<int> uses(const std::vector<OrganPlacement>& placements, int ranks)
{
    std::vector<int> count(static_cast<std::size_t>(ranks), 0);
    for (const OrganPlacement& placement : placements) {
        for (const int rank : placement.ranks) {
            count.at(static_cast<std::size_t>(rank)) += 1;
        }
    }
    return count;
}

void expect_sound(const std::vector<OrganLoad>& organs, int ranks)
{
    const auto placements = plan_layout(organs, ranks);
    ASSERT_EQ(placements.size(), organs.size());
    for (std::size_t i = 0; i < organs.size(); ++i) {
        const OrganPlacement& placement = placements[i];
        EXPECT_TRUE(std::is_sorted(placement.ranks.begin(), placement.ranks.end()));
        EXPECT_EQ(std::set<int>(placement.ranks.begin(), placement.ranks.end()).size(), placement.ranks.size());
        ASSERT_GE(placement.ranks.size(), 1U);
        const Partition partition(organs[i].grid, placement.parts); // throws if bricks do not allow it
        EXPECT_EQ(static_cast<std::size_t>(partition.ranks()), placement.ranks.size());
        if (ranks < static_cast<int>(organs.size())) {
            EXPECT_EQ(placement.ranks.size(), 1U);
        }
    }
    const auto count = uses(placements, ranks);
    if (ranks >= static_cast<int>(organs.size())) {
        EXPECT_LE(*std::max_element(count.begin(), count.end()), 1);
    } else {
        EXPECT_GE(*std::min_element(count.begin(), count.end()), 1); // no rank idles while another has two organs
    }
    // Ranks idle only if no organ can use some of them.
    const auto idle = static_cast<int>(std::count(count.begin(), count.end(), 0));
    for (std::size_t i = 0; i < organs.size(); ++i) {
        for (int more = 1; more <= idle; ++more) {
            EXPECT_FALSE(choose_parts(organs[i].grid, static_cast<int>(placements[i].ranks.size()) + more));
        }
    }
}

double largest_load(const std::vector<OrganLoad>& organs, const std::vector<OrganPlacement>& placements, int ranks)
{
    std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
    for (std::size_t i = 0; i < organs.size(); ++i) {
        for (const int rank : placements[i].ranks) {
            load[static_cast<std::size_t>(rank)] += organs[i].work / static_cast<double>(placements[i].ranks.size());
        }
    }
    return *std::max_element(load.begin(), load.end());
}

/// The least possible largest load when whole organs are placed on ranks, by trying all ways.
double best_packing(const std::vector<OrganLoad>& organs, int ranks)
{
    std::vector<int> rank_of(organs.size(), 0);
    double best = 1e300;
    for (;;) {
        std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
        for (std::size_t i = 0; i < organs.size(); ++i) {
            load[static_cast<std::size_t>(rank_of[i])] += organs[i].work;
        }
        best = std::min(best, *std::max_element(load.begin(), load.end()));
        std::size_t digit = 0;
        while (digit < organs.size() && ++rank_of[digit] == ranks) {
            rank_of[digit++] = 0;
        }
        if (digit == organs.size()) {
            return best;
        }
    }
}
} // namespace

TEST(PlanLayout, OneRankTakesEverything)
{
    const auto placements = plan_layout(std::vector{cube(16, 1.0), cube(8, 5.0), cube(8, 2.0)}, 1);
    for (const OrganPlacement& placement : placements) {
        EXPECT_EQ(placement.ranks, std::vector<int>{0});
        EXPECT_EQ(placement.parts, (Index3{1, 1, 1}));
    }
}

TEST(PlanLayout, RanksAreSharedInProportionToWork)
{
    const auto placements = plan_layout(std::vector{cube(80, 6.0), cube(80, 3.0), cube(80, 1.0)}, 100);
    EXPECT_NEAR(static_cast<double>(placements[0].ranks.size()), 60.0, 3.0);
    EXPECT_NEAR(static_cast<double>(placements[1].ranks.size()), 30.0, 3.0);
    EXPECT_NEAR(static_cast<double>(placements[2].ranks.size()), 10.0, 3.0);
}

TEST(PlanLayout, EveryOrganHasARankHoweverSmallItsWork)
{
    const auto placements = plan_layout(std::vector{cube(64, 1e9), cube(64, 1e-9), cube(64, 0.0)}, 5);
    EXPECT_EQ(placements[0].ranks.size(), 3U);
    EXPECT_EQ(placements[1].ranks.size(), 1U);
    EXPECT_EQ(placements[2].ranks.size(), 1U);
}

TEST(PlanLayout, WithTooFewRanksTheHeaviestGoFirstToTheLightest)
{
    const std::vector<OrganLoad> organs{cube(8, 2.0), cube(8, 7.0), cube(8, 3.0), cube(8, 6.0), cube(8, 4.0)};
    const auto placements = plan_layout(organs, 2); // 7 | 6, 4 to 6, 3 to 7, 2 to one of the tens
    EXPECT_EQ(placements[1].ranks, std::vector<int>{0});
    EXPECT_EQ(placements[3].ranks, std::vector<int>{1});
    EXPECT_EQ(placements[4].ranks, std::vector<int>{1});
    EXPECT_EQ(placements[2].ranks, std::vector<int>{0});
    EXPECT_EQ(placements[0].ranks, std::vector<int>{0});
}

TEST(PlanLayout, PackingIsWithinGrahamsBound)
{
    const RandomNumbers random(2);
    int packed = 0;
    for (std::uint64_t key = 0; key < 60; ++key) {
        const auto organs = random_organs(random, key);
        for (int ranks = 2; ranks < std::min(4, static_cast<int>(organs.size())); ++ranks) {
            const double bound = (4.0 / 3.0 - 1.0 / (3.0 * ranks)) * best_packing(organs, ranks);
            EXPECT_LE(largest_load(organs, plan_layout(organs, ranks), ranks), bound * (1.0 + 1e-12));
            ++packed;
        }
    }
    EXPECT_GT(packed, 20);
}

TEST(PlanLayout, RanksBeyondTheBricksIdle)
{
    const auto placements = plan_layout(std::vector{cube(8, 1.0), cube(16, 1.0)}, 20); // 1 and 8 bricks
    EXPECT_EQ(placements[0].ranks.size(), 1U);
    EXPECT_EQ(placements[1].ranks.size(), 8U);
    EXPECT_EQ(placements[1].parts, (Index3{2, 2, 2}));
}

TEST(PlanLayout, SpareRanksGoToAnOrganThatCanUseThem)
{
    // The first organ would need them most but has one brick.
    const auto placements = plan_layout(std::vector{cube(8, 1e6), cube(32, 1.0)}, 9);
    EXPECT_EQ(placements[0].ranks.size(), 1U);
    EXPECT_EQ(placements[1].ranks.size(), 8U);
}

TEST(PlanLayout, IsSoundForAnyOrgansAndRanks)
{
    const RandomNumbers random(1);
    for (std::uint64_t key = 0; key < 150; ++key) {
        const auto organs = random_organs(random, key);
        const int many = number_of(random, key, 99, 200);
        for (const int ranks : {1, 2, 3, 4, 6, 12, many}) {
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
