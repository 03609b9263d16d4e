#include "culture.hpp"

#include "paget/agents/touching.hpp"
#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace paget::agents::test
{
namespace
{
const mesh::Grid cube{{16, 16, 16}, 20.0};

CellType certain_to_divide()
{
    CellType type = resting_type();
    type.cycle.phases = standard_phases("live");
    type.cycle.phases[0].rate_per_min = 1e3;
    type.cycle.pressure_limit = 1e12;
    return type;
}

std::vector<CellRecord> scattered(const CellType& type, std::uint64_t count)
{
    const RandomNumbers random(77);
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < count; ++n) {
        const auto u = random.uniforms(Purpose::test, n, 0);
        cells.push_back(cell_at(type, n, {320 * u[0], 320 * u[1], 320 * u[2]}));
    }
    return cells;
}
} // namespace

TEST(Division, HalvesTheMotherAroundHerCentre)
{
    const auto comm = parallel::Communicator::self();
    for (const mesh::Grid& grid : {cube, mesh::Grid{{16, 16, 1}, 20.0}}) {
        Culture culture(grid, {1, 1, 1}, comm, {certain_to_divide()});
        CellRecord founder = cell_at(culture.types[0], 0, {100, 100, grid.planar() ? 10.0 : 100.0});
        founder.clone = 7;
        founder.journeys = 3;
        culture.found({founder});
        culture.decide(6.0);
        ASSERT_EQ(culture.cells(), 2);
        const CellRecord a = culture.population.record(0);
        const CellRecord b = culture.population.record(1);
        const CellRecord& mother = a.id == founder.id ? a : b;
        const CellRecord& daughter = a.id == founder.id ? b : a;
        EXPECT_EQ(daughter.id.number(), 1U);
        EXPECT_EQ(daughter.parent, founder.id);
        EXPECT_EQ(daughter.born_at, 6 * ticks_per_minute);
        EXPECT_EQ(daughter.clone, 7U);
        EXPECT_EQ(daughter.journeys, 3U);
        EXPECT_EQ(mother.parent, no_cell);
        EXPECT_LT(norm(0.5 * (mother.position_um + daughter.position_um) - founder.position_um), 1e-7);
        EXPECT_NEAR(norm(mother.position_um - daughter.position_um), culture.types[0].radius_um(), 1e-6);
        EXPECT_NEAR(mother.volume.total_um3(), 0.5 * 2494.0, 1e-9);
        EXPECT_EQ(mother.volume.total_um3(), daughter.volume.total_um3());
        if (grid.planar()) {
            EXPECT_EQ(mother.position_um.z, daughter.position_um.z);
        }
    }
}

TEST(Division, NumbersDaughtersByTheirMothers)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {certain_to_divide()});
    culture.found(scattered(culture.types[0], 100));
    culture.decide(6.0);
    ASSERT_EQ(culture.cells(), 200);
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const CellRecord cell = culture.population.record(i);
        if (cell.parent != no_cell) {
            EXPECT_EQ(cell.id.number(), 100 + cell.parent.number());
        }
    }
    EXPECT_EQ(culture.population.next_number(), 200U);
}

TEST(Division, MutatesTraits)
{
    const auto comm = parallel::Communicator::self();
    CellType type = certain_to_divide();
    type.mutation = {0.25, 0.2};
    Culture culture(cube, {1, 1, 1}, comm, {type});
    culture.found(scattered(type, 2000));
    culture.decide(6.0);
    int changed = 0;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const Traits t = culture.population.record(i).traits;
        for (const double trait : {t.il6_response, t.il8_response, t.mmp1, t.fscn1}) {
            changed += trait != 1.0 ? 1 : 0;
            EXPECT_GE(trait, 0.8);
            EXPECT_LE(trait, 1.2);
        }
    }
    EXPECT_NEAR(changed, 0.25 * 16000, 3.0 * 55.0); // three standard errors
}

TEST(Population, KeepsCellsInBinsAndById)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    auto cells = scattered(culture.types[0], 500);
    culture.found(cells);
    Culture other(cube, {1, 1, 1}, comm, {resting_type()});
    std::reverse(cells.begin(), cells.end());
    other.found(cells);
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        EXPECT_EQ(culture.population.id(i), other.population.id(i)); // whatever the order of insertion
    }
}

