// Cells whose State follows from a circuit of genes.

#include "behaviours.hpp"

#include "paget/agents/circuit.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{
namespace
{
/// A standard normal number that belongs to the cell, by Marsaglia's polar method: no function of the C library that
/// may differ between machines.
double normal_of(CellId cell, const RandomNumbers& random)
{
    for (std::uint64_t draw = 0;; ++draw) {
        const auto u = random.uniforms(Purpose::circuit_input, cell.value, 0, draw);
        const double x = 2.0 * u[0] - 1.0;
        const double y = 2.0 * u[1] - 1.0;
        const double s = x * x + y * y;
        if (s > 0.0 && s < 1.0) {
            return x * std::sqrt(-2.0 * portable_log(s) / s);
        }
    }
}
} // namespace

double circuit_input(const TransitionParameters& t, double tgf_beta, double oxygen_mmHg)
{
    switch (t.model) {
    case TransitionModel::hazards:
        break;
    case TransitionModel::mir200_zeb:
        return t.snail_base + (t.snail_full - t.snail_base) * transition_cue(t, tgf_beta, oxygen_mmHg);
    case TransitionModel::mir34_mir200:
        return t.signal_base + (t.signal_full - t.signal_base) * transition_cue(t, tgf_beta, oxygen_mmHg);
    case TransitionModel::tgf_beta_circuit:
        return tgf_beta / t.tgf_beta_unit +
               t.hypoxia_dose * ramp(oxygen_mmHg, t.hypoxia_threshold_mmHg, t.hypoxia_saturation_mmHg);
    }
    return 0.0;
}

std::size_t circuit_width(const std::vector<CellType>& types)
{
    std::size_t width = 0;
    for (const CellType& type : types) {
        width = std::max(width, circuit_variables(type.transition.model).size());
    }
    return width;
}

void begin_circuit(const CellType& type, CellRecord& cell)
{
    const bool begun = cell.circuit[0] > 0.0; // what comes first is made at any input, and so never zero
    if (type.transition.model != TransitionModel::hazards && !begun) {
        cell.circuit = circuit_at_rest(type.transition.model, cell.state);
    }
}

void follow_circuit(const Decision& d, std::size_t cell)
{
    const TransitionParameters& t = d.type_of(cell).transition;
    double input = circuit_input(t, d.environment.tgf_beta[cell], d.environment.oxygen_mmHg[cell]);
    if (t.input_spread > 0.0) {
        input *= portable_exp(t.input_spread * normal_of(d.cells.id[cell], d.random));
    }
    const CircuitState values = advanced(t.model, d.cells.circuit_of(cell), input, d.step.minutes() / minutes_per_hour);
    d.cells.set_circuit(cell, values);
    d.cells.state[cell] = state_of(t.model, values);
}

} // namespace paget::agents
