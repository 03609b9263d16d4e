#include "own_bases.hpp"

#include <algorithm>
#include <optional>

namespace paget::agents
{
namespace
{
/// The rate of a phase without rules; 0 if the cycle has no such phase.
double own_phase_rate(const CellType& type, std::size_t phase, std::size_t state)
{
    const auto& phases = type.cycle.phases;
    return phase < phases.size() ? phases[phase].rate_per_min * type.cycle.relative_rate[state] : 0.0;
}

/// Rates that concern another type: of attack on it, of turning into it.
double own_rate_on(const CellType& type, Behaviour behaviour)
{
    const auto number = static_cast<std::size_t>(behaviour);
    const std::size_t other = number < behaviour_count ? 0 : (number - behaviour_count) / behaviours_per_name;
    if (behaviour == attack_on(other) && other < type.attack.targets.size()) {
        return type.attack.targets[other].kill_per_min;
    }
    if (behaviour == turning_into(other) && other < type.attack.becomes_per_min.size()) {
        return type.attack.becomes_per_min[other];
    }
    return 0.0;
}

/// Of cells by themselves: life, death, states.
std::optional<double> own_of_life(const CellType& type, Behaviour behaviour)
{
    switch (behaviour) {
    case Behaviour::apoptosis:
        return type.death.apoptosis_per_min;
    case Behaviour::necrosis:
        return type.death.necrosis_per_min;
    case Behaviour::to_hybrid:
        return type.transition.spontaneous_per_min;
    case Behaviour::mesenchymal_to_hybrid:
        return type.transition.mesenchymal_to_hybrid_per_min;
    case Behaviour::hybrid_to_epithelial:
        return type.transition.hybrid_to_epithelial_per_min;
    case Behaviour::mutation:
        return type.mutation.probability;
    default:
        return std::nullopt;
    }
}

/// Of motion and of the forces between cells.
std::optional<double> own_of_motion(const CellType& type, Behaviour behaviour, std::size_t state)
{
    switch (behaviour) {
    case Behaviour::speed:
        return type.motility.speed_um_per_min[state];
    case Behaviour::persistence:
        return type.motility.persistence_min;
    case Behaviour::chemotaxis_bias:
        return type.motility.chemotaxis_bias;
    case Behaviour::haptotaxis_bias:
        return type.motility.haptotaxis_bias;
    case Behaviour::adhesion:
        return type.mechanics.adhesion_um_per_min[state];
    case Behaviour::repulsion:
        return type.mechanics.repulsion_um_per_min;
    default:
        return std::nullopt;
    }
}

/// Of what cells do to others, whatever their type.
std::optional<double> own_of_encounters(const CellType& type, Behaviour behaviour)
{
    switch (behaviour) {
    case Behaviour::attachment:
        return type.attack.attachment_per_min;
    case Behaviour::detachment:
        return type.attack.detachment_per_min;
    case Behaviour::exhaustion:
        return type.attack.exhaustion_per_min;
    case Behaviour::phagocytosis:
        return type.attack.phagocytosis_per_min;
    case Behaviour::emigration:
        return type.attack.emigration_per_min;
    default:
        return std::nullopt;
    }
}
} // namespace

double own_base(const CellType& type, Behaviour behaviour, State state, std::uint8_t phase)
{
    const auto s = static_cast<std::size_t>(state);
    if (behaviour == Behaviour::cycle_entry) {
        return own_phase_rate(type, phase, s);
    }
    for (std::size_t p = 0; p < phase_rate_count; ++p) {
        if (behaviour == phase_rate(p)) {
            return own_phase_rate(type, p, s);
        }
    }
    for (const auto& own :
         {own_of_life(type, behaviour), own_of_motion(type, behaviour, s), own_of_encounters(type, behaviour)}) {
        if (own) {
            return *own;
        }
    }
    return own_rate_on(type, behaviour);
}

std::pair<double, double> range_without_rules(const CellType& type, Behaviour behaviour)
{
    std::pair<double, double> range{no_highest, 0.0};
    const auto phases = static_cast<std::uint8_t>(std::max<std::size_t>(1, type.cycle.phases.size()));
    for (std::uint8_t phase = 0; phase < phases; ++phase) {
        const bool counts =
            behaviour != Behaviour::cycle_entry || type.cycle.phases.empty() || type.cycle.phases[phase].arrests;
        for (std::size_t state = 0; state < state_count && counts; ++state) {
            const double base = own_base(type, behaviour, static_cast<State>(state), phase);
            range = {std::min(range.first, base), std::max(range.second, base)};
        }
    }
    return range;
}

} // namespace paget::agents
