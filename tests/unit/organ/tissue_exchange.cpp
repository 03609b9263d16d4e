#include "tissue_exchange.hpp"

#include "unit/agents/culture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace paget::organ
{
namespace
{
using agents::Fate;
using agents::State;

const mesh::Grid tray{{20, 18, 9}, 20.0};

/// Cells of two types in all states and fates, scattered so that many share a voxel. The numbers of the cells run from
/// 0 on, or the other way round: that turns the order in which a population visits the cells of a voxel.
std::vector<agents::CellRecord> scattered(const std::vector<agents::CellType>& types, std::uint64_t count,
                                          bool backwards = false)
{
    const RandomNumbers random(3);
    std::vector<agents::CellRecord> cells;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto u = random.uniforms(Purpose::test, i, 0);
        const auto v = random.uniforms(Purpose::test, i, 1);
        const std::uint8_t type = v[0] < 0.5 ? 0 : 1;
        auto cell = agents::test::cell_at(types[type], backwards ? count - 1 - i : i,
                                          {150.0 + 60.0 * u[0], 160.0 + 50.0 * u[1], 180.0 * u[2]});
        cell.type = type;
        cell.state = static_cast<State>(static_cast<int>(3.0 * v[1]));
        cell.fate = v[2] < 0.7 ? Fate::cycling : static_cast<Fate>(1 + static_cast<int>(3.0 * v[3]));
        cell.volume.fluid_um3 *= 0.5 + u[3];
        cells.push_back(cell);
    }
    return cells;
}

/// Tissue of two types and two fields of very different units.
struct Setting {
    Setting()
    {
        agents::CellType large = agents::test::resting_type();
        large.name = "large";
        large.volume.total_um3 = 3000.0;
        tissue.types = {agents::test::resting_type(), large};
        tissue.exchange = {{{10.0, {0.0, 0.0, 0.0}, 1.0}, {1e-7, {1e-15, 2e-15, 5e-15}, 3.0}},
                           {{3.0, {1e6, 2e6, 0.0}, 1.0}, {0.0, {4e-15, 0.0, 1e-15}, 1.0}}};
        fields.resize(2);
        fields[0].substance.name = "oxygen";
        fields[1].substance.name = "tgf_beta";
    }

    std::vector<VoxelRates> rates(const agents::Population& population, const std::vector<double>& hypoxia) const
    {
        return exchange_rates(population, tissue, fields, VesselMap(vessels, tray, tray.box(), 20.0), tray, tray.box(),
                              hypoxia);
    }

    TissueDescription tissue;
    std::vector<FieldDescription> fields;
    VesselNetwork vessels;
    parallel::Communicator comm = parallel::Communicator::self();
};

std::vector<double> hypoxia_by_id(const agents::Population& population)
{
    std::vector<double> hypoxia;
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        const double x = population.position_um(cell).x; // not the id: it is turned round in some tests
        hypoxia.push_back(x - std::floor(x));
    }
    return hypoxia;
}

double sum_of(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }
} // namespace

