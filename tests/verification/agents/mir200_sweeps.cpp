// V19a and V19b: where the circuits of Lu et al. 2013 switch when their input is raised and lowered. The expected
// thresholds are those of sweeps, in steps of 2 (V19a) and 0.5 thousand molecules (V19b): where a circuit is found in
// another state after it had a while at that input. Slow steps and fine ones find the folds themselves.

#include "circuit_sweep.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

namespace paget::agents::test
{
namespace
{
constexpr auto epithelial = State::epithelial;
constexpr auto hybrid = State::hybrid;
constexpr auto mesenchymal = State::mesenchymal;
constexpr double long_h = 5000.0; // at every input: until circuits rest
constexpr double sweep_h =
    1000.0; // at every input, as in the expected sweeps: beside a fold a circuit is slow to leave

struct Expected {
    State from;
    State to;
    double input;
};

void expect_switches(const char* name, const std::vector<Switch>& found, const std::vector<Expected>& expected,
                     double tolerance)
{
    ASSERT_EQ(found.size(), expected.size()) << name;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        paget::test::obtained(name, fmt::format("{}", found[i].input), expected[i].input);
        EXPECT_EQ(found[i].from, expected[i].from);
        EXPECT_EQ(found[i].to, expected[i].to);
        EXPECT_NEAR(found[i].input, expected[i].input, tolerance) << name;
    }
}
} // namespace

TEST(Mir200Zeb, HasThreeStableStatesAt200ThousandMoleculesOfSnail) // V19a
{
    const auto model = TransitionModel::mir200_zeb;
    const std::vector<CircuitState> expected{
        {18668.0, 65.8, 6456.0}, {11690.0, 326.1, 52414.0}, {1714.0, 827.5, 563720.0}};
    for (std::size_t s = 0; s < state_count; ++s) {
        const auto state = static_cast<State>(s);
        // From beside the state, so that it must attract.
        CircuitState values = circuit_at_rest(model, state);
        for (double& value : values) {
            value *= 1.03;
        }
        values = advanced(model, values, 200.0e3, long_h);
        EXPECT_EQ(state_of(model, values), state);
        for (std::size_t v = 0; v < 3; ++v) {
            paget::test::obtained(fmt::format("V19a, {} of state {}", circuit_variables(model)[v], s),
                                  fmt::format("{:.1f}", values[v]), expected[s][v]);
            EXPECT_NEAR(values[v], expected[s][v], 0.005 * expected[s][v]);
        }
    }
}

TEST(Mir200Zeb, SwitchesWhenSnailIsRaisedAndLowered) // V19a
{
    const auto model = TransitionModel::mir200_zeb;
    CircuitState values = circuit_at_rest(model, epithelial);
    expect_switches("V19a, SNAIL raised", sweep(model, values, 160.0e3, 250.0e3, 2.0e3, sweep_h),
                    {{epithelial, hybrid, 210.0e3}, {hybrid, mesenchymal, 226.0e3}}, 1.0);
    expect_switches("V19a, SNAIL lowered", sweep(model, values, 250.0e3, 160.0e3, -2.0e3, sweep_h),
                    {{mesenchymal, epithelial, 184.0e3}}, 1.0);
}

TEST(Mir200Zeb, HasItsFoldsWithinASweepsStep) // V19a: what slow sweeps in finer steps find
{
    const auto model = TransitionModel::mir200_zeb;
    CircuitState values = circuit_at_rest(model, epithelial);
    expect_switches("V19a, folds, SNAIL raised", sweep(model, values, 160.0e3, 250.0e3, 1.0e3, long_h),
                    {{epithelial, hybrid, 209.0e3}, {hybrid, mesenchymal, 225.0e3}}, 1.0);
    expect_switches("V19a, folds, SNAIL lowered", sweep(model, values, 250.0e3, 160.0e3, -1.0e3, long_h),
                    {{mesenchymal, epithelial, 185.0e3}}, 1.0);
}

TEST(Mir34Mir200, SwitchesWhenTheSignalIsRaisedAndLowered) // V19b
{
    const auto model = TransitionModel::mir34_mir200;
    CircuitState values = circuit_at_rest(model, epithelial);
    expect_switches("V19b, signal raised", sweep(model, values, 20.0e3, 80.0e3, 0.5e3, sweep_h),
                    {{epithelial, hybrid, 60.5e3}, {hybrid, mesenchymal, 67.0e3}}, 1.0);
    expect_switches("V19b, signal lowered", sweep(model, values, 80.0e3, 20.0e3, -0.5e3, sweep_h),
                    {{mesenchymal, epithelial, 29.5e3}}, 1.0);
    values = circuit_at_rest(model, hybrid);
    expect_switches("V19b, signal lowered from hybrid", sweep(model, values, 50.0e3, 20.0e3, -0.5e3, sweep_h),
                    {{hybrid, epithelial, 45.0e3}}, 1.0);
}

} // namespace paget::agents::test
