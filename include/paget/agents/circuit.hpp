#pragma once

#include "paget/agents/cell.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paget::agents
{

/// How the State of cells of a type comes about: by hazards, or from a published circuit of genes that every cell
/// carries.
enum class TransitionModel : std::uint8_t { hazards, mir200_zeb, mir34_mir200, tgf_beta_circuit };

/// Names in case files, in the order of the enumeration.
std::vector<std::string> transition_model_names();

/// Which input drives a circuit: SNAIL [molecules per cell] that of mir200_zeb, a signal on SNAIL's transcription
/// [molecules per cell] that of mir34_mir200, the dose of TGF-beta [Tian's unit] that of tgf_beta_circuit.

/// The quantities of a circuit, in the order in which a CircuitState holds them; the last are none. Empty for hazards.
std::vector<std::string> circuit_variables(TransitionModel model);

/// The quantity of that name; 0 if the circuit has none, or for hazards.
double circuit_value(TransitionModel model, const CircuitState& values, std::string_view name);

/// Their rates of change [1/h] at a constant input. Sums, products and quotients only, so every machine gives the same
/// bits. Throws BugError for hazards, as all that follows.
CircuitState circuit_rates_per_h(TransitionModel model, const CircuitState& values, double input);

/// The circuit after some hours of constant input. Runge-Kutta pair of Dormand and Prince 5(4); steps are halved and
/// doubled so that the estimated error of each stays below 1e-6 of every quantity (with a floor of 1e-9 of its scale,
/// see circuit_scales). Every call begins with one step over the whole time, so that nothing but the values is carried
/// from call to call.
CircuitState advanced(TransitionModel model, const CircuitState& values, double input, double hours);

/// How large each quantity of a circuit is, roughly; zeros behind the last.
CircuitState circuit_scales(TransitionModel model);

/// What a cell with this circuit is. mir200_zeb and mir34_mir200: epithelial above 15000 molecules of miR-200,
/// mesenchymal below 5000.
/// tgf_beta_circuit: hybrid below 75 % of the E-cadherin without TGF-beta, mesenchymal below 25 %.
State state_of(TransitionModel model, const CircuitState& values);

/// A steady state of the circuit in that State, with which founders begin: at 200,000 molecules of SNAIL
/// (mir200_zeb), at a signal of 50,000 (mir34_mir200), where all three are stable; at TGF-beta 0, 1.5 and 3
/// (tgf_beta_circuit).
const CircuitState& circuit_at_rest(TransitionModel model, State state);

} // namespace paget::agents
