// Every kernel gives the bits of a slow twin that goes through all pairs, one after another, in plain single precision.

#include "bins.hpp"
#include "ruled_cells.hpp"

#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>

namespace paget::agents::test
{
namespace
{
using Integers = std::array<std::int64_t, 3>;

CellType sticky_type(int number)
{
    CellType type = resting_type();
    type.name = "type" + std::to_string(number);
    type.volume.total_um3 = 2494.0 - 150.0 * number;
    type.mechanics.repulsion_um_per_min = 10.0 - number;
    type.mechanics.adhesion_um_per_min = {0.4, 0.2 + 0.1 * number, 0.05};
    type.mechanics.adhesion_range = 1.25 - 0.05 * number;
    return type;
}

struct Tissue {
    mesh::Grid grid;
    std::vector<CellType> types;
    std::vector<CellRecord> cells;
};

/// Cells of all types, states and fates, crowded around some places; some coincide.
Tissue mixed_tissue(int types, std::uint64_t cells, const Vec3& extent_um, const mesh::Grid& grid)
{
    Tissue tissue{grid, {}, {}};
    for (int t = 0; t < types; ++t) {
        tissue.types.push_back(sticky_type(t));
    }
    const RandomNumbers random(31);
    const Vec3 corner = grid.extent_um() - extent_um;
    for (std::uint64_t n = 0; n < cells; ++n) {
        const auto u = random.uniforms(Purpose::test, n % 50 == 49 ? n - 1 : n, 0);
        const auto type = static_cast<std::uint8_t>(n % static_cast<std::uint64_t>(types));
        CellRecord cell = cell_at(tissue.types[type], n,
                                  corner + Vec3{u[0] * extent_um.x, u[1] * u[1] * extent_um.y, u[2] * extent_um.z});
        cell.type = type;
        cell.state = static_cast<State>(n % 3);
        cell.fate = n % 7 == 0 ? Fate::necrotic : (n % 11 == 0 ? Fate::dormant : Fate::cycling);
        cell.volume.fluid_um3 *= 0.5 + 0.5 * u[3];
        tissue.cells.push_back(cell);
    }
    return tissue;
}

/// Gives all types rules by which every cell has a repulsion and an adhesion of its own.
Tissue with_rules(Tissue tissue)
{
    for (CellType& type : tissue.types) {
        type.rules = {raised(Behaviour::repulsion, 3.0, 14.0, {field(0), 2.0, 1.0}),
                      lowered(Behaviour::adhesion, 0.6, 0.0, {field(0), 1.0, 1.5})};
    }
    return tissue;
}

double signal_of(CellId id) { return 0.1 * static_cast<double>(id.number() % 50); }

/// Velocities after one short sub-step, by id, in the population's quantum.
std::map<std::uint64_t, Vec3> velocities(const Tissue& tissue, KernelChoice kernels)
{
    const auto comm = parallel::Communicator::self();
    MechanicsStep mechanics;
    mechanics.kernels = kernels;
    Culture culture(tissue.grid, {1, 1, 1}, comm, tissue.types, 1, mechanics);
    culture.found(tissue.cells);
    culture.sense = [](const Population& p) {
        Environment environment(p.size());
        environment.signals.resize(1);
        for (std::size_t i = 0; i < p.size(); ++i) {
            environment.signals[0].push_back(signal_of(p.id(i)));
        }
        return environment;
    };
    culture.move(0.001);
    std::map<std::uint64_t, Vec3> result;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        result[culture.population.id(i).value] = culture.population.record(i).velocity_um_per_min;
    }
    return result;
}

/// Places and radii of settled cells.
struct Ball {
    CellId id;
    Vec3 place_um;
    float radius_um;
    CellType type;
    std::size_t state;
    bool living;
};

std::vector<Ball> balls(const Tissue& tissue)
{
    const auto comm = parallel::Communicator::self();
    Culture culture(tissue.grid, {1, 1, 1}, comm, tissue.types);
    culture.found(tissue.cells);
    std::vector<Ball> all;
    const Population& p = culture.population;
    for (std::size_t i = 0; i < p.size(); ++i) {
        all.push_back({p.id(i), p.position_um(i), static_cast<float>(p.radius_um(i)), tissue.types[p.type(i)],
                       static_cast<std::size_t>(p.state(i)), is_living(p.fate(i))});
    }
    return all;
}

constexpr std::int64_t most = 2147483647;     // that a velocity can be, in quanta
constexpr double quantum = 16.0 / 16777216.0; // repulsion of 10 um/min: the next power of two above, in 24 bits

/// What b does to a, as an integer, by the rules of docs/model/cells.md.
Integers contribution(const Ball& a, const Ball& b)
{
    const auto quanta = [](double um) { return static_cast<std::int64_t>(std::floor(um * 1048576.0)); };
    const auto apart = [&](double p, double q) { return static_cast<float>(quanta(p) - quanta(q)); };
    const float x = apart(a.place_um.x, b.place_um.x);
    const float y = apart(a.place_um.y, b.place_um.y);
    const float z = apart(a.place_um.z, b.place_um.z);
    const float squared = (x * x + y * y) + z * z;
    const auto speed_of = [](double p, double q) { return static_cast<float>(std::sqrt(p * q) / quantum); };
    const auto reach_of = [](const Ball& c) {
        return static_cast<float>(std::max(1.0, c.type.mechanics.adhesion_range)) * c.radius_um;
    };
    const auto adhesion_of = [](const Ball& c) {
        return c.living ? c.type.mechanics.adhesion_um_per_min[c.state] : 0.0;
    };
    const auto by_rules = [&](const Ball& c, std::size_t rule, double otherwise) {
        std::array<double, own_signal_count + 1> signals{};
        signals[own_signal_count] = signal_of(c.id);
        return c.living ? rules::value_of(c.type.rules[rule].response, 0.0, signals.data()) : otherwise;
    };
    const auto root_of = [](double speed) { return static_cast<float>(std::sqrt(speed / quantum)); };
    const auto repulsion_of = [](const Ball& c) { return c.type.mechanics.repulsion_um_per_min; };
    const bool ruled = !a.type.rules.empty();
    const float repulsion = ruled ? root_of(by_rules(a, 0, repulsion_of(a))) * root_of(by_rules(b, 0, repulsion_of(b)))
                                  : speed_of(repulsion_of(a), repulsion_of(b));
    const float adhesion =
        ruled ? root_of(by_rules(a, 1, 0.0)) * root_of(by_rules(b, 1, 0.0)) : speed_of(adhesion_of(a), adhesion_of(b));
    if (squared == 0.0F) {
        const RandomNumbers random(1);
        const Vec3 axis = random.unit_vector(Purpose::division_axis, std::min(a.id, b.id).value, 0, false, 1);
        const double speed = (a.id < b.id ? 1.0 : -1.0) * (double{repulsion} - double{adhesion});
        return {static_cast<std::int64_t>(speed * axis.x), static_cast<std::int64_t>(speed * axis.y),
                static_cast<std::int64_t>(speed * axis.z)};
    }
    const float distance = std::sqrt(squared);
    const float contact = (a.radius_um + b.radius_um) * 1048576.0F;
    const float reach = (reach_of(a) + reach_of(b)) * 1048576.0F;
    const float inverse = 1.0F / (distance * (contact * reach));
    const float push = std::max(0.0F, 1.0F - distance * (inverse * (distance * reach)));
    const float pull = std::max(0.0F, 1.0F - distance * (inverse * (distance * contact)));
    const float factor = (repulsion * (push * push) - adhesion * (pull * pull)) * (inverse * (contact * reach));
    return {static_cast<std::int64_t>(factor * x), static_cast<std::int64_t>(factor * y),
            static_cast<std::int64_t>(factor * z)};
}

std::map<std::uint64_t, Vec3> velocities_of_twin(const Tissue& tissue)
{
    const std::vector<Ball> all = balls(tissue);
    std::map<std::uint64_t, Vec3> result;
    for (const Ball& a : all) {
        Integers sum{};
        for (const Ball& b : all) {
            if (a.id != b.id) {
                const Integers more = contribution(a, b);
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    sum[axis] += more[axis];
                }
            }
        }
        const auto cut = [](std::int64_t x) { return static_cast<double>(std::clamp(x, -most, most)); };
        result[a.id.value] = quantum * Vec3{cut(sum[0]), cut(sum[1]), cut(sum[2])};
    }
    return result;
}