TEST(Population, GivesAwayWhatIsChosen)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    culture.found(scattered(culture.types[0], 300));
    std::vector<bool> chosen(300);
    std::set<CellId> expected;
    for (std::size_t i = 0; i < 300; i += 3) {
        chosen[i] = true;
        expected.insert(culture.population.id(i));
    }
    const auto removed = culture.population.remove(chosen);
    ASSERT_EQ(removed.size(), 100U);
    for (const CellRecord& cell : removed) {
        EXPECT_EQ(expected.count(cell.id), 1U);
    }
    EXPECT_EQ(culture.cells(), 200);
    culture.advance(6.0); // settles first
    EXPECT_EQ(culture.cells(), 200);
    culture.population.insert(removed);
    EXPECT_EQ(culture.cells(), 300);
}

TEST(Population, ContactsEqualThoseOfAllPairs)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    culture.found(scattered(culture.types[0], 1500));
    Population& population = culture.population;
    std::vector<std::uint64_t> marks(population.size());
    for (std::size_t i = 0; i < marks.size(); ++i) {
        marks[i] = i % 3 == 0 ? 0 : 3 * population.id(i).value + 1;
    }
    std::set<std::pair<std::size_t, std::uint64_t>> seen;
    population.visit_contacts(marks, 1.2, [&](std::size_t cell, CellId neighbour, std::uint64_t mark) {
        EXPECT_EQ(mark, 3 * neighbour.value + 1);
        EXPECT_TRUE(seen.emplace(cell, neighbour.value).second) << "visited twice";
    });
    std::size_t expected = 0;
    for (std::size_t i = 0; i < population.size(); ++i) {
        for (std::size_t j = 0; j < population.size(); ++j) {
            const double limit = 1.2 * (population.radius_um(i) + population.radius_um(j));
            if (i != j && marks[j] != 0 && norm(population.position_um(i) - population.position_um(j)) < limit) {
                ++expected;
                EXPECT_EQ(seen.count({i, population.id(j).value}), 1U);
            }
        }
    }
    EXPECT_EQ(seen.size(), expected);
    EXPECT_THROW(population.visit_contacts(marks, 3.0, [](std::size_t, CellId, std::uint64_t) {}), BugError);
    EXPECT_THROW(population.visit_contacts({}, 1.0, [](std::size_t, CellId, std::uint64_t) {}), BugError);
}

TEST(Population, TouchingCellsAreFoundThoughForcesReachLess)
{
    const auto comm = parallel::Communicator::self();
    CellType type = resting_type();
    type.mechanics.adhesion_range = 1.0;
    MechanicsStep mechanics;
    mechanics.skin_um = 0.1;
    for (int voxels = 20; voxels < 40; ++voxels) { // bins of all sorts of widths
        Culture culture({{voxels, voxels, voxels}, 10.0}, {1, 1, 1}, comm, {type}, 1, mechanics);
        CellRecord first = cell_at(type, 0, {100, 100, 100});
        const double apart_um = 1.99 * touching_range * radius_from_volume_um(first.volume.total_um3());
        culture.found({first, cell_at(type, 1, {100 + apart_um, 100, 100})});
        int contacts = 0;
        culture.population.visit_contacts({1, 1}, touching_range,
                                          [&](std::size_t, CellId, std::uint64_t) { ++contacts; });
        EXPECT_EQ(contacts, 2) << voxels;
    }
}

TEST(Population, ContinuesTheSameAfterARestore)
{
    const auto comm = parallel::Communicator::self();
    CellType type;
    type.cycle.phases = standard_phases("live");
    type.cycle.phases[0].rate_per_min = 0.01;
    type.cycle.pressure_limit = 4.0;
    type.death.apoptosis_per_min = 1e-3;
    type.motility.speed_um_per_min = {0.5, 0.5, 0.5};
    Culture whole(cube, {1, 1, 1}, comm, {type}, 8);
    whole.found(scattered(type, 800));
    for (int step = 0; step < 5; ++step) {
        whole.advance(6.0);
    }
    std::vector<bool> some(whole.population.size());
    some[3] = true;
    whole.population.remove(some); // a checkpoint may follow a removal
    Culture resumed(cube, {1, 1, 1}, comm, {type}, 8);
    std::vector<CellRecord> saved;
    for (std::size_t i = whole.population.size(); i-- > 0;) {
        saved.push_back(whole.population.record(i));
    }
    resumed.found(scattered(type, 5)); // forgotten by the restore
    resumed.population.restore(saved, whole.population.next_number());
    resumed.now = whole.now;
    for (int step = 0; step < 5; ++step) {
        whole.advance(6.0);
        resumed.advance(6.0);
    }
    EXPECT_EQ(whole.checksum(), resumed.checksum());
    EXPECT_EQ(whole.population.next_number(), resumed.population.next_number());
}

