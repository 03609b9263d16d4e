#include "ruled_values.hpp"

#include "paget/rules/response.hpp"

#include <algorithm>

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

/// What the type's parameters say of a behaviour that cells carry out themselves.
double own_base(const CellType& type, Behaviour behaviour, State state, std::uint8_t phase)
{
    const auto s = static_cast<std::size_t>(state);
    switch (behaviour) {
    case Behaviour::cycle_entry:
        return own_phase_rate(type, phase, s);
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
    case Behaviour::speed:
        return type.motility.speed_um_per_min[s];
    case Behaviour::persistence:
        return type.motility.persistence_min;
    case Behaviour::chemotaxis_bias:
        return type.motility.chemotaxis_bias;
    case Behaviour::haptotaxis_bias:
        return type.motility.haptotaxis_bias;
    case Behaviour::phase_1_rate:
    case Behaviour::phase_2_rate:
    case Behaviour::phase_3_rate:
    case Behaviour::phase_4_rate:
        return own_phase_rate(
            type, static_cast<std::size_t>(behaviour) - static_cast<std::size_t>(Behaviour::phase_1_rate), s);
    case Behaviour::mutation:
        return type.mutation.probability;
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
        return own_rate_on(type, behaviour);
    }
}

/// What a cell is and feels, by the numbers of signals; only what is listened to is looked up.
class Signals
{
public:
    Signals(const Columns& cells, const Environment& environment, Tick now)
        : cells_(cells),
          environment_(environment),
          now_(now),
          values_(own_signal_count + environment.signals.size())
    {
    }

    const double* of(std::size_t cell, const std::vector<std::uint32_t>& heard)
    {
        for (const std::uint32_t signal : heard) {
            values_[signal] = signal < own_signal_count ? own(cell, static_cast<OwnSignal>(signal))
                                                        : environment_.signals[signal - own_signal_count][cell];
        }
        return values_.data();
    }

private:
    double own(std::size_t i, OwnSignal signal) const
    {
        const auto is = [&](State state) { return cells_.state[i] == state ? 1.0 : 0.0; };
        switch (signal) {
        case OwnSignal::pressure:
            return cells_.pressure(i);
        case OwnSignal::volume:
            return cells_.volume[i].total_um3();
        case OwnSignal::age:
            return minutes_from_ticks(now_ - cells_.born_at[i]);
        case OwnSignal::time_in_phase:
            return minutes_from_ticks(now_ - cells_.phase_entered_at[i]);
        case OwnSignal::matrix:
            return environment_.matrix_density[i];
        case OwnSignal::epithelial:
            return is(State::epithelial);
        case OwnSignal::hybrid:
            return is(State::hybrid);
        case OwnSignal::mesenchymal:
            return is(State::mesenchymal);
        case OwnSignal::trait_il6_response:
            return cells_.traits[i].il6_response;
        case OwnSignal::trait_il8_response:
            return cells_.traits[i].il8_response;
        case OwnSignal::trait_mmp1:
            return cells_.traits[i].mmp1;
        case OwnSignal::trait_fscn1:
            return cells_.traits[i].fscn1;
        case OwnSignal::damage:
            return cells_.experience[i].damage_min;
        case OwnSignal::exhausted:
            return cells_.experience[i].exhaustion;
        case OwnSignal::attached:
            return cells_.experience[i].attached_to != no_cell ? 1.0 : 0.0;
        case OwnSignal::time_since_division:
            break;
        }
        return minutes_from_ticks(now_ - cells_.experience[i].divided_at);
    }

    const Columns& cells_;
    const Environment& environment_;
    Tick now_;
    std::vector<double> values_;
};

/// The rules of one type in one stage, and what they listen to.
struct Script {
    std::vector<const RuledBehaviour*> rules;
    std::vector<std::uint32_t> heard;
};

template <class Wanted>
Script script_of(const CellType& type, const Wanted& wanted)
{
    Script script;
    for (const RuledBehaviour& ruled : type.rules) {
        if (!wanted(ruled.behaviour)) {
            continue;
        }
        script.rules.push_back(&ruled);
        for (const auto* influences : {&ruled.response.raising, &ruled.response.lowering}) {
            for (const rules::Influence& influence : *influences) {
                script.heard.push_back(influence.signal);
            }
        }
    }
    std::sort(script.heard.begin(), script.heard.end());
    script.heard.erase(std::unique(script.heard.begin(), script.heard.end()), script.heard.end());
    return script;
}

template <class Wanted>
std::vector<Script> scripts_of(const std::vector<CellType>& types, const Wanted& wanted)
{
    std::vector<Script> scripts;
    for (const CellType& type : types) {
        scripts.push_back(script_of(type, wanted));
    }
    return scripts;
}
} // namespace

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

void RuledValues::plan(const std::vector<CellType>& types, Stage stage)
{
    for (const CellType& type : types) {
        for (const RuledBehaviour& ruled : type.rules) {
            stride_ = std::max(stride_, static_cast<std::size_t>(ruled.behaviour) + 1);
        }
    }
    slots_.assign(types.size() * stride_, no_slot);
    for (std::size_t type = 0; type < types.size(); ++type) {
        std::uint8_t next = 0;
        for (const RuledBehaviour& ruled : types[type].rules) {
            if (belongs_to(ruled.behaviour, stage)) {
                slots_[type * stride_ + static_cast<std::size_t>(ruled.behaviour)] = next++;
            }
        }
        width_ = std::max<std::size_t>(width_, next);
    }
}

RuledValues::RuledValues(const Columns& cells, const std::vector<CellType>& types, const Environment& environment,
                         Tick now, Stage stage)
{
    plan(types, stage);
    if (width_ == 0) {
        return;
    }
    const auto scripts = scripts_of(types, [stage](Behaviour behaviour) { return belongs_to(behaviour, stage); });
    values_.resize(cells.size() * width_);
    Signals signals(cells, environment, now);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const CellType& type = types[cells.type[i]];
        const Script& script = scripts[cells.type[i]];
        if (script.rules.empty() || !is_living(cells.fate[i])) {
            continue;
        }
        const double* const heard = signals.of(i, script.heard);
        double* value = values_.data() + i * width_;
        for (const RuledBehaviour* ruled : script.rules) {
            const double base = own_base(type, ruled->behaviour, cells.state[i], cells.phase[i]);
            *value++ = rules::value_of(ruled->response, base, heard);
        }
    }
}

void apply_rules(const Columns& cells, const std::vector<CellType>& types, Behaviour behaviour,
                 const Environment& environment, Tick now, std::vector<double>& values)
{
    const auto scripts = scripts_of(types, [behaviour](Behaviour other) { return other == behaviour; });
    Signals signals(cells, environment, now);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Script& script = scripts[cells.type[i]];
        if (!script.rules.empty() && is_living(cells.fate[i])) {
            values[i] = rules::value_of(script.rules.front()->response, values[i], signals.of(i, script.heard));
        }
    }
}

} // namespace paget::agents