TEST(ExchangeRates, WhatVoxelsLoseAndGainIsWhatCellsTakeAndGive)
{
    const Setting setting;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    culture.found(scattered(setting.tissue.types, 3000));
    const agents::Population& population = culture.population;
    const auto hypoxia = hypoxia_by_id(population);
    const auto rates = setting.rates(population, hypoxia);
    ASSERT_EQ(rates.size(), 2U);
    for (std::size_t field = 0; field < 2; ++field) {
        std::vector<double> loss(static_cast<std::size_t>(tray.voxel_count())); // the slow twin, voxel by voxel
        std::vector<double> gain(loss.size());
        for (std::size_t cell = 0; cell < population.size(); ++cell) {
            if (!agents::is_living(population.fate(cell))) {
                continue;
            }
            const CellExchange& exchange = setting.tissue.exchange[population.type(cell)][field];
            const auto voxel = tray.global_index(tray.voxel_at(population.position_um(cell)));
            loss[voxel] += exchange.uptake_per_min * population.volume_um3(cell) / 8000.0;
            gain[voxel] += exchange.secretion_um3_per_min[static_cast<std::size_t>(population.state(cell))] *
                           (1.0 + (exchange.hypoxia_factor - 1.0) * hypoxia[cell]) / 8000.0;
        }
        ASSERT_EQ(rates[field].loss_per_min.size(), loss.size());
        EXPECT_GT(sum_of(loss), 0.0);
        EXPECT_GT(sum_of(gain), 0.0);
        EXPECT_NEAR(sum_of(rates[field].loss_per_min) / sum_of(loss), 1.0, 1e-11);
        EXPECT_NEAR(sum_of(rates[field].gain_per_min) / sum_of(gain), 1.0, 1e-11);
        const double most_loss = *std::max_element(loss.begin(), loss.end());
        const double most_gain = *std::max_element(gain.begin(), gain.end());
        for (std::size_t v = 0; v < loss.size(); ++v) {
            ASSERT_NEAR(rates[field].loss_per_min[v], loss[v], 1e-11 * most_loss);
            ASSERT_NEAR(rates[field].gain_per_min[v], gain[v], 1e-11 * most_gain);
            ASSERT_GE(rates[field].loss_per_min[v], 0.0);
            ASSERT_EQ(loss[v] == 0.0, rates[field].loss_per_min[v] == 0.0);
        }
    }
}

TEST(ExchangeRates, DoNotDependOnTheOrderOfCells)
{
    const Setting setting;
    std::vector<std::vector<VoxelRates>> outcomes;
    std::vector<std::vector<double>> producers;
    for (const bool backwards : {false, true}) {
        agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
        auto cells = scattered(setting.tissue.types, 3000, backwards);
        std::rotate(cells.begin(), cells.begin() + (backwards ? 1000 : 0), cells.end());
        culture.found({cells.begin(), cells.begin() + 1700});
        culture.found({cells.begin() + 1700, cells.end()});
        outcomes.push_back(setting.rates(culture.population, hypoxia_by_id(culture.population)));
        producers.push_back(producer_fraction(culture.population, {}, tray, tray.box()));
    }
    for (std::size_t field = 0; field < 2; ++field) { // the same bits
        EXPECT_TRUE(outcomes[0][field].loss_per_min == outcomes[1][field].loss_per_min);
        EXPECT_TRUE(outcomes[0][field].gain_per_min == outcomes[1][field].gain_per_min);
    }
    EXPECT_TRUE(producers[0] == producers[1]);
}

TEST(ExchangeRates, TheDeadDoNothing)
{
    const Setting setting;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    auto cells = scattered(setting.tissue.types, 500);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].fate = i % 2 == 0 ? Fate::apoptotic : Fate::necrotic;
    }
    culture.found(cells);
    for (const VoxelRates& rates : setting.rates(culture.population, std::vector<double>(500, 1.0))) {
        EXPECT_EQ(sum_of(rates.loss_per_min), 0.0);
        EXPECT_EQ(sum_of(rates.gain_per_min), 0.0);
    }
    EXPECT_EQ(sum_of(producer_fraction(culture.population, {}, tray, tray.box())), 0.0);
}

TEST(ExchangeRates, DormantCellsLive)
{
    const Setting setting;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    auto cells = scattered(setting.tissue.types, 1);
    cells[0].fate = Fate::dormant;
    culture.found(cells);
    EXPECT_GT(sum_of(setting.rates(culture.population, {0.0})[0].loss_per_min), 0.0);
}

TEST(ExchangeRates, FullHypoxiaMultipliesSecretion)
{
    const Setting setting;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    auto cell = agents::test::cell_at(setting.tissue.types[0], 0, {50.0, 50.0, 50.0});
    cell.state = State::hybrid;
    culture.found({cell});
    const auto at_ease = setting.rates(culture.population, {0.0});
    const auto starved = setting.rates(culture.population, {1.0});
    EXPECT_NEAR(sum_of(at_ease[1].gain_per_min) * 8000.0 / 2e-15, 1.0, 1e-12);
    EXPECT_NEAR(sum_of(starved[1].gain_per_min) / sum_of(at_ease[1].gain_per_min), 3.0, 1e-11);
}

