#include "founders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::organ
{
namespace
{
const mesh::Grid cube{{12, 12, 12}, 20.0};
const mesh::Grid slab{{20, 9, 4}, 20.0};
const mesh::Grid flat{{15, 15, 1}, 20.0};
constexpr double radius_um = 8.0;
constexpr std::int64_t all = std::numeric_limits<std::int64_t>::max();

double least_distance_um(const std::vector<Vec3>& points)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            least = std::min(least, norm(points[i] - points[j]));
        }
    }
    return least;
}

agents::CellType type_with_phases()
{
    agents::CellType type;
    type.cycle.phases = {{"short", 1.0 / 100.0}, {"long", 1.0 / 300.0, true}};
    return type;
}
} // namespace

TEST(PackedSites, AreInsideAndApart)
{
    for (const mesh::Grid& grid : {cube, slab, flat}) {
        for (const std::int64_t count : {std::int64_t{1}, std::int64_t{7}, std::int64_t{60}}) {
            const auto sites = packed_sites(grid, radius_um, count);
            EXPECT_EQ(static_cast<std::int64_t>(sites.size()), count);
            for (const Vec3& site : sites) {
                EXPECT_TRUE(grid.contains(site));
            }
            EXPECT_GE(least_distance_um(sites), 1.9 * radius_um * (1.0 - 1e-12));
        }
    }
}

TEST(PackedSites, StartInTheMiddleAndGrowOutwards)
{
    for (const mesh::Grid& grid : {cube, slab, flat}) {
        const Vec3 centre = 0.5 * grid.extent_um();
        const auto sites = packed_sites(grid, radius_um, 80);
        EXPECT_EQ(sites.front(), centre);
        EXPECT_TRUE(std::is_sorted(sites.begin(), sites.end(), [&](const Vec3& a, const Vec3& b) {
            return norm(a - centre) < norm(b - centre) - 1e-9;
        }));
    }
    for (const Vec3& site : packed_sites(flat, radius_um, 80)) {
        EXPECT_EQ(site.z, 10.0);
    }
}

TEST(PackedSites, FewAreTheNearestOfAll)
{
    for (const mesh::Grid& grid : {cube, slab, flat}) {
        const auto every = packed_sites(grid, radius_um, all); // the slow twin: the whole box
        for (std::size_t count = 1; count <= every.size(); count = 2 * count + 1) {
            const auto few = packed_sites(grid, radius_um, static_cast<std::int64_t>(count));
            ASSERT_EQ(few.size(), count);
            EXPECT_TRUE(std::equal(few.begin(), few.end(), every.begin()));
        }
    }
}

TEST(PackedSites, FillTheBoxAsACloseLatticeDoes)
{
    // Spheres at distance a: a^3 / sqrt 2 each in space, a^2 sqrt(3) / 2 each in the plane; walls cost a little.
    const double a = 1.9 * radius_um;
    const auto in_space = static_cast<double>(packed_sites(cube, radius_um, all).size());
    EXPECT_NEAR(in_space * a * a * a / std::sqrt(2.0) / std::pow(240.0, 3), 1.0, 0.1);
    const auto in_plane = static_cast<double>(packed_sites(flat, radius_um, all).size());
    EXPECT_NEAR(in_plane * a * a * std::sqrt(3.0) / 2.0 / (300.0 * 300.0), 1.0, 0.1);
}

TEST(PackedSites, MakeABall)
{
    // 1000 sites: the radius of a ball of their volume, within a spacing.
    const auto sites = packed_sites({{40, 40, 40}, 20.0}, radius_um, 1000);
    const double a = 1.9 * radius_um;
    const double expected_um = std::cbrt(1000.0 * a * a * a / std::sqrt(2.0) * 3.0 / (4.0 * 3.14159265));
    EXPECT_NEAR(norm(sites.back() - Vec3{400.0, 400.0, 400.0}), expected_um, 0.5 * a);
}

