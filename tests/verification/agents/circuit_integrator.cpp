// The integrator of circuits against its slow and obvious twin: the classical method of Runge and Kutta in fine steps.

#include "paget/agents/circuit.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace paget::agents::test
{
namespace
{
CircuitState moved(const CircuitState& from, double h, const CircuitState& rates)
{
    CircuitState to{};
    for (std::size_t v = 0; v < to.size(); ++v) {
        to[v] = from[v] + h * rates[v];
    }
    return to;
}

CircuitState finely(TransitionModel model, CircuitState values, double input, double hours, int steps)
{
    const double h = hours / steps;
    for (int k = 0; k < steps; ++k) {
        const auto k1 = circuit_rates_per_h(model, values, input);
        const auto k2 = circuit_rates_per_h(model, moved(values, 0.5 * h, k1), input);
        const auto k3 = circuit_rates_per_h(model, moved(values, 0.5 * h, k2), input);
        const auto k4 = circuit_rates_per_h(model, moved(values, h, k3), input);
        for (std::size_t v = 0; v < values.size(); ++v) {
            values[v] += h / 6.0 * (k1[v] + 2.0 * k2[v] + 2.0 * k3[v] + k4[v]);
        }
    }
    return values;
}

double largest_error(TransitionModel model, const CircuitState& found, const CircuitState& expected)
{
    double largest = 0.0;
    for (std::size_t v = 0; v < circuit_variables(model).size(); ++v) {
        largest = std::max(largest, std::abs(found[v] - expected[v]) / std::abs(expected[v]));
    }
    return largest;
}

struct Course {
    TransitionModel model;
    State from;
    double input;
};

// Courses that leave one state for another, with all the speed that a circuit has.
constexpr std::array courses{Course{TransitionModel::mir200_zeb, State::epithelial, 260.0e3},
                             Course{TransitionModel::mir200_zeb, State::mesenchymal, 120.0e3},
                             Course{TransitionModel::mir34_mir200, State::epithelial, 120.0e3},
                             Course{TransitionModel::mir34_mir200, State::mesenchymal, 5.0e3},
                             Course{TransitionModel::tgf_beta_circuit, State::epithelial, 5.0},
                             Course{TransitionModel::tgf_beta_circuit, State::hybrid, 0.0}};
} // namespace

TEST(CircuitIntegrator, FollowsTheFineSolutionWhateverTheStep)
{
    constexpr double hours = 60.0;
    double largest = 0.0;
    for (const Course& course : courses) {
        const auto& start = circuit_at_rest(course.model, course.from);
        const auto expected = finely(course.model, start, course.input, hours, 60000);
        for (const double step_h : {0.02, 0.1, 1.0, 12.0, 60.0}) {
            CircuitState values = start;
            const int steps = static_cast<int>(hours / step_h + 0.5);
            for (int k = 0; k < steps; ++k) {
                values = advanced(course.model, values, course.input, step_h);
            }
            largest = std::max(largest, largest_error(course.model, values, expected));
        }
    }
    paget::test::obtained("integrator, largest relative error", fmt::format("{:.1e}", largest), 0.0);
    EXPECT_LT(largest, 2e-6);
}

TEST(CircuitIntegrator, RestsAtTheStatesOfRest)
{
    const std::array<std::array<double, 3>, 3> inputs{
        {{200.0e3, 200.0e3, 200.0e3}, {50.0e3, 50.0e3, 50.0e3}, {0.0, 1.5, 3.0}}};
    for (std::size_t m = 0; m < inputs.size(); ++m) {
        const auto model = static_cast<TransitionModel>(m + 1);
        for (std::size_t s = 0; s < state_count; ++s) {
            const auto& rest = circuit_at_rest(model, static_cast<State>(s));
            const auto later = advanced(model, rest, inputs[m][s], 1000.0);
            EXPECT_LT(largest_error(model, later, rest), 1e-5) << transition_model_names()[m + 1] << " " << s;
            EXPECT_EQ(state_of(model, rest), static_cast<State>(s));
        }
    }
}

} // namespace paget::agents::test
