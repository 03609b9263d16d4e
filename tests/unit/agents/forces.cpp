#include "culture.hpp"
#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paget::agents::test
{
namespace
{
const mesh::Grid cube{{16, 16, 16}, 20.0};

std::vector<CellRecord> cloud(const CellType& type, std::uint64_t count, const Vec3& centre, double width_um,
                              const mesh::Grid& grid)
{
    const RandomNumbers random(99);
    std::vector<CellRecord> cells;
    for (std::uint64_t number = 0; number < count; ++number) {
        const auto u = random.uniforms(Purpose::test, number, 0);
        const Vec3 offset{width_um * (u[0] - 0.5), width_um * (u[1] - 0.5), width_um * (u[2] - 0.5)};
        CellRecord cell = cell_at(type, number, centre + offset);
        if (grid.planar()) {
            cell.position_um.z = 0.5 * grid.spacing_um[2];
        }
        cell.state = static_cast<State>(number % 3);
        cell.fate = number % 7 == 0 ? Fate::apoptotic : Fate::cycling;
        cells.push_back(cell);
    }
    return cells;
}

/// The slow, obvious twin: the force law of PhysiCell over all pairs.
Vec3 velocity_by_all_pairs(const Population& population, const CellType& type, std::size_t cell)
{
    const auto adhesion = [&](std::size_t i) {
        return is_living(population.fate(i))
                   ? type.mechanics.adhesion_um_per_min[static_cast<std::size_t>(population.state(i))]
                   : 0.0;
    };
    Vec3 sum;
    for (std::size_t other = 0; other < population.size(); ++other) {
        const Vec3 apart = population.position_um(cell) - population.position_um(other);
        const double d = norm(apart);
        const double contact = population.radius_um(cell) + population.radius_um(other);
        const double reach = type.mechanics.adhesion_range * contact;
        if (other == cell || d >= reach) {
            continue;
        }
        const double repulsion =
            d < contact ? type.mechanics.repulsion_um_per_min * (1 - d / contact) * (1 - d / contact) : 0.0;
        const double pull = std::sqrt(adhesion(cell) * adhesion(other)) * (1 - d / reach) * (1 - d / reach);
        sum += ((repulsion - pull) / d) * apart;
    }
    return sum;
}

void expect_velocities_of_twin(const mesh::Grid& grid, std::uint64_t cells, double width_um)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(grid, {1, 1, 1}, comm, {resting_type()});
    const Vec3 centre = 0.5 * grid.extent_um();
    culture.found(cloud(culture.types[0], cells, centre, width_um, grid));
    std::vector<std::pair<CellId, Vec3>> expected;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        expected.emplace_back(culture.population.id(i), velocity_by_all_pairs(culture.population, culture.types[0], i));
    }
    culture.move(0.01); // one sub-step
    ASSERT_EQ(culture.population.size(), cells);
    for (std::size_t i = 0; i < cells; ++i) {
        const CellRecord cell = culture.population.record(i);
        const auto twin =
            std::find_if(expected.begin(), expected.end(), [&](const auto& entry) { return entry.first == cell.id; });
        ASSERT_NE(twin, expected.end());
        // Single precision, relative to the largest speed of a pair.
        EXPECT_LE(norm(cell.velocity_um_per_min - twin->second),
                  1e-6 * culture.types[0].mechanics.repulsion_um_per_min);
    }
}
} // namespace

TEST(Forces, EqualTheSumOverAllPairs)
{
    expect_velocities_of_twin(cube, 800, 250.0); // over several bins, in clusters and alone
    expect_velocities_of_twin({{20, 20, 1}, 20.0}, 300, 350.0);
}

TEST(Forces, OfPairsConserveMomentum)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    culture.found(cloud(culture.types[0], 500, {160, 160, 160}, 120.0, cube));
    culture.move(0.01);
    Vec3 sum;
    double scale = 0.0;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const Vec3 velocity = culture.population.record(i).velocity_um_per_min;
        sum += velocity; // exact: velocities are whole multiples of a power of two
        scale += norm(velocity);
    }
    EXPECT_GT(scale, 100.0);
    EXPECT_EQ(sum, Vec3{});
}

TEST(Forces, TwoCellsFindTheirDistance) // V8
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    const double contact = 2.0 * culture.types[0].radius_um();
    for (const double start : {0.7, 1.2}) {
        Culture pair(cube, {1, 1, 1}, comm, {resting_type()});
        pair.found(
            {cell_at(pair.types[0], 0, {150, 160, 160}), cell_at(pair.types[0], 1, {150 + start * contact, 160, 160})});
        for (int step = 0; step < 500; ++step) {
            pair.move(6.0);
        }
        const double distance = norm(pair.population.position_um(0) - pair.population.position_um(1));
        paget::test::obtained("V8, rest distance, um", fmt::format("{:.6g} from {} contacts", distance, start), 16.024);
        EXPECT_NEAR(distance, 16.024, 0.016) << "from " << start;
        EXPECT_NEAR(distance / contact, 0.9524, 0.00095) << "from " << start;
    }
}