void expect_bits_of_twin(const Tissue& tissue)
{
    const auto expected = velocities_of_twin(tissue);
    std::size_t moving = 0;
    for (const auto& entry : expected) {
        moving += entry.second == Vec3{} ? 0 : 1;
    }
    EXPECT_GT(moving, tissue.cells.size() / 2);
    EXPECT_EQ(velocities(tissue, KernelChoice::portable), expected);
    EXPECT_EQ(velocities(tissue, KernelChoice::automatic), expected);
    if (has_avx512_kernel()) {
        EXPECT_EQ(velocities(tissue, KernelChoice::avx512), expected);
    }
}
} // namespace

TEST(Kernels, GiveTheBitsOfTheTwin)
{
    expect_bits_of_twin(mixed_tissue(1, 900, {150, 150, 150}, {{16, 16, 16}, 20.0}));
}

TEST(Kernels, GiveTheBitsOfTheTwinForManyTypes) // more rows than one vector holds
{
    expect_bits_of_twin(mixed_tissue(5, 900, {150, 150, 150}, {{16, 16, 16}, 20.0}));
}

TEST(Kernels, GiveTheBitsOfTheTwinInCrowds) // more than a hundred neighbours
{
    expect_bits_of_twin(mixed_tissue(2, 500, {35, 40, 45}, {{16, 16, 16}, 20.0}));
}

