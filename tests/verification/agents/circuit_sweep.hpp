#pragma once

#include "paget/agents/circuit.hpp"

#include <vector>

namespace paget::agents::test
{

/// An input at which a sweep found another State than before.
struct Switch {
    double input;
    State from;
    State to;
};

/// Changes the input from `first` to `last` in steps and waits `hours` at each; notes where the State changes.
/// `values` are those at the end.
inline std::vector<Switch> sweep(TransitionModel model, CircuitState& values, double first, double last, double step,
                                 double hours)
{
    std::vector<Switch> found;
    State state = state_of(model, values);
    const int steps = static_cast<int>((last - first) / step + 0.5);
    for (int k = 0; k <= steps; ++k) {
        const double input = first + k * step;
        values = advanced(model, values, input, hours);
        if (state_of(model, values) != state) {
            found.push_back({input, state, state_of(model, values)});
            state = found.back().to;
        }
    }
    return found;
}

} // namespace paget::agents::test