TEST(ExchangeRates, VesselsAndNormalTissueAreThereWithoutCells)
{
    Setting setting;
    setting.vessels.segments = {{{50.0, 50.0, 0.0}, {50.0, 50.0, 180.0}, 4.0, 0, true}};
    setting.fields[0].vessel_permeability_um_per_min = 100.0;
    setting.fields[0].vessel_concentration = 45.0;
    setting.fields[0].tissue_uptake_per_min = 0.5;
    setting.fields[0].tissue_gain_per_min = 0.25;
    const agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    const auto rates = setting.rates(culture.population, {});
    const auto voxels = static_cast<double>(tray.voxel_count());
    const double wall_um2 = 2.0 * 3.14159265358979 * 4.0 * 180.0;
    EXPECT_NEAR(sum_of(rates[0].loss_per_min), 0.5 * voxels + 100.0 * wall_um2 / 8000.0, 1e-6);
    EXPECT_NEAR(sum_of(rates[0].gain_per_min), 0.25 * voxels + 45.0 * 100.0 * wall_um2 / 8000.0, 1e-6);
    EXPECT_EQ(sum_of(rates[1].loss_per_min), 0.0);
    EXPECT_EQ(sum_of(rates[1].gain_per_min), 0.0);
    EXPECT_EQ(rates[0].loss_per_min[0], 0.5); // far from the vessel
}

TEST(ExchangeRates, UptakeSaturatesWhereTheFieldHasAHalfSaturationButExchangeWithVesselsDoesNot)
{
    Setting setting;
    setting.vessels.segments = {{{50.0, 50.0, 0.0}, {50.0, 50.0, 180.0}, 4.0, 0, true}};
    setting.fields[0].vessel_permeability_um_per_min = 100.0;
    setting.fields[0].tissue_uptake_per_min = 0.5;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    culture.found({agents::test::cell_at(setting.tissue.types[0], 0, {50.0, 50.0, 50.0})});
    const VoxelRates first_order = setting.rates(culture.population, {0.0})[0];
    setting.fields[0].substance.half_saturation = 2.5;
    const VoxelRates saturating = setting.rates(culture.population, {0.0})[0];
    EXPECT_TRUE(first_order.saturating_loss_per_min.empty());
    ASSERT_EQ(saturating.saturating_loss_per_min.size(), first_order.loss_per_min.size());
    const double wall_um2 = 2.0 * 3.14159265358979 * 4.0 * 180.0;
    EXPECT_NEAR(sum_of(saturating.loss_per_min), 100.0 * wall_um2 / 8000.0, 1e-6);
    EXPECT_NEAR(sum_of(saturating.loss_per_min) + sum_of(saturating.saturating_loss_per_min),
                sum_of(first_order.loss_per_min), 1e-6);
    EXPECT_GT(sum_of(saturating.saturating_loss_per_min), 0.5 * static_cast<double>(tray.voxel_count()));
}

TEST(ProducerFraction, WeighsLivingCellsByState)
{
    const Setting setting;
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    std::vector<agents::CellRecord> cells;
    for (std::uint64_t i = 0; i < 3; ++i) {
        auto cell =
            agents::test::cell_at(setting.tissue.types[0], i, {50.0 + 40.0 * static_cast<double>(i), 50.0, 50.0});
        cell.state = static_cast<State>(i);
        cells.push_back(cell);
    }
    culture.found(cells);
    MatrixDescription matrix;
    matrix.producer = {0.25, 0.5, 10.0};
    const auto fraction = producer_fraction(culture.population, matrix, tray, tray.box());
    const double filled = setting.tissue.types[0].volume.total_um3 / 8000.0;
    for (int i = 0; i < 3; ++i) {
        EXPECT_NEAR(fraction[tray.global_index({2 + 2 * i, 2, 2})],
                    matrix.producer[static_cast<std::size_t>(i)] * filled, 1e-9);
    }
    EXPECT_NEAR(sum_of(fraction), 10.75 * filled, 1e-9);
}

