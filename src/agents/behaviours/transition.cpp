#include "behaviours.hpp"

#include "paget/core/math.hpp"

namespace paget::agents
{
namespace
{
/// Hazards of leaving a State towards the epithelial and towards the mesenchymal side.
struct Hazards {
    double back_per_min = 0.0;
    double forth_per_min = 0.0;
};

Hazards hazards_of_leaving(const Decision& d, std::size_t cell)
{
    const TransitionParameters& t = d.type_of(cell).transition;
    const double cue = transition_cue(t, d.environment.tgf_beta[cell], d.environment.oxygen_mmHg[cell]);
    const auto by_rules = [&](Behaviour behaviour, double otherwise) { return d.by_rules(cell, behaviour, otherwise); };
    switch (d.cells.state[cell]) {
    case State::epithelial:
        return {0.0, by_rules(Behaviour::to_hybrid, t.spontaneous_per_min + t.to_hybrid_per_min * cue)};
    case State::hybrid:
        return {by_rules(Behaviour::hybrid_to_epithelial, t.hybrid_to_epithelial_per_min * (1.0 - cue)),
                by_rules(Behaviour::to_mesenchymal, t.to_mesenchymal_per_min * cue)};
    case State::mesenchymal:
        break;
    }
    return {by_rules(Behaviour::mesenchymal_to_hybrid, t.mesenchymal_to_hybrid_per_min * (1.0 - cue)), 0.0};
}

State shifted(State state, int by) { return static_cast<State>(static_cast<int>(state) + by); }
} // namespace

double transition_cue(const TransitionParameters& t, double tgf_beta, double oxygen_mmHg)
{
    const double signal = hill(tgf_beta, t.tgf_beta_half, t.tgf_beta_hill);
    const double hypoxia = ramp(oxygen_mmHg, t.hypoxia_threshold_mmHg, t.hypoxia_saturation_mmHg);
    return 1.0 - (1.0 - signal) * (1.0 - hypoxia);
}

void make_transitions(const Decision& d)
{
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        if (!is_living(d.cells.fate[i])) {
            continue;
        }
        if (d.type_of(i).transition.model != TransitionModel::hazards) {
            follow_circuit(d, i);
            continue;
        }
        const Hazards hazards = hazards_of_leaving(d, i);
        const double total = hazards.back_per_min + hazards.forth_per_min;
        if (!(total > 0.0)) {
            continue;
        }
        const auto u = d.random.uniforms(Purpose::transition, d.cells.id[i].value, d.step.begin);
        if (happens(u[0], total, d.step)) {
            d.cells.state[i] = shifted(d.cells.state[i], u[1] * total < hazards.forth_per_min ? 1 : -1);
        }
    }
}

} // namespace paget::agents
