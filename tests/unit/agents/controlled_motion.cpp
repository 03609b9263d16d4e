// Sub-steps as long as an estimate of their error allows, against many short ones of equal length.

#include "culture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace paget::agents::test
{
namespace
{
const mesh::Grid cube{{16, 16, 16}, 20.0};

/// A ball of cells of which every tenth has just divided.
std::vector<CellRecord> growing_ball(const CellType& type)
{
    const RandomNumbers random(12);
    std::vector<CellRecord> cells;
    std::uint64_t number = 0;
    const auto add = [&](const Vec3& place, double share) {
        CellRecord cell = cell_at(type, number++, place);
        cell.volume.fluid_um3 *= share;
        cell.volume.nuclear_solid_um3 *= share;
        cell.volume.cytoplasmic_solid_um3 *= share;
        cells.push_back(cell);
    };
    for (int i = 0; i < 512; ++i) {
        const auto u = random.uniforms(Purpose::test, static_cast<std::uint64_t>(i), 0);
        const Vec3 place{100.0 + 15.0 * (i % 8) + u[0], 100.0 + 15.0 * (i / 8 % 8) + u[1],
                         100.0 + 15.0 * (i / 64) + u[2]};
        const Vec3 half{i % 10 == 0 ? 0.5 * type.radius_um() : 0.0, 0.0, 0.0};
        add(place + half, i % 10 == 0 ? 0.5 : 1.0);
        if (i % 10 == 0) {
            add(place - half, 0.5);
        }
    }
    return cells;
}

using Places = std::map<std::uint64_t, Vec3>;

Places places_after(const std::vector<CellRecord>& cells, const CellType& type, double minutes, MechanicsStep mechanics)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {type}, 1, mechanics);
    culture.found(cells);
    culture.move(minutes);
    Places places;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        places[culture.population.id(i).value] = culture.population.position_um(i);
    }
    return places;
}

double mean_distance_um(const Places& a, const Places& b)
{
    double sum = 0.0;
    for (const auto& [id, place] : a) {
        const Vec3 apart = place - b.at(id);
        sum += dot(apart, apart);
    }
    return std::sqrt(sum / static_cast<double>(a.size()));
}

MechanicsStep fixed(double step_min) { return {step_min, 1.5, KernelChoice::automatic, 0.0}; }
MechanicsStep controlled(double tolerance_um) { return {0.1, 1.5, KernelChoice::automatic, tolerance_um}; }
} // namespace

TEST(ControlledMotion, MakesErrorsOfTheSizeAskedFor)
{
    const CellType type = resting_type();
    const auto cells = growing_ball(type);
    const Places reference = places_after(cells, type, 6.0, fixed(0.005));
    double last = 1.0;
    for (const double tolerance_um : {0.1, 0.01, 0.001}) {
        const double error_um = mean_distance_um(places_after(cells, type, 6.0, controlled(tolerance_um)), reference);
        EXPECT_LT(error_um, 2.0 * tolerance_um);
        EXPECT_LT(error_um, last);
        last = error_um;
    }
}

TEST(ControlledMotion, ShortestSubStepsAreThoseOfTheUser)
{
    // No tolerance can be met: every sub-step is as short as allowed, of second order, and as good as the fixed ones.
    const CellType type = resting_type();
    const auto cells = growing_ball(type);
    const Places reference = places_after(cells, type, 6.0, fixed(0.005));
    const double error_um = mean_distance_um(places_after(cells, type, 6.0, controlled(1e-12)), reference);
    const double fixed_error_um = mean_distance_um(places_after(cells, type, 6.0, fixed(0.1)), reference);
    EXPECT_LT(error_um, 4.0 * fixed_error_um); // Euler's first error happens to make up for later ones
    EXPECT_LT(fixed_error_um, 1e-3);
}

TEST(ControlledMotion, FindsTheDistanceOfTwoCells) // V8
{
    const CellType type = resting_type();
    for (const double start_um : {1.0, 8.0, 20.0}) {
        const Places places =
            places_after({cell_at(type, 0, {150, 160, 160}), cell_at(type, 1, {150 + start_um, 160, 160})}, type,
                         3000.0, controlled(0.01));
        EXPECT_NEAR(norm(places.at(0) - places.at(1)), 16.024, 0.016) << "from " << start_um;
    }
}