TEST(Forces, PartCellsThatCoincide)
{
    for (const mesh::Grid& grid : {cube, mesh::Grid{{16, 16, 1}, 20.0}}) {
        const auto comm = parallel::Communicator::self();
        Culture culture(grid, {1, 1, 1}, comm, {resting_type()});
        const Vec3 place{100.0, 100.0, grid.planar() ? 10.0 : 100.0};
        culture.found({cell_at(culture.types[0], 0, place), cell_at(culture.types[0], 1, place),
                       cell_at(culture.types[0], 2, place)});
        for (int step = 0; step < 20; ++step) {
            culture.move(6.0);
        }
        for (std::size_t i = 0; i < 3; ++i) {
            const std::size_t next = (i + 1) % 3;
            const Vec3 apart = culture.population.position_um(i) - culture.population.position_um(next);
            EXPECT_GT(norm(apart), 10.0);
            EXPECT_LT(norm(apart), 22.0);
            if (grid.planar()) {
                EXPECT_EQ(apart.z, 0.0);
            }
        }
    }
}

TEST(Forces, DoNotBlastACrowdApart)
{
    const auto comm = parallel::Communicator::self();
    const mesh::Grid grid{{24, 24, 24}, 20.0};
    Culture culture(grid, {1, 1, 1}, comm, {resting_type()}, 1, {1.0, 3.0}); // ten times the usual sub-step
    const Vec3 centre{240, 240, 240};
    culture.found(cloud(culture.types[0], 200, centre, 10.0, grid)); // 200 cells in the place of one
    for (int step = 0; step < 40; ++step) {
        culture.move(6.0);
    }
    // The volume of 200 cells fills a sphere of 49 um; a loose heap of touching cells reaches perhaps twice as far.
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        EXPECT_LT(norm(culture.population.position_um(i) - centre), 110.0);
    }
}

TEST(Forces, PushACellByAtMostAQuarterOfItsRadius)
{
    const CellType type = resting_type();
    const auto comm = parallel::Communicator::self();
    Culture culture(mesh::Grid{{16, 16, 16}, 20.0}, {1, 1, 1}, comm, {type}, 1,
                    {6.0, 1.5, KernelChoice::automatic, 0.0});
    const Vec3 along{2.0 / 3.0, 1.0 / 3.0, 2.0 / 3.0};
    culture.found({cell_at(type, 0, Vec3{160, 160, 160}), cell_at(type, 1, Vec3{160, 160, 160} + 3.0 * along)});
    culture.move(6.0); // in one sub-step, in which the push would be 40 um
    for (std::size_t i = 0; i < 2; ++i) {
        const double sign = culture.population.id(i).value == CellId::make(OrganKey{0}, 0).value ? -1.0 : 1.0;
        const Vec3 start = Vec3{160, 160, 160} + (sign > 0.0 ? 3.0 : 0.0) * along;
        const Vec3 off = culture.population.position_um(i) - start - (sign * 0.25 * type.radius_um()) * along;
        EXPECT_LT(norm(off), 1e-5);
    }
}

TEST(Forces, CellsAtRestStayExactlyWhereTheyAre)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    culture.found({cell_at(culture.types[0], 0, {50, 50, 50}), cell_at(culture.types[0], 1, {90, 50, 50})});
    culture.move(600.0);
    EXPECT_EQ(culture.population.position_um(0), (Vec3{50, 50, 50}));
    EXPECT_EQ(culture.population.position_um(1), (Vec3{90, 50, 50}));
}

TEST(Pressure, IsOneAmongTwelveClosePackedNeighbours)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    // The scale is 12 (1 - d/R)^2 for d/R = sqrt(pi / (2 sqrt 3)), which is also where two cells rest (V8).
    const double d = 2.0 * culture.types[0].radius_um() * std::sqrt(std::numbers::pi / (2.0 * std::sqrt(3.0)));
    const Vec3 centre{160, 160, 160};
    std::vector<CellRecord> cells{cell_at(culture.types[0], 0, centre)};
    std::uint64_t number = 1;
    for (const double a : {-1.0, 1.0}) {
        for (const double b : {-1.0, 1.0}) {
            const double h = d / std::sqrt(2.0);
            cells.push_back(cell_at(culture.types[0], number++, centre + Vec3{a * h, b * h, 0}));
            cells.push_back(cell_at(culture.types[0], number++, centre + Vec3{a * h, 0, b * h}));
            cells.push_back(cell_at(culture.types[0], number++, centre + Vec3{0, a * h, b * h}));
        }
    }
    culture.found(cells);
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        if (culture.population.id(i).number() == 0) {
            EXPECT_NEAR(culture.population.pressure(i), 1.0, 1e-4);
        }
    }
}

TEST(Skin, DoesNotChangeTheTrajectory)
{
    const auto comm = parallel::Communicator::self();
    std::vector<std::uint64_t> checksums;
    for (const double skin_um : {0.5, 1.5, 10.0}) {
        CellType type = resting_type();
        type.motility.speed_um_per_min = {0.2, 0.5, 1.0};
        Culture culture(cube, {1, 1, 1}, comm, {type}, 1, {0.1, skin_um});
        culture.found(cloud(type, 400, {160, 160, 160}, 150.0, cube));
        for (int step = 0; step < 4; ++step) {
            culture.advance(6.0);
        }
        checksums.push_back(culture.checksum());
    }
    EXPECT_EQ(checksums[0], checksums[1]);
    EXPECT_EQ(checksums[0], checksums[2]);
}

} // namespace paget::agents::test