TEST(PackedSites, CostNothingInALargeOrgan)
{
    const auto sites = packed_sites({{1280, 1280, 1280}, 20.0}, radius_um, 1000); // billions of sites in all
    EXPECT_EQ(sites.size(), 1000U);
}

TEST(PackedSites, NoneAreNone) { EXPECT_TRUE(packed_sites(cube, radius_um, 0).empty()); }

TEST(PlaceFounders, NumbersCellsAndClones)
{
    const agents::CellType type = type_with_phases();
    const Founders founders{"tumour", 50, 0.2, 0.3};
    const auto cells = place_founders(founders, type, 3, cube, OrganKey{9}, 100, RandomNumbers(1));
    ASSERT_EQ(cells.size(), 50U);
    std::vector<Vec3> positions;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        EXPECT_EQ(cells[i].id, CellId::make(OrganKey{9}, 100 + i));
        EXPECT_EQ(cells[i].parent, no_cell);
        EXPECT_EQ(cells[i].clone, 100 + i);
        EXPECT_EQ(cells[i].type, 3);
        EXPECT_EQ(cells[i].fate, agents::Fate::cycling);
        EXPECT_EQ(cells[i].journeys, 0);
        EXPECT_DOUBLE_EQ(cells[i].volume.total_um3(), type.volume.total_um3);
        positions.push_back(cells[i].position_um);
    }
    EXPECT_GE(least_distance_um(positions), (1.9 - 0.1) * type.radius_um() * (1.0 - 1e-12));
}

TEST(PlaceFounders, AreAPureFunctionOfTheSeed)
{
    const agents::CellType type = type_with_phases();
    const Founders founders{"tumour", 40, 0.2, 0.3};
    const auto place = [&](std::uint64_t seed) {
        return place_founders(founders, type, 0, cube, OrganKey{9}, 0, RandomNumbers(seed));
    };
    const auto a = place(1);
    const auto b = place(1);
    const auto c = place(2);
    int differ = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].position_um, b[i].position_um);
        EXPECT_EQ(a[i].state, b[i].state);
        EXPECT_EQ(a[i].phase_entered_at, b[i].phase_entered_at);
        differ += a[i].position_um == c[i].position_um ? 0 : 1;
    }
    EXPECT_EQ(differ, 40);
}

TEST(PlaceFounders, FlatOrgansHaveFlatTumours)
{
    for (const auto& cell :
         place_founders({"t", 60, 0.0, 0.0}, type_with_phases(), 0, flat, OrganKey{1}, 0, RandomNumbers(1))) {
        EXPECT_EQ(cell.position_um.z, 10.0);
    }
}

TEST(PlaceFounders, PutsThemWhereTheyAreListed)
{
    Founders founders{"t", 2, 0.0, 1.0};
    founders.placed = {{{1.0, 2.0, 3.0}, {0.0, 1.0, 0.0}}, {{40.0, 50.0, 60.0}, {}, agents::State::hybrid}};
    const auto cells = place_founders(founders, type_with_phases(), 4, cube, OrganKey{9}, 10, RandomNumbers(1));
    ASSERT_EQ(cells.size(), 2U);
    EXPECT_EQ(cells[0].position_um, (Vec3{1.0, 2.0, 3.0}));
    EXPECT_EQ(cells[0].heading, (Vec3{0.0, 1.0, 0.0}));
    EXPECT_EQ(cells[1].position_um, (Vec3{40.0, 50.0, 60.0}));
    EXPECT_EQ(cells[1].id, CellId::make(OrganKey{9}, 11));
    EXPECT_EQ(cells[0].state, agents::State::mesenchymal);
    EXPECT_EQ(cells[1].state, agents::State::hybrid);
    EXPECT_EQ(cells[1].type, 4);
}

