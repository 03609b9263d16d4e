// Cells follow rules. Stochastic checks allow three standard errors: with the fixed seeds they pass or fail for good;
// for a free seed each would raise a false alarm in 0.3 %.

#include "paget/core/error.hpp"
#include "ruled_cells.hpp"
#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace paget::agents::test
{

TEST(Rules, CellsGrowAsAFieldSays)
{
    const auto comm = parallel::Communicator::self();
    const double most = 0.0432 / 60.0;
    CellType type = loner(2e-3);
    type.rules = {raised(Behaviour::cycle_entry, 1e-4, most, {field(0), 21.5, 3.5})};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 21);
    const std::vector<double> signals{0.0, 15.0, 40.0};
    culture.sense = by_clone(signals);
    culture.found(spread(type, 3600));
    const double step = 16.05;
    const int steps = 60;
    for (int k = 0; k < steps; ++k) {
        culture.decide(step);
    }
    const auto grown = count_by_clone(culture.population, signals.size(), [](const CellRecord&) { return true; });
    for (std::size_t group = 0; group < signals.size(); ++group) {
        const double up = signals[group] > 0.0 ? hill_of(signals[group], 21.5, 3.5) : 0.0;
        const double q = 1.0 - std::exp(-((1.0 - up) * 1e-4 + up * most) * step); // to divide in a step
        const double factor = std::pow(1.0 + q, steps);
        // A branching process: each step adds one cell with probability q.
        const double variance = 1200.0 * (1.0 - q) / (1.0 + q) * factor * (factor - 1.0);
        paget::test::obtained(fmt::format("growth under a rule, signal {}", signals[group]),
                              fmt::format("{:.4f} +- {:.4f}", grown[group] / 1200.0, std::sqrt(variance) / 1200.0),
                              factor);
        EXPECT_NEAR(grown[group], 1200.0 * factor, 3.0 * std::sqrt(variance));
        EXPECT_LT(std::sqrt(variance), 0.02 * grown[group]); // the check is sharp
    }
}

TEST(Rules, PressureSlowsTheCycleByItsRuleOnly)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner(0.02);
    type.cycle.pressure_limit = 1e-6; // would stop everyone
    type.rules = {lowered(Behaviour::cycle_entry, 0.02, 0.0, {number(OwnSignal::pressure), 0.3, 2.0})};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 22);
    culture.sense = [](const Population& p) {
        Environment environment(p.size());
        environment.oxygen_mmHg.assign(p.size(), 0.0); // likewise
        return environment;
    };
    auto cells = spread(type, 4000);
    for (std::size_t n = 0; n < cells.size(); n += 2) { // pairs at many distances
        const double gap_um = 1.0 + 16.0 * static_cast<double>(n) / 4000.0;
        cells[n + 1].position_um = cells[n].position_um + Vec3{gap_um, 0.0, 0.0};
    }
    culture.found(cells);
    double mean = 0.0;
    double variance = 0.0;
    double highest = 0.0;
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const double pressure = culture.population.pressure(i);
        const double rate = pressure > 0.0 ? 0.02 * (1.0 - hill_of(pressure, 0.3, 2.0)) : 0.02;
        const double q = 1.0 - std::exp(-rate * 30.0);
        mean += q;
        variance += q * (1.0 - q);
        highest = std::max(highest, pressure);
    }
    culture.decide(30.0);
    EXPECT_GT(highest, 1.0);
    EXPECT_LT(mean, 0.7 * 4000.0 * (1.0 - std::exp(-0.6))); // pressure matters
    EXPECT_NEAR(static_cast<double>(culture.tally.born), mean, 3.0 * std::sqrt(variance));
}

