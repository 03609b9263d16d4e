#include "behaviours.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <optional>

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

/// Duration of a fixed phase at this rate [min]: the same whenever the cell is asked, as it is drawn for the cell, the
/// phase and the time of its begin.
double duration_min(const Decision& d, std::size_t cell, const Phase& phase, double rate_per_min)
{
    if (phase.spread == 0.0) {
        return 1.0 / rate_per_min;
    }
    const double z = d.random.normal(Purpose::phase_duration, d.cells.id[cell].value, d.cells.phase_entered_at[cell],
                                     d.cells.phase[cell]);
    return std::max(0.0, 1.0 + phase.spread * z) / rate_per_min;
}

/// When a fixed phase ends in this step. The date is that of its duration, not that of the step, so that the phases of
/// a cell do not add up the rest of a step each; one that could not end earlier ends at the begin of the step.
std::optional<Tick> end_of_fixed(const Decision& d, std::size_t cell, const Phase& phase, double rate_per_min)
{
    const double minutes = duration_min(d, cell, phase, rate_per_min);
    const Tick entered = d.cells.phase_entered_at[cell];
    if (minutes > minutes_from_ticks(d.step.end() - entered) + 0.5 / ticks_per_minute) { // up to the rounding of dates
        return std::nullopt;
    }
    return std::clamp(entered + ticks_from_minutes(minutes), d.step.begin, d.step.end());
}

/// When the cell leaves its phase, if it does in this step.
std::optional<Tick> leaves_at(const Decision& d, std::size_t cell, const Phase& phase)
{
    const double rate = exit_rate(d, cell, phase);
    if (!(rate > 0.0)) {
        return std::nullopt;
    }
    if (phase.fixed) {
        return end_of_fixed(d, cell, phase, rate);
    }
    const bool now = happens(d.random.uniform(Purpose::cycle, d.cells.id[cell].value, d.step.begin), rate, d.step);
    return now ? std::optional(d.step.end()) : std::nullopt;
}
} // namespace

std::vector<std::size_t> advance_cycles(const Decision& d, Crowding& crowding)
{
    std::vector<std::size_t> mothers;
    for (std::size_t k = 0; k < d.cells.size(); ++k) {
        const std::size_t i = crowding.turn(k);
        const auto& phases = d.type_of(i).cycle.phases;
        if (d.cells.fate[i] != Fate::cycling || phases.empty()) {
            continue;
        }
        const Phase& phase = phases[d.cells.phase[i]];
        const auto end = leaves_at(d, i, phase);
        if (!end) {
            continue;
        }
        if (phase.arrests && !crowding.has_room(i)) {
            d.cells.phase_entered_at[i] = phase.fixed ? *end : d.cells.phase_entered_at[i];
            continue;
        }
        d.cells.phase[i] = static_cast<std::uint8_t>((d.cells.phase[i] + 1U) % phases.size());
        d.cells.phase_entered_at[i] = *end;
        if (phase.divides_at_exit) {
            mothers.push_back(i);
            crowding.count_daughter(i);
        }
    }
    return mothers;
}

} // namespace paget::agents
