#include "behaviours.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
/// Rate of leaving the present phase [1/min], with all that slows it; what rules say replaces that.
double exit_rate(const Decision& d, std::size_t cell, const Phase& phase)
{
    const CycleParameters& cycle = d.type_of(cell).cycle;
    const double rate = phase.rate_per_min * cycle.relative_rate[static_cast<std::size_t>(d.cells.state[cell])];
    const Behaviour by_number = phase_rate(d.cells.phase[cell]);
    if (d.cells.phase[cell] < phase_rate_count && d.ruled.rules(d.cells.type[cell], by_number)) {
        return d.by_rules(cell, by_number, rate);
    }
    if (!phase.arrests) {
        return rate;
    }
    if (d.ruled.rules(d.cells.type[cell], Behaviour::cycle_entry)) {
        return d.by_rules(cell, Behaviour::cycle_entry, rate);
    }
    const double oxygen =
        ramp(d.environment.oxygen_mmHg[cell], cycle.oxygen_threshold_mmHg, cycle.oxygen_saturation_mmHg);
    const double space = std::max(0.0, 1.0 - d.cells.pressure(cell) / cycle.pressure_limit);
    return rate * oxygen * space;
}

bool leaves(const Decision& d, std::size_t cell, const Phase& phase)
{
    const double rate = exit_rate(d, cell, phase);
    if (!(rate > 0.0)) {
        return false;
    }
    if (phase.fixed) {
        const double spent = minutes_from_ticks(d.step.end() - d.cells.phase_entered_at[cell]);
        return spent * rate >= 1.0 - 1e-12; // a duration of whole steps must not miss its end by a rounding
    }
    return happens(d.random.uniform(Purpose::cycle, d.cells.id[cell].value, d.step.begin), rate, d.step);
}
} // namespace

std::vector<std::size_t> advance_cycles(const Decision& d)
{
    std::vector<std::size_t> mothers;
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        const auto& phases = d.type_of(i).cycle.phases;
        if (d.cells.fate[i] != Fate::cycling || phases.empty()) {
            continue;
        }
        const Phase& phase = phases[d.cells.phase[i]];
        if (!leaves(d, i, phase)) {
            continue;
        }
        d.cells.phase[i] = static_cast<std::uint8_t>((d.cells.phase[i] + 1U) % phases.size());
        d.cells.phase_entered_at[i] = d.step.end();
        if (phase.divides_at_exit) {
            mothers.push_back(i);
        }
    }
    return mothers;
}

} // namespace paget::agents