TEST(Rules, TheCycleWithoutASignalIsThatOfPhaseAndState)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner(0.01);
    type.cycle.relative_rate = {1.0, 0.5, 0.0};
    type.cycle.pressure_limit = 1e-6;
    type.rules = {unstirred(Behaviour::cycle_entry)};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 23);
    culture.sense = [](const Population& p) {
        Environment environment = by_clone({0.0})(p);
        environment.oxygen_mmHg.assign(p.size(), 0.0); // would stop the cycle
        return environment;
    };
    auto cells = spread(type, 6000);
    for (CellRecord& cell : cells) {
        cell.state = static_cast<State>(cell.clone % 3);
    }
    culture.found(cells);
    culture.decide(40.0);
    const auto born =
        count_by_clone(culture.population, 3, [](const CellRecord& cell) { return cell.parent != no_cell; });
    expect_share(born[0], 2000.0, 1.0 - std::exp(-0.4));
    expect_share(born[1], 2000.0, 1.0 - std::exp(-0.2));
    EXPECT_EQ(born[2], 0.0);
}

TEST(Rules, DeathsCompeteAtRuledRates)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner();
    type.rules = {raised(Behaviour::apoptosis, 2e-4, 4e-3, {field(0), 2.0, 2.0}),
                  lowered(Behaviour::necrosis, 3e-3, 1e-3, {field(0), 5.0, 1.0})};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 24);
    const std::vector<double> signals{0.0, 2.0, 6.0};
    culture.sense = by_clone(signals); // at 160 mmHg: without rules nobody dies of necrosis
    auto cells = spread(type, 9000);
    for (std::size_t n = 0; n < 1500; ++n) {
        cells[n].fate = Fate::dormant; // they live, and so follow
    }
    culture.found(cells);
    culture.decide(100.0);
    const auto apoptotic =
        count_by_clone(culture.population, 3, [](const CellRecord& cell) { return cell.fate == Fate::apoptotic; });
    const auto necrotic =
        count_by_clone(culture.population, 3, [](const CellRecord& cell) { return cell.fate == Fate::necrotic; });
    for (std::size_t group = 0; group < 3; ++group) {
        const double up = signals[group] > 0.0 ? hill_of(signals[group], 2.0, 2.0) : 0.0;
        const double down = signals[group] > 0.0 ? hill_of(signals[group], 5.0, 1.0) : 0.0;
        const double apoptosis = 2e-4 + up * (4e-3 - 2e-4);
        const double necrosis = 3e-3 - down * (3e-3 - 1e-3);
        const double dead = 1.0 - std::exp(-(apoptosis + necrosis) * 100.0);
        expect_share(apoptotic[group], 3000.0, apoptosis / (apoptosis + necrosis) * dead);
        expect_share(necrotic[group], 3000.0, necrosis / (apoptosis + necrosis) * dead);
    }
    EXPECT_EQ(culture.tally.died[0], std::llround(apoptotic[0] + apoptotic[1] + apoptotic[2]));
    EXPECT_EQ(culture.tally.died[1], std::llround(necrotic[0] + necrotic[1] + necrotic[2]));
}

TEST(Rules, StatesChangeAtRuledRates)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner();
    const rules::Influence by{field(0), 3.0, 2.0};
    type.rules = {raised(Behaviour::to_hybrid, 0.0, 4e-3, by), raised(Behaviour::to_mesenchymal, 1e-3, 5e-3, by),
                  lowered(Behaviour::mesenchymal_to_hybrid, 6e-3, 0.0, by),
                  lowered(Behaviour::hybrid_to_epithelial, 3e-3, 1e-3, by)};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 25);
    culture.sense = by_clone({4.0});
    auto cells = spread(type, 9000);
    for (CellRecord& cell : cells) {
        cell.state = static_cast<State>(cell.clone % 3);
    }
    culture.found(cells);
    culture.decide(60.0);
    const auto now = [&](State state) {
        return count_by_clone(culture.population, 3, [&](const CellRecord& cell) { return cell.state == state; });
    };
    const double effect = hill_of(4.0, 3.0, 2.0);
    const auto share = [](double rate, double total) { return rate / total * (1.0 - std::exp(-60.0 * total)); };
    const double forth = 1e-3 + effect * 4e-3;
    const double back = 3e-3 - effect * 2e-3;
    expect_share(now(State::hybrid)[0], 3000.0, share(4e-3 * effect, 4e-3 * effect));
    expect_share(now(State::mesenchymal)[1], 3000.0, share(forth, forth + back));
    expect_share(now(State::epithelial)[1], 3000.0, share(back, forth + back));
    expect_share(now(State::hybrid)[2], 3000.0, share(6e-3 * (1.0 - effect), 6e-3 * (1.0 - effect)));
    EXPECT_EQ(now(State::mesenchymal)[0], 0.0); // one change per step
    EXPECT_EQ(now(State::epithelial)[2], 0.0);
}

