// What rules cost, per cell and coupling step, beside the mechanics of the same cells.

#include "ruled_values.hpp"
#include "support/bench.hpp"
#include "support/tissue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>

namespace paget::bench
{
namespace
{
using agents::Behaviour;
using agents::RuledValues;

constexpr double step_min = 6.0;
constexpr std::size_t heard_of_tissue = 6; // a field and its gradient, contacts, ...

double cpu_s() { return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC); }

/// So many rules, on behaviours in turn, each listening to another signal; every third exponent is the given one, the
/// others 4.
agents::CellType ruled_type(std::size_t rules, double third)
{
    constexpr Behaviour behaviours[] = {Behaviour::cycle_entry, Behaviour::apoptosis, Behaviour::necrosis,
                                        Behaviour::to_hybrid, Behaviour::speed};
    agents::CellType type;
    type.cycle.phases = agents::standard_phases("live");
    for (const Behaviour behaviour : behaviours) {
        type.rules.push_back({behaviour, {}});
        type.rules.back().response.base = 1e-4;
        type.rules.back().response.most = 1e-2;
    }
    for (std::size_t r = 0; r < rules; ++r) {
        rules::Response& response = type.rules[r % std::size(behaviours)].response;
        const std::size_t own = r / 2 % 5; // pressure, volume, age, time in phase, matrix
        const std::size_t signal = r % 2 == 0 ? agents::own_signal_count + r / 2 % heard_of_tissue : own;
        auto& side = r % 4 < 2 ? response.raising : response.lowering;
        side.push_back(
            {static_cast<std::uint32_t>(signal), 0.5 + 0.1 * static_cast<double>(r), r % 3 == 0 ? third : 4.0});
    }
    return type;
}

/// The cells of the tissue as the population keeps them.
agents::Columns columns_of(const Tissue& tissue)
{
    agents::Columns cells(0x1p-20);
    for (std::size_t i = 0; i < tissue.population().size(); ++i) {
        cells.append(tissue.population().record(i));
    }
    return cells;
}

agents::Environment surroundings(std::size_t cells)
{
    agents::Environment environment(cells);
    environment.signals.assign(heard_of_tissue, std::vector<double>(cells));
    for (std::size_t s = 0; s < heard_of_tissue; ++s) {
        for (std::size_t i = 0; i < cells; ++i) {
            environment.signals[s][i] = 0.01 * static_cast<double>((i * (s + 3)) % 257);
        }
    }
    return environment;
}

double plain_hill(const std::vector<rules::Influence>& influences, const std::vector<double>& signals)
{
    double sum = 0.0;
    for (const rules::Influence& influence : influences) {
        sum += signals[influence.signal] > 0.0 ? std::pow(signals[influence.signal] / influence.half, influence.hill)
                                               : 0.0;
    }
    return sum / (1.0 + sum);
}

/// Largest relative difference from the response as it is written, by the C library's power.
double difference(const agents::CellType& type, const agents::Columns& cells, const agents::Environment& environment,
                  Tick now, const RuledValues& values)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < cells.size(); i += 97) {
        std::vector<double> signals(agents::own_signal_count + heard_of_tissue);
        signals[0] = cells.pressure(i);
        signals[1] = cells.volume[i].total_um3();
        signals[2] = minutes_from_ticks(now - cells.born_at[i]);
        signals[3] = minutes_from_ticks(now - cells.phase_entered_at[i]);
        signals[4] = environment.matrix_density[i];
        for (std::size_t s = 0; s < heard_of_tissue; ++s) {
            signals[agents::own_signal_count + s] = environment.signals[s][i];
        }
        for (const agents::RuledBehaviour& ruled : type.rules) {
            const double up = plain_hill(ruled.response.raising, signals);
            const double down = plain_hill(ruled.response.lowering, signals);
            const double expected = (1.0 - down) * ((1.0 - up) * 1e-4 + up * 1e-2);
            largest = std::max(largest, std::fabs(values.value(i, 0, ruled.behaviour, -1.0) - expected) / 1e-2);
        }
    }
    return largest;
}

/// CPU time of six minutes of forces with steps as long as their error allows, which is the fastest way [s].
double mechanics_s(int per_edge, const Bench& bench)
{
    agents::MechanicsStep mechanics;
    mechanics.tolerance_um = 0.01;
    Tissue tissue(per_edge, bench.world(), mechanics);
    tissue.found();
    tissue.move(step_min); // the first minutes after founding are restless
    const double begin = cpu_s();
    tissue.move(step_min);
    return cpu_s() - begin;
}

void measure(::benchmark::State& state, int per_edge, std::size_t rules, double third, const Bench& bench)
{
    const double mechanics = mechanics_s(per_edge, bench);
    Tissue tissue(per_edge, bench.world(), {});
    tissue.found();
    const agents::Columns cells = columns_of(tissue);
    const std::vector<agents::CellType> types{ruled_type(rules, third)};
    const agents::Environment environment = surroundings(cells.size());
    const Tick now = ticks_from_minutes(60.0);
    double found = 0.0;
    double spent = 0.0;
    for (auto iteration : state) {
        const double begin = cpu_s();
        const RuledValues values(cells, types, environment, now, agents::Stage::decision);
        spent = cpu_s() - begin;
        found = difference(types[0], cells, environment, now, values);
    }
    state.counters["ns_per_cell"] = 1e9 * spent / tissue.cells();
    state.counters["mechanics_ns_per_cell"] = 1e9 * mechanics / tissue.cells();
    state.counters["share_of_mechanics"] = spent / mechanics;
    state.counters["difference"] = found;
    state.SetLabel(fmt::format("{} rules in a step of {} min | mechanics of the same cells and step", rules, step_min));
    bench.require(state, found < 1e-12, fmt::format("values of rules differ by {:.1e}", found));
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const int per_edge = bench.choose(12, 46, 100); // 1e5 and 1e6 cells
    for (const std::size_t rules : {5U, 20U}) {
        for (const double third : {2.5, 2.7}) { // halves need a root, others a logarithm and an exponential
            bench.add(fmt::format("rules/{}_hill_{}/{}", rules, third, per_edge * per_edge * per_edge), 3,
                      [=, &bench](auto& state) { measure(state, per_edge, rules, third, bench); });
        }
    }
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
