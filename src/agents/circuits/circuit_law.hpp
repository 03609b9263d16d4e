#pragma once

#include "paget/agents/circuit.hpp"

#include <array>
#include <string_view>

namespace paget::agents
{

/// A circuit as the integrator sees it.
struct CircuitLaw {
    std::size_t count = 0; ///< of variables
    std::array<std::string_view, most_circuit_variables> names{};
    CircuitState scales{};
    std::array<CircuitState, state_count> at_rest{};
    void (*rates_per_h)(const CircuitState& values, double input, CircuitState& rates) = nullptr;
    State (*state_of)(const CircuitState& values) = nullptr;
};

extern const CircuitLaw mir200_zeb;
extern const CircuitLaw mir34_mir200;
extern const CircuitLaw tgf_beta_circuit;

/// By the amount of miR-200 [molecules].
inline State state_by_mir200(double molecules)
{
    constexpr double epithelial_above = 15.0e3;
    constexpr double mesenchymal_below = 5.0e3;
    if (molecules > epithelial_above) {
        return State::epithelial;
    }
    return molecules < mesenchymal_below ? State::mesenchymal : State::hybrid;
}

} // namespace paget::agents
