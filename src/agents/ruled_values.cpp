#include "ruled_values.hpp"

#include "paget/rules/response.hpp"

#include <algorithm>

namespace paget::agents
{
namespace
{
/// The behaviour without rules.
double own_base(const CellType& type, Behaviour behaviour, State state, std::uint8_t phase)
{
    const auto s = static_cast<std::size_t>(state);
    switch (behaviour) {
    case Behaviour::cycle_entry:
        return type.cycle.phases.empty() ? 0.0 : type.cycle.phases[phase].rate_per_min * type.cycle.relative_rate[s];
    case Behaviour::apoptosis:
        return type.death.apoptosis_per_min;
    case Behaviour::necrosis:
        return type.death.necrosis_per_min;
    case Behaviour::to_hybrid:
        return type.transition.spontaneous_per_min;
    case Behaviour::to_mesenchymal:
        return 0.0;
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
        break;
    }
    return type.motility.haptotaxis_bias;
}

/// What the cell is, in the order of OwnSignal.
void set_own_signals(const Columns& cells, std::size_t i, double matrix, Tick now, std::vector<double>& signals)
{
    const auto is = [&](State state) { return cells.state[i] == state ? 1.0 : 0.0; };
    signals[static_cast<std::size_t>(OwnSignal::pressure)] = cells.pressure(i);
    signals[static_cast<std::size_t>(OwnSignal::volume)] = cells.volume[i].total_um3();
    signals[static_cast<std::size_t>(OwnSignal::age)] = minutes_from_ticks(now - cells.born_at[i]);
    signals[static_cast<std::size_t>(OwnSignal::time_in_phase)] = minutes_from_ticks(now - cells.phase_entered_at[i]);
    signals[static_cast<std::size_t>(OwnSignal::matrix)] = matrix;
    signals[static_cast<std::size_t>(OwnSignal::epithelial)] = is(State::epithelial);
    signals[static_cast<std::size_t>(OwnSignal::hybrid)] = is(State::hybrid);
    signals[static_cast<std::size_t>(OwnSignal::mesenchymal)] = is(State::mesenchymal);
}
} // namespace

std::pair<double, double> range_without_rules(const CellType& type, Behaviour behaviour)
{
    std::pair<double, double> range{no_highest, 0.0};
    const auto phases = static_cast<std::uint8_t>(std::max<std::size_t>(1, type.cycle.phases.size()));
    for (std::uint8_t phase = 0; phase < phases; ++phase) {
        const bool counts = type.cycle.phases.empty() || type.cycle.phases[phase].arrests;
        for (std::size_t state = 0; state < state_count && counts; ++state) {
            const double base = own_base(type, behaviour, static_cast<State>(state), phase);
            range = {std::min(range.first, base), std::max(range.second, base)};
        }
    }
    return range;
}

const std::array<Word, behaviour_count>& behaviour_words()
{
    static constexpr std::array<Word, behaviour_count> words{{
        {"cycle_entry", "1/min", no_highest,
         "rate of leaving a phase that can arrest; oxygen and pressure act by rules only"},
        {"apoptosis", "1/min", no_highest, "hazard of apoptosis"},
        {"necrosis", "1/min", no_highest, "hazard of necrosis; oxygen acts by rules only"},
        {"to_hybrid", "1/min", no_highest, "hazard of an epithelial cell to become hybrid; cues act by rules only"},
        {"to_mesenchymal", "1/min", no_highest, "hazard of a hybrid cell to become mesenchymal; likewise"},
        {"mesenchymal_to_hybrid", "1/min", no_highest, "hazard of a mesenchymal cell to become hybrid; likewise"},
        {"hybrid_to_epithelial", "1/min", no_highest, "hazard of a hybrid cell to become epithelial; likewise"},
        {"speed", "um/min", 100.0, "speed of crawling in matrix of the best density"},
        {"persistence", "min", no_highest, "mean time between two turns"},
        {"chemotaxis_bias", "1", 1.0, "weight of the chemoattractant's direction in a new heading"},
        {"haptotaxis_bias", "1", 1.0, "weight of the direction to denser matrix in a new heading"},
    }};
    return words;
}

const std::array<Word, own_signal_count>& own_signal_words()
{
    static constexpr std::array<Word, own_signal_count> words{{
        {"pressure", "1", no_highest, "compression by neighbours; 1 among twelve close-packed ones"},
        {"volume", "um^3", no_highest, "volume of the cell"},
        {"age", "min", no_highest, "time since the cell was born"},
        {"time_in_phase", "min", no_highest, "time in the present phase of its cycle"},
        {"matrix", "1", no_highest, "density of the extracellular matrix"},
        {"epithelial", "1", no_highest, "1 for an epithelial cell, else 0"},
        {"hybrid", "1", no_highest, "1 for a hybrid cell, else 0"},
        {"mesenchymal", "1", no_highest, "1 for a mesenchymal cell, else 0"},
    }};
    return words;
}

RuledValues::RuledValues(const Columns& cells, const std::vector<CellType>& types, const Environment& environment,
                         const TimeStep& step, Behaviour first, Behaviour last)
{
    for (const CellType& type : types) {
        auto& slots = slots_.emplace_back();
        slots.fill(no_slot);
        std::uint8_t next = 0;
        for (const RuledBehaviour& rule : type.rules) {
            if (rule.behaviour >= first && rule.behaviour <= last) {
                slots[static_cast<std::size_t>(rule.behaviour)] = next++;
            }
        }
        width_ = std::max<std::size_t>(width_, next);
    }
    if (width_ == 0) {
        return;
    }
    values_.resize(cells.size() * width_);
    std::vector<double> signals(own_signal_count + environment.signals.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const CellType& type = types[cells.type[i]];
        if (!type.rules.empty() && is_living(cells.fate[i])) {
            evaluate(cells, type, i, signals, environment, step);
        }
    }
}

void RuledValues::evaluate(const Columns& cells, const CellType& type, std::size_t cell, std::vector<double>& signals,
                           const Environment& environment, const TimeStep& step)
{
    set_own_signals(cells, cell, environment.matrix_density[cell], step.begin, signals);
    for (std::size_t f = 0; f < environment.signals.size(); ++f) {
        signals[own_signal_count + f] = environment.signals[f][cell];
    }
    for (const RuledBehaviour& rule : type.rules) {
        const std::uint8_t at = slot(cells.type[cell], rule.behaviour);
        if (at != no_slot) {
            const double base = own_base(type, rule.behaviour, cells.state[cell], cells.phase[cell]);
            values_[cell * width_ + at] = rules::value_of(rule.response, base, signals.data());
        }
    }
}

} // namespace paget::agents
