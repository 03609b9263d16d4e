#include "behaviours.hpp"

#include "encounters.hpp"
#include "volume_model.hpp"

#include "paget/core/math.hpp"

#include <array>
#include <numeric>

namespace paget::agents
{
namespace
{
/// Hazards of a living cell by cause [1/min].
std::array<double, death_cause_count> hazards_of(const Decision& d, const Encounters& encounters, std::size_t cell)
{
    const DeathParameters& death = d.type_of(cell).death;
    std::array<double, death_cause_count> hazards{};
    const double necrosis = death.necrosis_per_min * ramp(d.environment.oxygen_mmHg[cell],
                                                          death.necrosis_threshold_mmHg, death.necrosis_maximum_mmHg);
    hazards[static_cast<std::size_t>(DeathCause::apoptosis)] =
        d.by_rules(cell, Behaviour::apoptosis, death.apoptosis_per_min);
    hazards[static_cast<std::size_t>(DeathCause::necrosis)] = d.by_rules(cell, Behaviour::necrosis, necrosis);
    if (d.cells.fate[cell] == Fate::cycling) {
        hazards[static_cast<std::size_t>(DeathCause::drug)] = d.environment.drug_death_per_min[cell];
    }
    hazards[static_cast<std::size_t>(DeathCause::killed)] = encounters.kill_per_min(cell);
    return hazards;
}

/// The cause on which a point of [0, total) falls.
DeathCause cause_at(const std::array<double, death_cause_count>& hazards, double point)
{
    std::size_t last = 0;
    for (std::size_t cause = 0; cause < death_cause_count; ++cause) {
        if (hazards[cause] > 0.0) {
            last = cause;
            if (point < hazards[cause]) {
                break;
            }
        }
        point -= hazards[cause];
    }
    return static_cast<DeathCause>(last);
}

void kill(const Decision& d, std::size_t cell, DeathCause cause)
{
    d.cells.fate[cell] = cause == DeathCause::necrosis ? Fate::necrotic : Fate::apoptotic;
    d.cells.phase[cell] = necrotic_swelling;
    d.cells.phase_entered_at[cell] = d.step.end();
}
} // namespace

void let_die(const Decision& d, const Encounters& encounters, Tally& tally)
{
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        if (!is_living(d.cells.fate[i])) {
            continue;
        }
        const auto hazards = hazards_of(d, encounters, i);
        const double total = std::accumulate(hazards.begin(), hazards.end(), 0.0);
        if (!(total > 0.0)) {
            continue;
        }
        // Competing hazards: whether it dies, then of what.
        const auto u = d.random.uniforms(Purpose::apoptosis, d.cells.id[i].value, d.step.begin);
        if (happens(u[0], total, d.step)) {
            const DeathCause cause = cause_at(hazards, u[1] * total);
            kill(d, i, cause);
            ++tally.died[static_cast<std::size_t>(cause)];
        }
    }
}

std::vector<bool> corpses_to_clear(const Decision& d, const Encounters& encounters)
{
    constexpr double dissolved = 0.01; // of the reference volume
    std::vector<bool> clear(d.cells.size());
    for (std::size_t i = 0; i < clear.size(); ++i) {
        const Fate fate = d.cells.fate[i];
        if (is_living(fate)) {
            continue;
        }
        const CellType& type = d.type_of(i);
        const double duration =
            fate == Fate::apoptotic ? type.death.apoptosis_duration_min : type.death.necrosis_duration_min;
        const double age = minutes_from_ticks(d.step.end() - d.cells.phase_entered_at[i]);
        const double eaten = encounters.eaten_per_min(i);
        clear[i] = age >= duration ||
                   (eaten > 0.0 && happens(d.random.uniform(Purpose::phagocytosis, d.cells.id[i].value, d.step.begin),
                                           eaten, d.step)) ||
                   d.cells.volume[i].total_um3() < dissolved * type.volume.total_um3;
    }
    return clear;
}

} // namespace paget::agents