TEST(Kernels, GiveTheBitsOfTheTwinWhereRulesSetStrengths)
{
    expect_bits_of_twin(with_rules(mixed_tissue(3, 900, {150, 150, 150}, {{16, 16, 16}, 20.0})));
    expect_bits_of_twin(with_rules(mixed_tissue(2, 500, {35, 40, 45}, {{16, 16, 16}, 20.0})));
}

TEST(Kernels, StrengthsThatAreThoseOfTheTypesGiveTheVelocitiesOfTheTable)
{
    Tissue tissue = mixed_tissue(2, 600, {100, 100, 100}, {{16, 16, 16}, 20.0});
    const auto by_table = velocities(tissue, KernelChoice::automatic);
    for (CellType& type : tissue.types) { // no signal is above zero
        type.rules = {unstirred(Behaviour::repulsion), unstirred(Behaviour::adhesion)};
        for (RuledBehaviour& ruled : type.rules) {
            ruled.response.most = 1.0;
            ruled.response.raising.front().half = 1e12;
        }
    }
    for (const auto& [id, velocity] : velocities(tissue, KernelChoice::automatic)) {
        EXPECT_NEAR(norm(velocity - by_table.at(id)), 0.0, 1e-5); // rounding of single precision
    }
}

TEST(Kernels, CutVelocitiesThatLeaveTheirRange) // hundreds of cells almost on one spot
{
    const Tissue heap = mixed_tissue(2, 800, {4, 4, 4}, {{16, 16, 16}, 20.0});
    std::size_t cut = 0;
    for (const auto& entry : velocities_of_twin(heap)) {
        const Vec3& v = entry.second;
        cut += std::max({std::abs(v.x), std::abs(v.y), std::abs(v.z)}) >= quantum * static_cast<double>(most);
    }
    EXPECT_GT(cut, 10U);
    expect_bits_of_twin(heap);
}

TEST(Kernels, GiveTheBitsOfTheTwinFarFromTheOrigin) // where 32 bits of a place wrap: 4096 um
{
    const mesh::Grid grid{{104, 24, 24}, 40.0};
    expect_bits_of_twin(mixed_tissue(2, 900, {150, 150, 150}, grid)); // around 4.1 mm
}