TEST(Rules, ReplaceWhatElseWouldAct)
{
    const auto comm = parallel::Communicator::self();
    CellType own = loner();
    own.death.necrosis_per_min = certain;
    own.transition.to_hybrid_per_min = certain;
    own.transition.mesenchymal_to_hybrid_per_min = certain;
    own.transition.hybrid_to_epithelial_per_min = certain;
    const auto after_a_step = [&](const std::vector<RuledBehaviour>& rules, State state, double oxygen_mmHg,
                                  double tgf_beta) {
        CellType type = own;
        type.rules = rules;
        Culture culture(wide, {1, 1, 1}, comm, {type}, 26);
        culture.sense = [&](const Population& p) {
            Environment environment = by_clone({0.0})(p);
            environment.oxygen_mmHg.assign(p.size(), oxygen_mmHg);
            environment.tgf_beta.assign(p.size(), tgf_beta);
            return environment;
        };
        auto cells = spread(type, 1);
        cells[0].state = state;
        culture.found(cells);
        culture.decide(6.0);
        return culture.population.record(0);
    };
    const auto e = State::epithelial;
    const auto h = State::hybrid;
    const auto m = State::mesenchymal;
    const double cue = 1e9; // of TGF-beta, far beyond its half
    // Oxygen does not count where a rule rules necrosis: neither its plenty nor its lack.
    EXPECT_EQ(after_a_step({}, e, 160.0, 0.0).fate, Fate::cycling);
    EXPECT_EQ(after_a_step({unstirred(Behaviour::necrosis)}, e, 160.0, 0.0).fate, Fate::necrotic);
    EXPECT_EQ(after_a_step({}, e, 0.0, 0.0).fate, Fate::necrotic);
    EXPECT_EQ(after_a_step({raised(Behaviour::necrosis, 0.0, 1.0, {field(0), 1.0, 4.0})}, e, 0.0, 0.0).fate,
              Fate::cycling);
    // Nor does the cue of the states: without the signal the hazards are the type's own.
    EXPECT_EQ(after_a_step({}, e, 160.0, cue).state, h);
    EXPECT_EQ(after_a_step({unstirred(Behaviour::to_hybrid)}, e, 160.0, cue).state, e); // spontaneous: 0
    EXPECT_EQ(after_a_step({}, m, 160.0, 0.0).state, h);
    EXPECT_EQ(after_a_step({unstirred(Behaviour::mesenchymal_to_hybrid)}, m, 160.0, cue).state, h);
    EXPECT_EQ(
        after_a_step({raised(Behaviour::mesenchymal_to_hybrid, 0.0, 1.0, {field(0), 1.0, 4.0})}, m, 160.0, 0.0).state,
        m);
    EXPECT_EQ(after_a_step({unstirred(Behaviour::hybrid_to_epithelial)}, h, 160.0, cue).state, e);
    own.transition.to_mesenchymal_per_min = certain;
    own.transition.hybrid_to_epithelial_per_min = 0.0;
    EXPECT_EQ(after_a_step({}, h, 160.0, cue).state, m);
    EXPECT_EQ(after_a_step({unstirred(Behaviour::to_mesenchymal)}, h, 160.0, cue).state, h); // 0 without rules' signal
    own.transition.spontaneous_per_min = certain;
    own.transition.to_hybrid_per_min = 0.0;
    EXPECT_EQ(after_a_step({unstirred(Behaviour::to_hybrid)}, e, 160.0, 0.0).state, h);
}

