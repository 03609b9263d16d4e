// Whole coupling steps of a growing spheroid: oxygen, cycle, death and mechanics, as `paget run inputs/spheroid.ini`
// makes them.

#include "support/bench.hpp"

#include "paget/body/body.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace paget::bench
{
namespace
{
constexpr double micrometres_per_cube_root = 8.8; ///< radius of a ball of N founders over N^(1/3)
constexpr double margin_um = 100.0;

using Keys = std::map<std::string, std::string>;

body::BodyDescription describe(int founders, const Keys& more)
{
    const double edge_um = 2.0 * (micrometres_per_cube_root * std::cbrt(founders) + margin_um);
    const std::string size = fmt::format("{:.0f} um", 20.0 * std::ceil(edge_um / 20.0));
    Keys keys{{"organ.dish.founders.count", std::to_string(founders)},
              {"organ.dish.size.x", size},
              {"organ.dish.size.y", size},
              {"organ.dish.size.z", size}};
    keys.insert(more.begin(), more.end());
    config::Catalogue catalogue;
    body::declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_file(PAGET_INPUTS "/spheroid.ini");
    for (const auto& [key, value] : keys) {
        description.set_from_command_line(key, value);
    }
    body::BodyDescription body = body::read_body(description);
    description.throw_if_problems();
    return body;
}

struct Growth {
    int founders = 0;
    int minutes_timed = 60;
    Keys keys;
};

/// Advances the body by so many minutes and returns the sum over steps of living cells times hours.
double live(body::Body& body, Tick& now, int minutes)
{
    double cell_hours = 0.0;
    const Tick end = now + minutes * ticks_per_minute;
    while (now < end) {
        const TimeStep step{now, std::min(body.longest_step(now).length, end - now)};
        const body::StepReport report = body.advance(step);
        cell_hours += static_cast<double>(report.census.organs.front().living()) * step.minutes() / minutes_per_hour;
        now = step.end();
    }
    return cell_hours;
}

void measure(::benchmark::State& state, const Growth& growth, const Bench& bench)
{
    const body::BodyDescription description = describe(growth.founders, growth.keys);
    body::Body body(description, bench.world());
    Tick now = 0;
    live(body, now, 6); // the founders' lattice relaxes, memory is there
    double cell_hours = 0.0;
    for (auto iteration : state) {
        cell_hours = live(body, now, growth.minutes_timed);
    }
    const organ::Organ* dish = body.organ(description.primary());
    state.counters["cells"] = static_cast<double>(dish->census().living());
    state.counters["minutes_timed"] = growth.minutes_timed;
    state.counters["ms_per_cell_hour"] = ::benchmark::Counter(
        cell_hours / 1e3, ::benchmark::Counter::kIsIterationInvariantRate | ::benchmark::Counter::kInvert);
    report(state, {"M cell hours/s", cell_hours / 1e6, 0.0, "mechanics has the bound of most of it"});
    bench.require(state, dish->census().living() >= growth.founders / 2, "the spheroid has died");
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const auto sizes = bench.choose<std::vector<int>>({300}, {10000, 30000}, {10000, 100000, 300000});
    for (const int founders : sizes) {
        const int minutes = founders > 50000 ? 18 : bench.choose(12, 30, 60);
        const auto add = [&](const char* what, const Keys& keys) {
            const Growth growth{founders, minutes, keys};
            bench.add(fmt::format("spheroid/{}/{}", what, founders), founders > 50000 ? 1 : 2,
                      [&bench, growth](auto& state) { measure(state, growth, bench); });
        };
        add("fixed_step", {{"mechanics.tolerance", "0 um"}});
        add("step_control", {});
    }
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