TEST(Population, PutsCellsToSleepAndWakesThem)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {certain_to_divide()});
    culture.found({cell_at(culture.types[0], 0, {100, 100, 100})});
    culture.population.set_fate(0, Fate::dormant, culture.now);
    culture.advance(6.0);
    EXPECT_EQ(culture.cells(), 1);
    culture.population.set_fate(0, Fate::cycling, culture.now);
    EXPECT_EQ(culture.population.record(0).phase_entered_at, culture.now);
    culture.advance(6.0);
    EXPECT_EQ(culture.cells(), 2);
    culture.population.set_fate(0, Fate::apoptotic, culture.now);
    EXPECT_EQ(culture.population.fate(0), Fate::apoptotic);
    EXPECT_THROW(culture.population.set_fate(0, Fate::cycling, culture.now), BugError);
}

TEST(Population, NeedsAtMostTwoHundredBytesPerCell)
{
    EXPECT_LE(bytes_per_cell(), 190U);
    const auto comm = parallel::Communicator::self();
    MechanicsStep mechanics;
    mechanics.tolerance_um = 0.01;
    const mesh::Grid grid{{32, 32, 32}, 20.0};
    CellType type = certain_to_divide();
    type.cycle.phases[0].rate_per_min = 0.05;
    Culture culture(grid, {1, 1, 1}, comm, {type}, 1, mechanics);
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < 64000; ++n) {
        const Vec3 place{15.0 * static_cast<double>(n % 40), 15.0 * static_cast<double>(n / 40 % 40),
                         15.0 * static_cast<double>(n / 1600)};
        cells.push_back(cell_at(type, n, place + Vec3{20, 20, 20}));
    }
    culture.found(cells);
    cells = {};
    culture.advance(6.0);
    EXPECT_GT(culture.population.size(), 70000U);
    const auto bytes = static_cast<double>(culture.population.bytes());
    EXPECT_LE(bytes, 200.0 * static_cast<double>(culture.population.size()));
    EXPECT_GE(bytes, 100.0 * static_cast<double>(culture.population.size())); // nothing is left out
}

TEST(Population, WithoutCellsDoesNothing)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(cube, {1, 1, 1}, comm, {certain_to_divide()});
    culture.advance(6.0);
    culture.population.insert({});
    culture.population.visit_contacts({}, 1.0, [](std::size_t, CellId, std::uint64_t) { FAIL(); });
    EXPECT_EQ(culture.cells(), 0);
}

TEST(Population, RefusesWhatItCannotHold)
{
    const auto comm = parallel::Communicator::self();
    EXPECT_THROW(Culture({{16, 16, 16}, 2.0}, {1, 1, 1}, comm, {resting_type()}), InputError); // bricks of 16 um
    Culture culture(cube, {1, 1, 1}, comm, {resting_type()});
    CellRecord giant = cell_at(culture.types[0], 0, {100, 100, 100});
    giant.volume.fluid_um3 = 1e5;
    EXPECT_THROW(culture.population.insert({giant}), BugError);
    culture.found({cell_at(culture.types[0], 0, {100, 100, 100})});
    EXPECT_THROW(culture.population.move(Environment(2), culture.next_step(6.0)), BugError);
    EXPECT_THROW(culture.population.decide(Environment(0), culture.next_step(6.0)), BugError);
}

TEST(Tally, Adds)
{
    Tally a{1, 2, 3, 4, {5, 6, 7, 8}};
    a += Tally{10, 20, 30, 40, {50, 60, 70, 80}};
    EXPECT_EQ(a.founded + a.born + a.arrived + a.shed, 110);
    EXPECT_EQ(a.died, (std::array<std::int64_t, death_cause_count>{55, 66, 77, 88}));
}

} // namespace paget::agents::test