TEST(Rules, ThatSayWhatTheParameterSaysChangeNoBit)
{
    const auto comm = parallel::Communicator::self();
    CellType own = loner(2e-3);
    own.cycle.oxygen_saturation_mmHg = 100.0;
    own.death.apoptosis_per_min = 3e-4;
    own.transition.spontaneous_per_min = 4e-3;
    own.transition.mesenchymal_to_hybrid_per_min = 2e-3;
    own.transition.hybrid_to_epithelial_per_min = 3e-3;
    own.mutation.probability = 0.1;
    own.mutation.spread = 0.3;
    own.motility.speed_um_per_min = {0.1, 0.4, 0.7};
    own.motility.persistence_min = 40.0;
    own.motility.chemotaxis_bias = 0.3;
    own.motility.haptotaxis_bias = 0.2;
    const auto end_of = [&](const std::vector<RuledBehaviour>& rules, double signal) {
        CellType type = own;
        type.rules = rules;
        Culture culture(wide, {1, 1, 1}, comm, {type}, 32, {6.0, 6.0});
        culture.sense = [&](const Population& p) {
            Environment environment = by_clone({signal})(p);
            environment.chemoattractant.assign(p.size(), {0.6, 0.0, 0.0});
            environment.matrix_direction.assign(p.size(), {0.0, 0.5, 0.0});
            return environment;
        };
        auto cells = spread(type, 300);
        for (CellRecord& cell : cells) {
            cell.state = static_cast<State>(cell.clone % 3);
        }
        culture.found(cells);
        for (int step = 0; step < 20; ++step) {
            culture.advance(12.0);
        }
        return culture.checksum();
    };
    const std::uint64_t without = end_of({}, 0.0);
    std::vector<RuledBehaviour> all;
    for (std::size_t b = 0; b < behaviour_count; ++b) {
        const auto behaviour = static_cast<Behaviour>(b);
        const bool no_such_phase = behaviour > Behaviour::phase_1_rate && behaviour <= Behaviour::phase_4_rate;
        const bool of_fights = behaviour >= Behaviour::attachment && behaviour <= Behaviour::phagocytosis;
        const bool of_others = belongs_to(behaviour, Stage::tissue) || belongs_to(behaviour, Stage::blood);
        if (no_such_phase || of_fights || of_others) {
            continue;
        }
        all.push_back(unstirred(behaviour));
        all.back().response.most =
            behaviour < Behaviour::speed || behaviour == Behaviour::phase_1_rate || behaviour == Behaviour::emigration
                ? 0.02
                : 1.0; // of rates: few births are enough
        if (behaviour == Behaviour::necrosis) {
            all.back().response.base = 0.0; // there is oxygen
        }
        EXPECT_EQ(end_of({all.back()}, 0.0), without) << behaviour_words()[b].name;
        EXPECT_NE(end_of({all.back()}, 0.5), without) << behaviour_words()[b].name; // and it can be seen
    }
    EXPECT_EQ(end_of(all, 0.0), without);
}

TEST(Rules, TheDeadFollowNothing)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner(1e-3);
    for (std::size_t b = 0; b < behaviour_count; ++b) {
        const auto behaviour = static_cast<Behaviour>(b);
        const double most = behaviour == Behaviour::speed ? 1.0 : behaviour == Behaviour::persistence ? 0.0 : certain;
        type.rules.push_back(raised(behaviour, most, most, {number(OwnSignal::age), 1.0, 4.0}));
    }
    Culture culture(wide, {1, 1, 1}, comm, {type}, 33);
    auto cells = spread(type, 200);
    for (CellRecord& cell : cells) {
        cell.fate = cell.clone % 2 == 0 ? Fate::apoptotic : Fate::necrotic;
        cell.state = static_cast<State>(cell.clone % 3);
    }
    culture.found(cells);
    culture.advance(6.0);
    ASSERT_EQ(culture.cells(), 200);
    for (std::size_t i = 0; i < culture.population.size(); ++i) {
        const CellRecord now = culture.population.record(i);
        const CellRecord& then = cells[now.id.number()];
        EXPECT_EQ(now.fate, then.fate);
        EXPECT_EQ(now.state, then.state);
        EXPECT_EQ(now.heading, then.heading);
        EXPECT_NEAR(norm(now.position_um - then.position_um), 0.0, 1e-7);
    }
    EXPECT_EQ(culture.tally.born, 0);
    EXPECT_EQ(culture.tally.died, (std::array<std::int64_t, death_cause_count>{}));
}

