#pragma once

#include "paget/rules/response.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace paget::agents
{

/// What rules can set.
enum class Behaviour : std::uint8_t {
    cycle_entry,
    apoptosis,
    necrosis,
    to_hybrid,
    to_mesenchymal,
    mesenchymal_to_hybrid,
    hybrid_to_epithelial,
    speed,
    persistence,
    chemotaxis_bias,
    haptotaxis_bias
};
inline constexpr std::size_t behaviour_count = 11;

/// What rules can listen to, beside the fields: signal number own_signal_count + f is that of Environment::signals[f].
enum class OwnSignal : std::uint8_t { pressure, volume, age, time_in_phase, matrix, epithelial, hybrid, mesenchymal };
inline constexpr std::size_t own_signal_count = 8;

inline constexpr double no_highest = 1e300;

/// How a behaviour or signal is called in rules, and the unit of its value here.
struct Word {
    std::string_view name;
    std::string_view unit;
    double highest; ///< that a behaviour can be, or no_highest
    std::string_view meaning;
};

/// In the order of the enumerations.
const std::array<Word, behaviour_count>& behaviour_words();
const std::array<Word, own_signal_count>& own_signal_words();

/// All rules of a cell type on one behaviour.
struct RuledBehaviour {
    Behaviour behaviour = Behaviour::cycle_entry;
    rules::Response response;
};

} // namespace paget::agents