TEST(ControlledMotion, CrawlsAsFarAsAsked)
{
    CellType type = resting_type();
    type.motility.speed_um_per_min = {3.0, 3.0, 3.0};
    type.motility.matrix_optimum = 0.0;
    CellRecord cell = cell_at(type, 0, {100, 160, 160});
    cell.heading = {1.0, 0.0, 0.0};
    const Places places = places_after({cell}, type, 20.0, controlled(0.01));
    EXPECT_NEAR(places.at(0).x, 160.0, 1e-5);
}

TEST(ControlledMotion, LeavesCellsAtRestWhereTheyAre)
{
    const CellType type = resting_type();
    const Places places =
        places_after({cell_at(type, 0, {50, 50, 50}), cell_at(type, 1, {90, 50, 50})}, type, 600.0, controlled(0.01));
    EXPECT_EQ(places.at(0), (Vec3{50, 50, 50}));
    EXPECT_EQ(places.at(1), (Vec3{90, 50, 50}));
}

TEST(ControlledMotion, DoesNotBlastACrowdApart)
{
    const CellType type = resting_type();
    const RandomNumbers random(99);
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < 200; ++n) { // 200 cells in the place of one
        const auto u = random.uniforms(Purpose::test, n, 0);
        cells.push_back(cell_at(type, n, Vec3{155, 155, 155} + 10.0 * Vec3{u[0], u[1], u[2]}));
    }
    for (const auto& [id, place] : places_after(cells, type, 240.0, controlled(0.01))) {
        EXPECT_LT(norm(place - Vec3{160, 160, 160}), 110.0);
    }
}

TEST(ControlledMotion, DoesNotDependOnTheSkin)
{
    CellType type = resting_type();
    type.motility.speed_um_per_min = {0.5, 0.5, 0.5};
    std::vector<CellRecord> cells = growing_ball(type);
    for (CellRecord& cell : cells) {
        cell.heading = {0.6, 0.8, 0.0};
        cell.position_um.x += 60.0; // against the wall
    }
    const Places expected = places_after(cells, type, 60.0, {0.1, 0.2, KernelChoice::automatic, 0.01});
    EXPECT_EQ(places_after(cells, type, 60.0, {0.1, 5.0, KernelChoice::automatic, 0.01}), expected);
    EXPECT_EQ(places_after(cells, type, 60.0, {0.1, 30.0, KernelChoice::portable, 0.01}), expected);
}

TEST(ControlledMotion, IsTheSameAlongEveryAxis)
{
    // Two that part from one another, one crawling into a wall; fixed sub-steps and controlled ones, drawn along x, y,
    // z.
    CellType type = resting_type();
    type.motility.speed_um_per_min = {2.0, 2.0, 2.0};
    type.motility.matrix_optimum = 0.0;
    const auto turned = [](const Vec3& v, int axis) {
        return axis == 0 ? v : (axis == 1 ? Vec3{v.z, v.x, v.y} : Vec3{v.y, v.z, v.x});
    };
    for (const MechanicsStep& mechanics : {fixed(0.1), controlled(0.01)}) {
        Places first;
        for (int axis = 0; axis < 3; ++axis) {
            std::vector<CellRecord> cells{cell_at(type, 0, turned({150, 160, 160}, axis)),
                                          cell_at(type, 1, turned({153, 160, 160}, axis)),
                                          cell_at(type, 2, turned({315, 40, 40}, axis))};
            cells[2].heading = turned({1, 0, 0}, axis);
            Places places = places_after(cells, type, 6.0, mechanics);
            first = axis == 0 ? places : first;
            for (const auto& [id, place] : first) {
                EXPECT_EQ(places.at(id), turned(place, axis)) << "cell " << id << " along axis " << axis;
            }
        }
        EXPECT_NE(first.at(0).x, 150.0);
        EXPECT_LT(first.at(2).x, 320.0);
    }
}

} // namespace paget::agents::test
