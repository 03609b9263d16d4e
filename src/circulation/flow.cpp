#include "flow.hpp"

#include "platelets.hpp"
#include "recruitment.hpp"

#include <algorithm>
#include <optional>

namespace paget::circulation
{
namespace
{
struct Death {
    std::size_t cell = 0;
    double after_min = 0.0;
    BloodDeath cause = BloodDeath::nk_cell;
};

/// First cell that dies in flow within `window_min`; hazards are constant in one place and for one kind of convoy, and
/// exponential clocks have no memory, so they may start afresh after every event.
std::optional<Death> first_death(const Convoy& convoy, double window_min, const Blood& blood)
{
    const double protection = convoy.is_cluster() ? blood.journey.cluster_protection : 1.0;
    const double shear = convoy.location == in_arteries
                             ? blood.journey.shear_death_per_min * unshielded(convoy.is_cluster(), blood.journey)
                             : 0.0;
    const double elsewhere =
        blood.graph.is_lymph(convoy.location) ? blood.journey.lymph_death_per_min : blood.journey.flow_death_per_min;
    const double total = (shear + elsewhere) * protection;
    std::optional<Death> first;
    if (total <= 0.0 || window_min <= 0.0) {
        return first;
    }
    double earliest = window_min;
    for (std::size_t i = 0; i < convoy.cells.size(); ++i) {
        const auto u = blood.draw(Purpose::death_in_blood, convoy.cells[i], convoy);
        const double after = waiting_time_min(u[0], total);
        if (after < earliest) {
            earliest = after;
            first = Death{i, after, u[1] * total < shear * protection ? BloodDeath::shear : BloodDeath::nk_cell};
        }
    }
    return first;
}

bool is_captured(const Convoy& convoy, const Bed& bed, const Blood& blood)
{
    const double probability = capture_probability(bed, convoy, blood);
    return probability > 0.0 && blood.draw(Purpose::capture, convoy.leader(), convoy)[0] < probability;
}

void enter_vessel(Convoy& convoy, const Vessel& vessel, double now_min, const TimeStep& step, const Blood& blood)
{
    convoy.minutes_ahead = now_min;
    switch (vessel.kind) {
    case Vessel::Kind::veins:
        convoy.location = in_veins;
        convoy.minutes_ahead += blood.graph.veins_min();
        return;
    case Vessel::Kind::arteries:
        convoy.location = in_arteries;
        convoy.minutes_ahead += blood.graph.arteries_min();
        return;
    case Vessel::Kind::bed:
        break;
    }
    const Bed& bed = blood.graph.bed(vessel.bed);
    convoy.location = vessel.bed;
    convoy.minutes_ahead += bed.transit_min;
    if (is_captured(convoy, bed, blood)) {
        convoy.bed = vessel.bed;
        convoy.arrested_at = std::min(step.begin + ticks_from_minutes(now_min), step.end());
        convoy.minutes_ahead = 0.0;
    }
}

Vessel next_vessel(const Convoy& convoy, const Blood& blood)
{
    if (convoy.location == in_veins) {
        return {Vessel::Kind::bed, blood.graph.venous_destination()};
    }
    if (convoy.location == in_arteries) {
        const double u = blood.draw(Purpose::flow, convoy.leader(), convoy)[0];
        return {Vessel::Kind::bed, blood.graph.arterial_destination(u)};
    }
    return blood.graph.bed(convoy.location).drains_to;
}
} // namespace

Vessel way_out(const Convoy& shed, const Blood& blood)
{
    const Bed& origin = blood.graph.bed(*blood.graph.bed_of(shed.source));
    if (origin.lymph_share > 0.0 && blood.draw(Purpose::lymph_route, shed.leader(), shed)[0] < origin.lymph_share) {
        return {Vessel::Kind::bed, *blood.graph.lymph_destination(shed.source)};
    }
    return origin.drains_to;
}

double set_out(Convoy& convoy, const Vessel& way, const TimeStep& step, const Blood& blood)
{
    const double departure_min = std::clamp(convoy.minutes_ahead, 0.0, step.minutes());
    enter_vessel(convoy, way, departure_min, step, blood);
    ++convoy.passes;
    return departure_min;
}

void flow(Convoy& convoy, double from_min, const TimeStep& step, const Blood& blood, BloodLedger& ledger)
{
    const double step_min = step.minutes();
    double now_min = from_min;
    while (!convoy.empty() && convoy.flows()) {
        const double until_min = std::min(convoy.minutes_ahead, step_min);
        if (const auto death = first_death(convoy, until_min - now_min, blood)) {
            now_min += death->after_min;
            count_death(ledger, death->cause);
            convoy.cells.erase(convoy.cells.begin() + static_cast<std::ptrdiff_t>(death->cell));
        } else if (convoy.minutes_ahead >= step_min) {
            convoy.minutes_ahead -= step_min;
            ++convoy.passes;
            return;
        } else {
            now_min = until_min;
            enter_vessel(convoy, next_vessel(convoy, blood), now_min, step, blood);
        }
        ++convoy.passes;
    }
}

} // namespace paget::circulation
