// Promise 1: the same bits on any number of ranks. Every run on all ranks of the test is repeated by one rank alone.

#include "support/random_cuts.hpp"
#include "unit/agents/ruled_cells.hpp"

#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::agents::test
{
namespace
{
/// Cells that do everything: divide, die, crawl, change state, mutate.
std::vector<CellType> busy_types()
{
    CellType a;
    a.name = "a";
    a.cycle.phases = standard_phases("live");
    a.cycle.phases[0].rate_per_min = 1.0 / 60.0;
    a.cycle.oxygen_saturation_mmHg = 40.0;
    a.cycle.pressure_limit = 3.0;
    a.death.apoptosis_per_min = 1.0 / 600.0;
    a.death.apoptosis_duration_min = 40.0;
    a.motility.speed_um_per_min = {0.5, 1.0, 2.0};
    a.motility.chemotaxis_bias = 0.3;
    a.transition = {1e-3, 1e-2, 1e-2, 1e-2, 1e-2, 0.1, 2.0, 15.0, 4.0};
    a.mutation = {0.5, 0.2};
    CellType b = a;
    b.name.push_back('b');
    b.cycle.phases = standard_phases("flow_cytometry_separated");
    for (Phase& phase : b.cycle.phases) {
        phase.rate_per_min *= 8.0;
    }
    b.volume.total_um3 = 1800.0;
    b.volume.nucleus_um3 = 400.0;
    return {a, b};
}

/// The same, one of them with a repulsion and an adhesion by where and how old a cell is.
std::vector<CellType> types_with_strengths()
{
    std::vector<CellType> types = busy_types();
    types[0].rules = {raised(Behaviour::repulsion, 4.0, 14.0, {number(OwnSignal::matrix), 0.5, 2.3}),
                      lowered(Behaviour::adhesion, 1.2, 0.1, {number(OwnSignal::age), 20.0, 2.0})};
    return types;
}

/// An environment that depends on the place only, as a field would.
Environment graded(const Population& population, const Vec3& extent_um)
{
    Environment environment(population.size());
    for (std::size_t i = 0; i < population.size(); ++i) {
        const Vec3 p = population.position_um(i);
        environment.oxygen_mmHg[i] = 3.0 + 40.0 * p.x / extent_um.x;
        environment.tgf_beta[i] = 0.2 * p.y / extent_um.y;
        environment.chemoattractant[i] = {0.0, 0.7, 0.1};
        environment.matrix_density[i] = p.x / extent_um.x;
        environment.drug_death_per_min[i] = 1e-4;
    }
    return environment;
}

std::vector<CellRecord> founders(const std::vector<CellType>& types, const mesh::Grid& grid, std::uint64_t count)
{
    const RandomNumbers random(5);
    const Vec3 extent = grid.extent_um();
    std::vector<CellRecord> cells;
    for (std::uint64_t number = 0; number < count; ++number) {
        const auto u = random.uniforms(Purpose::test, number, 0);
        const std::uint8_t type = number % 3 == 0 ? 1 : 0;
        CellRecord cell = cell_at(types[type], number, {u[0] * extent.x, u[1] * u[1] * extent.y, u[2] * extent.z});
        cell.type = type;
        cell.state = static_cast<State>(number % 3);
        cell.fate = number % 17 == 0 ? Fate::dormant : Fate::cycling;
        cells.push_back(cell);
    }
    return cells;
}

struct Outcome {
    std::uint64_t checksum = 0;
    std::int64_t cells = 0;
    std::int64_t born = 0;
    std::int64_t died = 0;
    std::int64_t taken = 0;

    bool operator==(const Outcome&) const = default;
};

std::vector<bool> chosen_by_id(const Population& population)
{
    std::vector<bool> chosen(population.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        chosen[i] = mix64(population.id(i).value) % 97 == 0;
    }
    return chosen;
}

/// Every kind of sub-step and of kernel, one after the other.
MechanicsStep mechanics_of(int variant)
{
    MechanicsStep mechanics;
    mechanics.tolerance_um = variant == 0 ? 0.0 : 0.01;
    mechanics.kernels = variant == 1 ? KernelChoice::portable : KernelChoice::automatic;
    return mechanics;
}

Outcome live_through(const mesh::Partition& partition, const parallel::Communicator& comm,
                     const std::vector<CellType>& types, std::uint64_t count, int steps, int variant)
{
    const mesh::Grid& grid = partition.grid();
    Culture culture(partition, comm, types, 42, mechanics_of(variant));
    culture.sense = [&](const Population& p) { return graded(p, grid.extent_um()); };
    culture.found(founders(culture.types, grid, count));
    Outcome outcome;
    for (int step = 0; step < steps; ++step) {
        culture.advance(6.0);
        if (step == steps / 2) { // some cells leave, and come back to another place
            std::vector<CellRecord> leaving = culture.population.remove(chosen_by_id(culture.population));
            outcome.taken += static_cast<std::int64_t>(leaving.size());
            for (CellRecord& cell : leaving) {
                cell.position_um = grid.extent_um() - cell.position_um;
            }
            culture.population.insert(leaving);
        }
    }
    std::vector<std::int64_t> sums{culture.tally.born, outcome.taken};
    for (const std::int64_t died : culture.tally.died) {
        sums.push_back(died);
    }
    comm.sum(std::span<std::int64_t>(sums));
    return {culture.checksum(), culture.cells(), sums[0], sums[2] + sums[3] + sums[4] + sums[5], sums[1]};
}

/// Returns the checksum of all cells at the end, on all ranks.
std::uint64_t expect_one_trajectory(const mesh::Grid& grid, std::uint64_t count, int steps, int variant,
                                    const std::vector<CellType>& types = busy_types())
{
    const auto world = parallel::Communicator::world();
    const mesh::Partition even(grid, mesh::choose_parts(grid, world.size()).value());
    const Outcome together = live_through(even, world, types, count, steps, variant);
    // Wherever it is cut, in boxes as narrow as cells reach.
    const int least = static_cast<int>(std::ceil(28.0 / grid.spacing_um[0]));
    const auto uneven = paget::test::random_partition(grid, world.size(), least, count);
    EXPECT_EQ(live_through(uneven.value_or(even), world, types, count, steps, variant), together);
    if (!world.is_root()) {
        return together.checksum;
    }
    const Outcome alone = live_through(mesh::Partition(grid, {1, 1, 1}), parallel::Communicator::self(), types, count,
                                       steps, variant == 1 ? 2 : variant);
    EXPECT_EQ(together.checksum, alone.checksum);
    EXPECT_EQ(together, alone);
    const auto founded = static_cast<std::int64_t>(count);
    EXPECT_GT(alone.born, founded / 20);
    EXPECT_GT(alone.died, founded / 20);
    EXPECT_GT(alone.taken, founded / 200);
    return together.checksum;
}
} // namespace

TEST(OneTrajectory, InSpace) { expect_one_trajectory({{32, 24, 24}, 20.0}, 1800, 10, 0); }

TEST(OneTrajectory, WithControlledSubSteps) { expect_one_trajectory({{32, 24, 24}, 20.0}, 1800, 10, 1); }

TEST(OneTrajectory, InABoxThatBricksDoNotFill) { expect_one_trajectory({{41, 18, 19}, 20.0}, 1000, 10, 1); }

TEST(OneTrajectory, WithStrengthsByRules)
{
    expect_one_trajectory({{32, 24, 24}, 20.0}, 1500, 8, 0, types_with_strengths());
    expect_one_trajectory({{32, 24, 24}, 20.0}, 1500, 8, 1, types_with_strengths());
}

TEST(OneTrajectory, InThePlane) { expect_one_trajectory({{50, 35, 1}, 20.0}, 900, 12, 2); }

TEST(OneTrajectory, OfCellsThatStayOutOfFullVoxels)
{
    const mesh::Grid grid{{50, 35, 1}, 20.0};
    std::vector<CellType> shy = busy_types();
    shy[0].motility.capacity = 1.0;
    EXPECT_NE(expect_one_trajectory(grid, 900, 12, 2, shy), expect_one_trajectory(grid, 900, 12, 2));
}

TEST(OneTrajectory, WithOneBinPerBrick) { expect_one_trajectory({{16, 24, 48}, 7.0}, 500, 10, 2); }

TEST(Contacts, AreSeenAcrossRanks)
{
    const mesh::Grid grid{{32, 24, 24}, 20.0};
    const auto sum_of_contacts = [&](const mesh::Index3& parts, const parallel::Communicator& comm) {
        Culture culture(grid, parts, comm, busy_types(), 42);
        culture.found(founders(culture.types, grid, 3000));
        culture.advance(6.0);
        culture.population.remove(chosen_by_id(culture.population)); // contacts must settle first
        std::vector<std::uint64_t> marks(culture.population.size());
        for (std::size_t i = 0; i < marks.size(); ++i) {
            marks[i] = mix64(culture.population.id(i).value + 7);
        }
        std::uint64_t sum = 0;
        std::int64_t pairs = 0;
        culture.population.visit_contacts(marks, 1.1, [&](std::size_t cell, CellId neighbour, std::uint64_t mark) {
            EXPECT_EQ(mark, mix64(neighbour.value + 7));
            sum += mix64(culture.population.id(cell).value ^ mix64(neighbour.value));
            ++pairs;
        });
        EXPECT_GT(comm.sum(pairs), 1000);
        return comm.sum_modulo(sum);
    };
    const auto world = parallel::Communicator::world();
    const auto self = parallel::Communicator::self();
    EXPECT_EQ(sum_of_contacts(*mesh::choose_parts(grid, world.size()), world), sum_of_contacts({1, 1, 1}, self));
}

TEST(Insert, TakesAnyCellFromAnyRank)
{
    const mesh::Grid grid{{32, 24, 24}, 20.0};
    const auto world = parallel::Communicator::world();
    Culture culture(grid, *mesh::choose_parts(grid, world.size()), world, busy_types(), 42);
    const auto all = founders(culture.types, grid, 500);
    std::vector<CellRecord> mine;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (static_cast<int>(i % static_cast<std::size_t>(world.size())) == world.rank()) {
            mine.push_back(all[i]);
        }
    }
    culture.population.insert(mine);
    EXPECT_EQ(culture.cells(), 500);
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        EXPECT_EQ(culture.partition.owner(culture.population.position_um(i)), world.rank());
    }
    CellRecord stranger = all[0];
    stranger.type = 9;
    EXPECT_THROW(culture.population.insert(world.is_root() ? std::vector{stranger} : std::vector<CellRecord>{}),
                 BugError); // on all ranks
}

} // namespace paget::agents::test
