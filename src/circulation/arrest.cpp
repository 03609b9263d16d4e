#include "arrest.hpp"

#include "paget/circulation/nk_killing.hpp"
#include "platelets.hpp"
#include "recruitment.hpp"

#include <algorithm>

namespace paget::circulation
{
namespace
{
/// Removes the cells that die before `until_min`, counted from now, `arrested_min` after their arrest.
void let_die(Convoy& convoy, double arrested_min, double until_min, const Blood& blood, BloodLedger& ledger)
{
    const double met = unshielded(convoy.is_cluster(), blood.journey);
    std::erase_if(convoy.cells, [&](const agents::CellRecord& cell) {
        const auto u = blood.draw(Purpose::extravasation, cell, convoy);
        const double killed = nk_death_after_min(blood.journey, arrested_min, exponential(u[0]) / met);
        const double perished = waiting_time_min(u[1], blood.journey.arrest_death_per_min);
        if (std::min(killed, perished) >= until_min) {
            return false;
        }
        count_death(ledger, killed <= perished ? BloodDeath::nk_cell : BloodDeath::arrested_too_long);
        return true;
    });
}
} // namespace

std::optional<Tick> wait_in_arrest(Convoy& convoy, const TimeStep& step, const Blood& blood, BloodLedger& ledger)
{
    const Tick from = std::max(step.begin, convoy.arrested_at);
    if (from >= step.end()) {
        return std::nullopt;
    }
    const agents::CellRecord& leader = convoy.leader();
    const double rate = extravasation_per_min(blood.graph.bed(convoy.bed), leader, from, blood);
    const double leaves_after = waiting_time_min(blood.draw(Purpose::extravasation, leader, convoy)[2], rate);
    const double window = minutes_from_ticks(step.end() - from);
    let_die(convoy, minutes_from_ticks(from - convoy.arrested_at), std::min(leaves_after, window), blood, ledger);
    ++convoy.passes;
    if (convoy.empty() || leaves_after >= window) {
        return std::nullopt;
    }
    return std::min(from + ticks_from_minutes(leaves_after), step.end());
}

} // namespace paget::circulation
