#pragma once

#include "paget/core/clock.hpp"
#include "paget/rules/response.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace paget::agents
{

struct CellRecord;
struct CellType;

/// What rules can set. Behind these come, for k = 0, 1, ..., the secretion of field k, its uptake, the attack on cells
/// of type k, and the turning into one (see below).
enum class Behaviour : std::uint16_t {
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
    haptotaxis_bias,
    phase_1_rate,
    phase_2_rate,
    phase_3_rate,
    phase_4_rate,
    mutation,
    attachment,
    detachment,
    exhaustion,
    phagocytosis,
    emigration,
    adhesion,
    repulsion,
    intravasation,
    matrix_degradation,
    matrix_deposition,
    falling_asleep,
    waking,
    extravasation
};
inline constexpr std::size_t behaviour_count = 29;
inline constexpr std::size_t phase_rate_count = 4;

inline constexpr std::size_t behaviours_per_name = 4;

constexpr Behaviour named_behaviour(std::size_t k, std::size_t which)
{
    return static_cast<Behaviour>(behaviour_count + behaviours_per_name * k + which);
}
constexpr Behaviour secretion_of(std::size_t field) { return named_behaviour(field, 0); }
constexpr Behaviour uptake_of(std::size_t field) { return named_behaviour(field, 1); }
constexpr Behaviour attack_on(std::size_t type) { return named_behaviour(type, 2); }
constexpr Behaviour turning_into(std::size_t type) { return named_behaviour(type, 3); }
constexpr Behaviour phase_rate(std::size_t phase)
{
    return static_cast<Behaviour>(static_cast<std::size_t>(Behaviour::phase_1_rate) + phase);
}

/// What rules can listen to, beside the tissue: signal number own_signal_count + s is that of Environment::signals[s].
enum class OwnSignal : std::uint8_t {
    pressure,
    volume,
    age,
    time_in_phase,
    matrix,
    epithelial,
    hybrid,
    mesenchymal,
    trait_il6_response,
    trait_il8_response,
    trait_mmp1,
    trait_fscn1,
    damage,
    exhausted,
    attached,
    time_since_division
};
inline constexpr std::size_t own_signal_count = 16;

inline constexpr double no_highest = 1e300;

/// How a behaviour or signal is called in rules, and the unit of its value here.
struct Word {
    std::string_view name;
    std::string_view unit;
    double highest; ///< that it can be, or no_highest
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

/// When behaviours are asked for: while cells decide, before they move, by the tissue around them, or in the blood.
enum class Stage : std::uint8_t { decision, motion, tissue, blood };
inline constexpr std::array all_stages{Stage::decision, Stage::motion, Stage::tissue, Stage::blood};

/// The speed belongs to two stages: cells that stand still need no heading.
bool belongs_to(Behaviour behaviour, Stage stage);

/// Whether a type, or any of the types, has rules on a behaviour.
bool any_rules_on(const CellType& type, Behaviour behaviour);
bool any_rules_on(const std::vector<CellType>& types, Behaviour behaviour);

/// Numbers of the signals that rules of a stage listen to, or those on one behaviour, ascending.
std::vector<std::uint32_t> signals_heard(const std::vector<CellType>& types, Stage stage);
std::vector<std::uint32_t> signals_heard(const std::vector<CellType>& types, Behaviour behaviour);

/// Whether a cell in the blood can tell this signal, which has nothing to do with a tissue around it.
bool heard_in_blood(OwnSignal signal);

/// Such a signal of a cell at some time.
double signal_in_blood(const CellRecord& cell, OwnSignal signal, Tick now);

} // namespace paget::agents