namespace
{
void expect_same_pressure(const Tissue& tissue, double minutes)
{
    const auto comm = parallel::Communicator::self();
    std::vector<std::uint64_t> checksums;
    for (const KernelChoice kernels :
         {KernelChoice::portable, has_avx512_kernel() ? KernelChoice::avx512 : KernelChoice::automatic}) {
        MechanicsStep mechanics;
        mechanics.kernels = kernels;
        Culture culture(tissue.grid, {1, 1, 1}, comm, tissue.types, 1, mechanics);
        culture.found(tissue.cells);
        culture.move(minutes);
        checksums.push_back(culture.checksum()); // pressures are part of it
    }
    EXPECT_EQ(checksums[0], checksums[1]);
}
} // namespace

TEST(Kernels, GiveTheSamePressure)
{
    expect_same_pressure(mixed_tissue(3, 900, {120, 120, 120}, {{16, 16, 16}, 20.0}), 6.0);
    expect_same_pressure(mixed_tissue(3, 600, {4, 4, 4}, {{16, 16, 16}, 20.0}), 0.001);
}

TEST(Kernels, CountAllPairsOfAHeapInItsPressure) // up to 128 cells that coincide, which is the most
{
    constexpr double twelve_close_packed = 0.027288820670331; // PhysiCell 1.14.2
    const Tissue heap = mixed_tissue(1, 300, {4, 4, 4}, {{16, 16, 16}, 20.0});
    const auto comm = parallel::Communicator::self();
    Culture culture(heap.grid, {1, 1, 1}, comm, heap.types);
    culture.found(heap.cells);
    const std::vector<Ball> all = balls(heap);
    std::size_t cut = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        double squeeze = 0.0;
        for (std::size_t j = 0; j < all.size(); ++j) {
            const double contact = double{all[i].radius_um} + double{all[j].radius_um};
            const double overlap = std::max(0.0, 1.0 - norm(all[i].place_um - all[j].place_um) / contact);
            squeeze += i == j ? 0.0 : overlap * overlap;
        }
        cut += squeeze > 128.0 ? 1 : 0;
        const double expected = std::min(squeeze, 128.0) / twelve_close_packed;
        EXPECT_NEAR(culture.population.pressure(i), expected, 1e-4 * expected);
    }
    EXPECT_GT(cut, 10U);
}

TEST(Kernels, AreRefusedWhereTheProcessorLacksThem)
{
    if (has_avx512_kernel()) {
        GTEST_SKIP() << "this processor has them all";
    }
    MechanicsStep mechanics;
    mechanics.kernels = KernelChoice::avx512;
    const auto comm = parallel::Communicator::self();
    EXPECT_THROW(Culture({{16, 16, 16}, 20.0}, {1, 1, 1}, comm, {resting_type()}, 1, mechanics), InputError);
}

using BinRun = Run; // tests have a Run of their own

/// A rank that is one bin wide has ghosts on both sides; here they are as far apart as its own cells are many.
TEST(RunsOfBins, GhostsAroundABinAreNotJoinedOverOthers)
{
    const std::array<BinRun, 3> row{BinRun{100, 2}, BinRun{5, 3}, BinRun{105, 2}};
    Runs runs;
    runs.add_row(row.data());
    std::vector<std::uint32_t> cells;
    for (const BinRun& run : runs.view()) {
        for (std::uint32_t i = 0; i < run.count; ++i) {
            cells.push_back(run.first + i);
        }
    }
    EXPECT_EQ(cells, (std::vector<std::uint32_t>{100, 101, 5, 6, 7, 105, 106}));
    EXPECT_EQ(runs.cells(), 7U);
}

TEST(RunsOfBins, BinsThatFollowOnEachOtherAreOneRun)
{
    for (const auto& row :
         {std::array{BinRun{4, 2}, BinRun{6, 3}, BinRun{9, 1}}, std::array{BinRun{4, 5}, BinRun{0, 0}, BinRun{9, 1}},
          std::array{BinRun{0, 0}, BinRun{4, 6}, BinRun{0, 0}}}) {
        Runs runs;
        runs.add_row(row.data());
        ASSERT_EQ(runs.view().size(), 1U);
        EXPECT_EQ(runs.view().front().first, 4U);
        EXPECT_EQ(runs.view().front().count, 6U);
    }
}

} // namespace paget::agents::test