TEST(PlaceFounders, AreInAPhaseThatNeverEndsIfThereIsOne)
{
    agents::CellType type = type_with_phases();
    type.cycle.phases[1].rate_per_min = 0.0;
    for (const auto& cell : place_founders({"t", 60, 0.0, 0.0}, type, 0, cube, OrganKey{1}, 0, RandomNumbers(1))) {
        EXPECT_EQ(cell.phase, 1);
        EXPECT_EQ(cell.phase_entered_at, 0);
    }
}

TEST(PlaceFounders, InStepAllBeginTheirCycle)
{
    Founders founders{"t", 30, 0.0, 0.0};
    founders.in_step = true;
    for (const auto& cell : place_founders(founders, type_with_phases(), 0, cube, OrganKey{1}, 0, RandomNumbers(1))) {
        EXPECT_EQ(cell.phase, 0);
        EXPECT_EQ(cell.phase_entered_at, 0);
    }
}

// Each share within 4 s.e.: a false alarm in the 5 checks has probability below 4e-4; the seed is fixed.
TEST(PlaceFounders, DrawsStatesAndPhasesByTheirShares)
{
    const std::int64_t count = 20000;
    const auto cells = place_founders({"t", count, 0.2, 0.3}, type_with_phases(), 0, {{50, 50, 50}, 20.0}, OrganKey{1},
                                      0, RandomNumbers(8));
    ASSERT_EQ(static_cast<std::int64_t>(cells.size()), count);
    const auto expect_share = [&](double share, auto holds) {
        const auto found = static_cast<double>(std::count_if(cells.begin(), cells.end(), holds));
        const auto n = static_cast<double>(count);
        EXPECT_NEAR(found / n, share, 4.0 * std::sqrt(share * (1.0 - share) / n));
    };
    using agents::State;
    expect_share(0.5, [](const auto& c) { return c.state == State::epithelial; });
    expect_share(0.2, [](const auto& c) { return c.state == State::hybrid; });
    expect_share(0.3, [](const auto& c) { return c.state == State::mesenchymal; });
    expect_share(0.25, [](const auto& c) { return c.phase == 0; }); // 100 of 400 min
    double age_min = 0.0;
    double in_long_phase = 0.0;
    for (const auto& cell : cells) {
        const double age = -minutes_from_ticks(cell.phase_entered_at);
        EXPECT_GE(age, 0.0);
        EXPECT_LE(age, cell.phase == 0 ? 100.0 : 300.0);
        age_min += cell.phase == 1 ? age : 0.0;
        in_long_phase += cell.phase == 1 ? 1.0 : 0.0;
    }
    EXPECT_NEAR(age_min / in_long_phase, 150.0, 4.0 * 300.0 / std::sqrt(12.0 * in_long_phase));
}

TEST(PlaceFounders, ResidentsLieAnywhereInTheOrganAndAlwaysAtTheSamePlaces)
{
    Founders residents;
    residents.count = 4000;
    residents.scattered = true;
    for (const mesh::Grid& grid : {cube, flat}) {
        const auto cells = place_founders(residents, type_with_phases(), 2, grid, OrganKey{7}, 100, RandomNumbers(3));
        ASSERT_EQ(cells.size(), 4000U);
        Vec3 sum;
        for (const agents::CellRecord& cell : cells) {
            EXPECT_TRUE(grid.contains(cell.position_um));
            EXPECT_EQ(cell.type, 2);
            sum += cell.position_um;
        }
        const Vec3 centre = 0.5 * grid.extent_um();
        const Vec3 aside = (1.0 / 4000.0) * sum - centre; // standard error: size / sqrt(12 * 4000)
        EXPECT_LT(norm(aside), 4.0 * norm(grid.extent_um()) / std::sqrt(12.0 * 4000.0));
        // The places of the first do not depend on how many there are.
        residents.count = 3;
        const auto few = place_founders(residents, type_with_phases(), 2, grid, OrganKey{7}, 100, RandomNumbers(3));
        residents.count = 4000;
        ASSERT_EQ(few.size(), 3U);
        EXPECT_EQ(few[2].position_um, cells[2].position_um);
    }
}

} // namespace paget::organ
