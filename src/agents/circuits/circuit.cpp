#include "paget/agents/circuit.hpp"

#include "circuit_law.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{
namespace
{
const CircuitLaw& law_of(TransitionModel model)
{
    switch (model) {
    case TransitionModel::hazards:
        break;
    case TransitionModel::mir200_zeb:
        return mir200_zeb;
    case TransitionModel::mir34_mir200:
        return mir34_mir200;
    case TransitionModel::tgf_beta_circuit:
        return tgf_beta_circuit;
    }
    throw BugError("hazards are no circuit");
}

constexpr double tolerance = 1e-6; // of a quantity, for the error of a step
constexpr double floor_of_scale = 1e-3;
constexpr std::size_t stages = 7;

/// Coefficients of the pair of Dormand and Prince (1980): stage s begins at values + h sum a[s] k.
constexpr std::array<std::array<double, 6>, stages> a{
    {{},
     {1.0 / 5.0},
     {3.0 / 40.0, 9.0 / 40.0},
     {44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0},
     {19372.0 / 6561.0, -25360.0 / 2187.0, 64448.0 / 6561.0, -212.0 / 729.0},
     {9017.0 / 3168.0, -355.0 / 33.0, 46732.0 / 5247.0, 49.0 / 176.0, -5103.0 / 18656.0},
     {35.0 / 384.0, 0.0, 500.0 / 1113.0, 125.0 / 192.0, -2187.0 / 6784.0, 11.0 / 84.0}}};
/// Difference of the two solutions.
constexpr std::array<double, stages> difference{71.0 / 57600.0,      0.0,          -71.0 / 16695.0, 71.0 / 1920.0,
                                                -17253.0 / 339200.0, 22.0 / 525.0, -1.0 / 40.0};

/// One step of the pair; its last stage is the first of the next step.
class Trial
{
public:
    Trial(const CircuitLaw& law, double input) : law_(&law), input_(input) {}

    void begin(const CircuitState& values) { law_->rates_per_h(values, input_, k_[0]); }
    /// Goes on from the end of the last step.
    void accept() { k_[0] = k_[stages - 1]; }

    CircuitState step(const CircuitState& from, double hours)
    {
        CircuitState values = from;
        for (std::size_t s = 1; s < stages; ++s) {
            for (std::size_t v = 0; v < law_->count; ++v) {
                double sum = 0.0;
                for (std::size_t t = 0; t < s; ++t) {
                    sum += a[s][t] * k_[t][v];
                }
                values[v] = from[v] + hours * sum;
            }
            law_->rates_per_h(values, input_, k_[s]);
        }
        return values;
    }

    /// Estimated error of the last step in units of what is tolerated.
    double error(const CircuitState& from, double hours) const
    {
        double largest = 0.0;
        for (std::size_t v = 0; v < law_->count; ++v) {
            double sum = 0.0;
            for (std::size_t s = 0; s < stages; ++s) {
                sum += difference[s] * k_[s][v];
            }
            const double tolerated = tolerance * (std::abs(from[v]) + floor_of_scale * law_->scales[v]);
            largest = std::max(largest, std::abs(hours * sum) / tolerated);
            if (std::isnan(sum)) {
                return sum;
            }
        }
        return largest;
    }

private:
    const CircuitLaw* law_;
    double input_;
    std::array<CircuitState, stages> k_{};
};
} // namespace

std::vector<std::string> transition_model_names()
{
    return {"hazards", "mir200_zeb", "mir34_mir200", "tgf_beta_circuit"};
}

std::vector<std::string> circuit_variables(TransitionModel model)
{
    if (model == TransitionModel::hazards) {
        return {};
    }
    const CircuitLaw& law = law_of(model);
    return {law.names.begin(), law.names.begin() + static_cast<std::ptrdiff_t>(law.count)};
}

double circuit_value(TransitionModel model, const CircuitState& values, std::string_view name)
{
    if (model == TransitionModel::hazards) {
        return 0.0;
    }
    const CircuitLaw& law = law_of(model);
    const auto end = law.names.begin() + static_cast<std::ptrdiff_t>(law.count);
    const auto found = std::find(law.names.begin(), end, name);
    return found == end ? 0.0 : values[static_cast<std::size_t>(found - law.names.begin())];
}

CircuitState circuit_rates_per_h(TransitionModel model, const CircuitState& values, double input)
{
    CircuitState rates{};
    law_of(model).rates_per_h(values, input, rates);
    return rates;
}

CircuitState advanced(TransitionModel model, const CircuitState& values, double input, double hours)
{
    constexpr double least_share = 1e-9; // of the time, for a step
    Trial trial(law_of(model), input);
    CircuitState now = values;
    trial.begin(now);
    double left = hours;
    double step = hours;
    while (left > 0.0) {
        const CircuitState next = trial.step(now, step);
        const double error = trial.error(now, step);
        if (error <= 1.0) {
            now = next;
            left -= step;
            trial.accept();
            step = std::min(left, error < 1.0 / 64.0 ? 2.0 * step : step);
        } else {
            step *= 0.5;
            ensure(step > least_share * hours, "a circuit of genes cannot be integrated: its values are out of bounds");
        }
    }
    return now;
}

CircuitState circuit_scales(TransitionModel model) { return law_of(model).scales; }

State state_of(TransitionModel model, const CircuitState& values) { return law_of(model).state_of(values); }

const CircuitState& circuit_at_rest(TransitionModel model, State state)
{
    return law_of(model).at_rest[static_cast<std::size_t>(state)];
}

} // namespace paget::agents