TEST(Rules, OfOtherTypesConcernNobody)
{
    const auto comm = parallel::Communicator::self();
    CellType plain = loner(2e-3);
    plain.motility.speed_um_per_min = {0.3, 0.4, 0.5};
    plain.death.apoptosis_per_min = 1e-4;
    plain.transition.spontaneous_per_min = 1e-3;
    CellType mobile = loner();
    CellType restless = loner();
    const auto end_of_type = [&](std::uint8_t observed, const std::vector<CellType>& types) {
        Culture culture(wide, {1, 1, 1}, comm, types, 35);
        culture.sense = by_clone({0.5, 3.0});
        auto cells = spread(types[0], 600);
        for (CellRecord& cell : cells) {
            cell.type = static_cast<std::uint8_t>(cell.clone % types.size());
        }
        culture.found(cells);
        for (int step = 0; step < 10; ++step) {
            culture.advance(12.0);
        }
        UnorderedChecksum sum;
        for (std::size_t i = 0; i < culture.population.size(); ++i) {
            const CellRecord cell = culture.population.record(i);
            if (cell.type == observed) {
                const std::uint64_t key = mix64(cell.id.value);
                add_vector(sum, key, cell.position_um);
                add_vector(sum, key + 3, cell.heading);
                sum.add(key + 6, cell.volume.total_um3());
                sum.add(key + 7, static_cast<std::uint64_t>(cell.state) << 8U | static_cast<std::uint64_t>(cell.fate));
            }
        }
        return sum.value();
    };
    const rules::Influence by{field(0), 1.0, 2.0};
    CellType ruled_mobile = mobile; // two types with different rules: neither takes the other's
    ruled_mobile.rules = {raised(Behaviour::persistence, 5.0, 50.0, by), raised(Behaviour::speed, 0.1, 0.9, by)};
    CellType ruled_restless = restless;
    ruled_restless.rules = {raised(Behaviour::speed, 0.2, 0.8, by), raised(Behaviour::apoptosis, 1e-4, 1e-2, by),
                            raised(Behaviour::to_hybrid, 1e-4, 1e-2, by)};
    EXPECT_EQ(end_of_type(0, {plain, ruled_mobile, ruled_restless}), end_of_type(0, {plain, mobile, restless}));
    EXPECT_EQ(end_of_type(1, {plain, ruled_mobile, ruled_restless}), end_of_type(1, {plain, ruled_mobile, restless}));
    EXPECT_EQ(end_of_type(2, {plain, ruled_mobile, ruled_restless}), end_of_type(2, {plain, mobile, ruled_restless}));
    EXPECT_NE(end_of_type(1, {plain, ruled_mobile, restless}), end_of_type(1, {plain, mobile, restless}));
    EXPECT_NE(end_of_type(2, {plain, mobile, ruled_restless}), end_of_type(2, {plain, mobile, restless}));
}

TEST(Rules, SignalsMustFitTheCellsAndTheRules)
{
    const auto comm = parallel::Communicator::self();
    CellType type = loner();
    type.rules = {raised(Behaviour::speed, 0.1, 0.9, {field(1), 1.0, 2.0})};
    Culture culture(wide, {1, 1, 1}, comm, {type}, 36);
    culture.found(spread(type, 5));
    Environment environment(5);
    environment.signals = {std::vector<double>(5), std::vector<double>(5)};
    const auto expect_refused = [&] {
        const TimeStep step{0, ticks_from_minutes(6.0)};
        EXPECT_THROW(culture.population.decide(environment, step), BugError);
        EXPECT_THROW(culture.population.move(environment, step), BugError);
    };
    environment.signals[1].resize(4); // a cell without its value
    expect_refused();
    environment.signals[1].resize(6);
    expect_refused();
    environment.signals[1].resize(5);
    environment.signals.pop_back(); // a field that a rule listens to is missing
    expect_refused();
    environment.signals.emplace_back(5);
    EXPECT_NO_THROW(culture.population.decide(environment, culture.next_step(6.0)));
    EXPECT_NO_THROW(culture.population.move(environment, culture.next_step(6.0)));
}

} // namespace paget::agents::test
