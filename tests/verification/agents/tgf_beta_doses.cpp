// V19c: the circuit of Tian et al. 2013 under doses of TGF-beta.

#include "circuit_sweep.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::agents::test
{
namespace
{
constexpr auto model = TransitionModel::tgf_beta_circuit;

double e_cadherin(const CircuitState& values)
{
    const auto names = circuit_variables(model);
    return values[static_cast<std::size_t>(std::find(names.begin(), names.end(), "e_cadherin") - names.begin())];
}

struct Jump {
    double dose;
    double after; ///< E-cadherin
};

/// Where E-cadherin falls by more than half within one step of the dose.
std::vector<Jump> jumps_on_raising(CircuitState& values, double step)
{
    std::vector<Jump> jumps;
    for (int k = 0; k * step <= 3.0; ++k) {
        const CircuitState next = advanced(model, values, k * step, 5000.0);
        if (e_cadherin(next) < 0.5 * e_cadherin(values)) {
            jumps.push_back({k * step, e_cadherin(next)});
        }
        values = next;
    }
    return jumps;
}

/// Hours until a cell that was never stimulated is in that State or beyond.
double hours_until(State state, double dose)
{
    CircuitState values = circuit_at_rest(model, State::epithelial);
    double hours = 0.0;
    while (state_of(model, values) < state && hours < 1000.0) {
        values = advanced(model, values, dose, 0.1);
        hours += 0.1;
    }
    return hours;
}
} // namespace

TEST(TgfBetaCircuit, SwitchesTwiceAndDoesNotReturn)
{
    CircuitState values = circuit_at_rest(model, State::epithelial);
    paget::test::obtained("V19c, E-cadherin without TGF-beta", fmt::format("{:.4f}", e_cadherin(values)), 3.2);
    EXPECT_NEAR(e_cadherin(values), 3.2, 0.02 * 3.2);
    const auto jumps = jumps_on_raising(values, 0.01);
    ASSERT_EQ(jumps.size(), 2U);
    for (const auto& [found, dose, after] : {std::tuple(jumps[0], 1.02, 1.27), std::tuple(jumps[1], 2.02, 0.05)}) {
        paget::test::obtained("V19c, dose of the switch", fmt::format("{:.2f}", found.dose), dose);
        paget::test::obtained("V19c, E-cadherin after it", fmt::format("{:.4f}", found.after), after);
        EXPECT_NEAR(found.dose, dose, 0.02 * dose);
        EXPECT_NEAR(found.after, after, after < 0.1 ? 0.005 : 0.02 * after); // two digits are expected of 0.05
    }
    values = advanced(model, values, 0.0, 5000.0);
    paget::test::obtained("V19c, E-cadherin 5000 h after TGF-beta is gone", fmt::format("{:.3f}", e_cadherin(values)),
                          0.05);
    EXPECT_EQ(state_of(model, values), State::mesenchymal);
}

TEST(TgfBetaCircuit, ReturnsFromTheFirstSwitch)
{
    CircuitState values = advanced(model, circuit_at_rest(model, State::epithelial), 1.5, 5000.0);
    EXPECT_EQ(state_of(model, values), State::hybrid);
    values = advanced(model, values, 0.0, 5000.0);
    EXPECT_EQ(state_of(model, values), State::epithelial);
}

TEST(TgfBetaCircuit, TakesDays)
{
    // The expected 26 to 46 h are those of the doses 5 to 2, the 200 to 261 h those of the doses 5 to 3.
    for (const auto& [state, dose, expected] :
         {std::tuple(State::hybrid, 5.0, 26.0), std::tuple(State::hybrid, 2.0, 46.0),
          std::tuple(State::mesenchymal, 5.0, 200.0), std::tuple(State::mesenchymal, 3.0, 261.0)}) {
        const double hours = hours_until(state, dose);
        paget::test::obtained(fmt::format("V19c, hours to state {} at dose {}", static_cast<int>(state), dose),
                              fmt::format("{:.1f}", hours), expected);
        EXPECT_NEAR(hours, expected, 0.02 * expected + 0.5); // printed as whole hours
    }
}

} // namespace paget::agents::test
