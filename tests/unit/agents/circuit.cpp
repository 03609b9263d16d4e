// Cells that carry a circuit of genes.

#include "culture.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace paget::agents::test
{
namespace
{
const mesh::Grid dish{{120, 120, 1}, 40.0};

CellType with_circuit(TransitionModel model)
{
    CellType type = resting_type();
    type.transition.model = model;
    type.mechanics.repulsion_um_per_min = 0.0;
    type.mechanics.adhesion_um_per_min = {0.0, 0.0, 0.0};
    return type;
}

std::vector<CellRecord> in_rows(const CellType& type, std::uint64_t count)
{
    std::vector<CellRecord> cells;
    for (std::uint64_t n = 0; n < count; ++n) {
        cells.push_back(cell_at(
            type, n, {20.0 + 46.0 * static_cast<double>(n % 100), 20.0 + 46.0 * static_cast<double>(n / 100), 20.0}));
    }
    return cells;
}

Culture::Sensing in(double tgf_beta, double oxygen_mmHg)
{
    return [=](const Population& p) {
        Environment environment(p.size());
        environment.tgf_beta.assign(p.size(), tgf_beta);
        environment.oxygen_mmHg.assign(p.size(), oxygen_mmHg);
        return environment;
    };
}

/// Problems of a case with these lines in a section of a cell type.
std::vector<std::string> problems_with(const std::string& lines)
{
    config::Catalogue catalogue;
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text("[cell.tumour]\n" + lines, "case.ini");
    description.check();
    read_cell_types(description);
    std::vector<std::string> messages;
    for (const auto& problem : description.problems()) {
        messages.push_back(problem.origin.text() + ": " + problem.key + ": " + problem.message);
    }
    return messages;
}
} // namespace

TEST(Circuit, InputFollowsTheCues)
{
    TransitionParameters t;
    EXPECT_EQ(circuit_input(t, 10.0, 0.0), 0.0); // hazards
    t.model = TransitionModel::mir200_zeb;
    EXPECT_EQ(circuit_input(t, 0.0, 160.0), t.snail_base);
    EXPECT_EQ(circuit_input(t, 0.0, 0.0), t.snail_full);
    EXPECT_NEAR(circuit_input(t, t.tgf_beta_half, 160.0), 0.5 * (t.snail_base + t.snail_full), 1e-6);
    t.model = TransitionModel::mir34_mir200;
    EXPECT_EQ(circuit_input(t, 0.0, 160.0), t.signal_base);
    EXPECT_EQ(circuit_input(t, 0.0, 0.0), t.signal_full);
    t.model = TransitionModel::tgf_beta_circuit;
    t.tgf_beta_unit = 2.0;
    EXPECT_DOUBLE_EQ(circuit_input(t, 3.0, 160.0), 1.5);
    EXPECT_DOUBLE_EQ(circuit_input(t, 3.0, 0.0), 1.5 + t.hypoxia_dose);
}

TEST(Circuit, CellsFollowTheOdesAndTheirStateTheValues)
{
    const auto comm = parallel::Communicator::self();
    for (const auto model :
         {TransitionModel::mir200_zeb, TransitionModel::mir34_mir200, TransitionModel::tgf_beta_circuit}) {
        const CellType type = with_circuit(model);
        Culture culture(dish, {1, 1, 1}, comm, {type});
        culture.sense = in(5.0, 160.0);
        culture.found(in_rows(type, 2));
        CircuitState expected = circuit_at_rest(model, State::epithelial);
        EXPECT_EQ(culture.population.record(0).circuit, expected); // begun on insertion
        const double input = circuit_input(type.transition, 5.0, 160.0);
        for (int k = 0; k < 500; ++k) {
            culture.decide(30.0);
            expected = advanced(model, expected, input, 0.5);
        }
        EXPECT_EQ(culture.population.record(1).circuit, expected);
        EXPECT_EQ(culture.population.state(1), state_of(model, expected));
        EXPECT_NE(culture.population.state(1), State::epithelial) << "the case must show a change";
    }
}

TEST(Circuit, IsInheritedAtDivision)
{
    const auto comm = parallel::Communicator::self();
    CellType type = with_circuit(TransitionModel::mir200_zeb);
    type.cycle.phases = standard_phases("live");
    type.cycle.phases[0].rate_per_min = 1e9; // every step
    type.cycle.pressure_limit = 1e12;
    Culture culture(dish, {1, 1, 1}, comm, {type});
    culture.sense = in(5.0, 160.0);
    culture.found(in_rows(type, 1));
    culture.decide(300.0);
    ASSERT_EQ(culture.population.size(), 2U);
    EXPECT_EQ(culture.population.record(0).circuit, culture.population.record(1).circuit);
    EXPECT_NE(culture.population.record(0).circuit, circuit_at_rest(TransitionModel::mir200_zeb, State::epithelial));
}

TEST(Circuit, TravellersKeepTheirsAndTheDeadChangeNoMore)
{
    const auto comm = parallel::Communicator::self();
    const CellType type = with_circuit(TransitionModel::mir34_mir200);
    Culture culture(dish, {1, 1, 1}, comm, {type});
    culture.sense = in(5.0, 160.0);
    culture.found(in_rows(type, 3));
    culture.decide(600.0);
    const CircuitState then = culture.population.record(0).circuit;
    culture.population.set_fate(0, Fate::apoptotic, culture.now);
    const std::vector<CellRecord> gone = culture.population.remove({false, true, false});
    culture.decide(60.0);
    ASSERT_EQ(culture.population.size(), 2U);
    EXPECT_EQ(culture.population.record(0).circuit, then);
    EXPECT_NE(culture.population.record(1).circuit, then);
    culture.population.insert(gone);
    EXPECT_EQ(culture.population.record(1).circuit, then);
}

TEST(Circuit, InputSpreadsLognormally)
{
    // After a moment SNAIL's messenger has grown with a rate that rises with the input: shares of cells below the
    // amounts that given inputs make are those of the inputs.
    const auto comm = parallel::Communicator::self();
    CellType type = with_circuit(TransitionModel::mir34_mir200);
    type.transition.input_spread = 0.4;
    const std::size_t count = 10000;
    Culture culture(dish, {1, 1, 1}, comm, {type}, 5);
    culture.found(in_rows(type, count));
    culture.decide(0.1);
    const auto snail_mrna = 4;
    const CircuitState start = circuit_at_rest(type.transition.model, State::epithelial);
    const auto after = [&](double factor) {
        return advanced(type.transition.model, start, type.transition.signal_base * factor, 0.1 / 60.0)[snail_mrna];
    };
    std::map<double, std::size_t> below{{-1.0, 0}, {0.0, 0}, {1.0, 0}};
    for (auto& [deviations, cells] : below) {
        const double limit = after(std::exp(0.4 * deviations));
        for (std::size_t i = 0; i < count; ++i) {
            cells += culture.population.record(i).circuit[snail_mrna] < limit ? 1U : 0U;
        }
        const double share = 0.5 * std::erfc(-deviations / std::sqrt(2.0));
        const double found = static_cast<double>(cells) / static_cast<double>(count);
        EXPECT_NEAR(found, share, 3.0 * std::sqrt(share * (1.0 - share) / static_cast<double>(count))) << deviations;
    }
}

TEST(Circuit, ItsColumnsAreThereOnlyIfATypeUsesThem)
{
    const CellType plain = resting_type();
    EXPECT_EQ(circuit_width({plain}), 0U);
    EXPECT_EQ(circuit_width({plain, with_circuit(TransitionModel::mir200_zeb)}), 3U);
    EXPECT_EQ(circuit_width({with_circuit(TransitionModel::tgf_beta_circuit), plain}), 9U);
    const auto comm = parallel::Communicator::self();
    const auto bytes = [&](const CellType& type) {
        Culture culture(dish, {1, 1, 1}, comm, {type});
        culture.found(in_rows(type, 8000));
        return static_cast<double>(culture.population.bytes()) / 8000.0;
    };
    const double more = bytes(with_circuit(TransitionModel::tgf_beta_circuit)) - bytes(plain);
    EXPECT_GE(more, 72.0);
    EXPECT_LT(more, 76.0);
}

TEST(Circuit, KeysOfOtherModelsAreRefused)
{
    EXPECT_THAT(problems_with("transition.model = mir200_zeb\ntransition.snail_full = 240000\n"), testing::IsEmpty());
    EXPECT_THAT(
        problems_with("transition.model = tgf_beta_circuit\ntransition.to_hybrid = 1 1/day\n"
                      "transition.tgf_beta_half = 1 ng/ml\ntransition.tgf_beta_unit = 2 ng/ml\n"),
        testing::UnorderedElementsAre(testing::AllOf(testing::HasSubstr("case.ini:3: cell.tumour.transition.to_hybrid"),
                                                     testing::HasSubstr("tgf_beta_circuit, does not use it")),
                                      testing::HasSubstr("case.ini:4: cell.tumour.transition.tgf_beta_half")));
    EXPECT_THAT(problems_with("transition.snail_base = 100000\n"),
                testing::ElementsAre(testing::HasSubstr("hazards, does not use it")));
    EXPECT_THAT(problems_with("transition.model = mir34_mir200\ntransition.signal_base = 95000\n"),
                testing::ElementsAre(testing::AllOf(testing::HasSubstr("transition.signal_full"),
                                                    testing::HasSubstr("a full cue would lower it"))));
    EXPECT_THAT(problems_with("transition.model = mir200\n"), testing::ElementsAre(testing::HasSubstr("mir200_zeb")));
}

} // namespace paget::agents::test
