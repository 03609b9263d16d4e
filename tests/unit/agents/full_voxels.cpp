// Cells that do not enter full voxels, against what every cell wanted, counted over the whole organ.

#include "culture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace paget::agents::test
{
namespace
{
constexpr double step_min = 10.0;

CellType roamer(double capacity)
{
    CellType type = resting_type();
    type.volume.total_um3 = 500.0;
    type.volume.nucleus_um3 = 100.0;
    type.mechanics.repulsion_um_per_min = 0.0;
    type.mechanics.adhesion_um_per_min = {0.0, 0.0, 0.0};
    type.motility.speed_um_per_min = {1.0, 1.0, 1.0};
    type.motility.persistence_min = 0.0;
    type.motility.matrix_optimum = 0.0;
    type.motility.capacity = capacity;
    return type;
}

using Voxel = std::uint64_t;

struct Seen {
    std::map<CellId, Voxel> at;
    std::map<CellId, Voxel> wanted; ///< of living cells: where they are headed
    std::map<Voxel, int> living;
};

Voxel voxel_of(const mesh::Grid& grid, const Vec3& p) { return grid.global_index(grid.voxel_at(p)); }

double mirrored(double x, double end) { return x < 0.0 ? -x : (x > end ? 2.0 * end - x : x); }

Seen look(const Culture& culture, const mesh::Grid& grid)
{
    Seen seen;
    const Vec3 end = grid.extent_um();
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const CellRecord cell = culture.population.record(i);
        const Voxel here = voxel_of(grid, cell.position_um);
        seen.at[cell.id] = here;
        if (is_living(cell.fate)) {
            ++seen.living[here];
            Vec3 there = cell.position_um + step_min * cell.heading;
            there = {mirrored(there.x, end.x), mirrored(there.y, end.y), there.z};
            seen.wanted[cell.id] = voxel_of(grid, there);
        }
    }
    return seen;
}

std::vector<CellRecord> crowd(const CellType& type, const mesh::Grid& grid, std::uint64_t count)
{
    const RandomNumbers random(11);
    const Vec3 extent = grid.extent_um();
    std::vector<CellRecord> cells;
    for (std::uint64_t number = 0; number < count; ++number) {
        const auto u = random.uniforms(Purpose::test, number, 0);
        cells.push_back(cell_at(type, number, {u[0] * extent.x, u[1] * u[1] * extent.y, 0.0}));
        cells.back().fate = number % 10 == 0 ? Fate::apoptotic : Fate::cycling;
    }
    return cells;
}

/// Refusals over some steps, in which nobody may enter beyond the capacity and nobody be refused below.
int count_refusals(const mesh::Grid& grid, int capacity, std::uint64_t count)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(grid, {1, 1, 1}, comm, {roamer(capacity)}, 5, {step_min, 5.0});
    culture.types[0].death.apoptosis_duration_min = 1e6; // corpses take no room
    culture.found(crowd(culture.types[0], grid, count));
    int refusals = 0;
    for (int step = 0; step < 20; ++step) {
        culture.decide(step_min);
        const Seen before = look(culture, grid);
        culture.move(step_min);
        const Seen after = look(culture, grid);
        std::map<Voxel, int> arrived;
        std::map<Voxel, int> refused;
        for (const auto& [id, wanted] : before.wanted) {
            if (wanted != before.at.at(id)) {
                ++(after.at.at(id) == wanted ? arrived : refused)[wanted];
                EXPECT_TRUE(after.at.at(id) == wanted || after.at.at(id) == before.at.at(id));
            }
        }
        for (const auto& [voxel, entered] : arrived) {
            const auto there = before.living.find(voxel);
            EXPECT_LE(entered + (there == before.living.end() ? 0 : there->second), capacity);
        }
        for (const auto& [voxel, losers] : refused) {
            const auto there = before.living.find(voxel);
            EXPECT_GE(arrived[voxel] + (there == before.living.end() ? 0 : there->second), capacity);
            refusals += losers;
        }
    }
    return refusals;
}
} // namespace

TEST(FullVoxels, AreEnteredByAsManyAsThereIsRoomFor)
{
    EXPECT_GT(count_refusals({{24, 24, 1}, 10.0}, 4, 1500), 1000);
    EXPECT_EQ(count_refusals({{24, 24, 1}, 10.0}, 1000, 1500), 0);
}

TEST(FullVoxels, AreNoneWithoutACapacity)
{
    const auto comm = parallel::Communicator::self();
    const mesh::Grid grid{{24, 24, 1}, 10.0};
    Culture culture(grid, {1, 1, 1}, comm, {roamer(0.0)}, 5, {step_min, 5.0});
    culture.found(crowd(culture.types[0], grid, 1500));
    culture.decide(step_min);
    const Seen before = look(culture, grid);
    culture.move(step_min);
    const Seen after = look(culture, grid);
    for (const auto& [id, wanted] : before.wanted) {
        EXPECT_EQ(after.at.at(id), wanted);
    }
}

TEST(Division, CanLeaveBothInOnePlace)
{
    const auto comm = parallel::Communicator::self();
    CellType type = roamer(0.0);
    type.motility.speed_um_per_min = {0.0, 0.0, 0.0};
    type.cycle.phases = standard_phases("live");
    type.cycle.phases[0].rate_per_min = 1e3;
    type.cycle.pressure_limit = 1e9;
    const auto distance = [&](double separation) {
        type.cycle.separation = separation;
        Culture culture({{24, 24, 1}, 10.0}, {1, 1, 1}, comm, {type}, 5);
        culture.found({cell_at(type, 0, {100.0, 100.0, 0.0})});
        culture.decide(1.0);
        EXPECT_EQ(culture.cells(), 2);
        return norm(culture.population.position_um(0) - culture.population.position_um(1));
    };
    EXPECT_EQ(distance(0.0), 0.0);
    EXPECT_NEAR(distance(1.0), type.radius_um(), 1e-6);
    EXPECT_NEAR(distance(2.0), 2.0 * type.radius_um(), 1e-6);
}

} // namespace paget::agents::test