TEST(ExchangeRates, FollowRulesWhereThereAreAny)
{
    Setting setting;
    const rules::Influence by{agents::own_signal_count, 2.0, 1.0}; // the only signal of the tissue
    agents::RuledBehaviour secretion{agents::secretion_of(1), {}};
    secretion.response.base = 1e-15;
    secretion.response.most = 5e-15;
    secretion.response.raising = {by};
    agents::RuledBehaviour uptake{agents::uptake_of(0), {}};
    uptake.response.lowering = {by}; // from the type's own to nothing
    setting.tissue.types[0].rules = {secretion, uptake};
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    std::vector<agents::CellRecord> cells;
    for (std::uint64_t n = 0; n < 6; ++n) {
        cells.push_back(agents::test::cell_at(setting.tissue.types[n % 2], n, {30.0 + 60.0 * double(n), 50.0, 50.0}));
        cells.back().type = n % 2;
        cells.back().fate = n == 4 ? Fate::apoptotic : Fate::cycling;
    }
    culture.found(cells);
    agents::Environment environment(6);
    environment.signals = {std::vector<double>(6, 6.0)}; // three times the half: three quarters of the effect
    const Heard heard{environment, 0};
    const auto rates = exchange_rates(culture.population, setting.tissue, setting.fields,
                                      VesselMap(setting.vessels, tray, tray.box(), 20.0), tray, tray.box(),
                                      std::vector<double>(6, 1.0), &heard);
    const double volume = setting.tissue.types[0].volume.total_um3;
    const double other = setting.tissue.types[1].volume.total_um3;
    // Two living cells of either type; hypoxia does not act where rules do, and type 1 secretes 4e-15 as ever.
    EXPECT_NEAR(sum_of(rates[1].gain_per_min) * 8000.0 / (2.0 * 4e-15 + 3.0 * 4e-15), 1.0, 1e-11);
    EXPECT_NEAR(sum_of(rates[0].loss_per_min) * 8000.0 / (2.0 * 2.5 * volume + 3.0 * 3.0 * other), 1.0, 1e-11);
}

TEST(DepositionRates, AddWhatCellsLayDown)
{
    Setting setting;
    setting.tissue.behaviour.resize(2);
    setting.tissue.behaviour[1].matrix_deposition_per_min = 2e-3;
    agents::RuledBehaviour ruled{agents::Behaviour::matrix_deposition, {}};
    ruled.response.most = 1e-2;
    ruled.response.raising = {{agents::own_signal_count, 2.0, 1.0}};
    setting.tissue.types[0].rules = {ruled};
    agents::test::Culture culture(tray, {1, 1, 1}, setting.comm, setting.tissue.types);
    auto first = agents::test::cell_at(setting.tissue.types[0], 0, {30.0, 50.0, 50.0});
    auto second = agents::test::cell_at(setting.tissue.types[1], 1, {130.0, 50.0, 50.0});
    second.type = 1;
    culture.found({first, second});
    agents::Environment environment(2);
    environment.signals = {{2.0, 2.0}};
    MatrixDescription matrix;
    matrix.deposition_per_min = 1e-4;
    const auto rates =
        deposition_per_min(culture.population, setting.tissue, matrix, tray, tray.box(), {environment, 0});
    const auto at = [&](const Vec3& place) { return rates[tray.global_index(tray.voxel_at(place))]; };
    EXPECT_NEAR(at(first.position_um), 1e-4 + 5e-3 * setting.tissue.types[0].volume.total_um3 / 8000.0, 1e-11);
    EXPECT_NEAR(at(second.position_um), 1e-4 + 2e-3 * setting.tissue.types[1].volume.total_um3 / 8000.0, 1e-11);
    EXPECT_EQ(rates.back(), 1e-4);
}

} // namespace paget::organ
