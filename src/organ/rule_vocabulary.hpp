#pragma once

#include "field_values.hpp"

#include "paget/organ/description.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paget::organ
{

/// A signal or behaviour that rules of a case can name.
struct RuleWord {
    std::string name;
    std::string unit;
    double highest = agents::no_highest;
    std::string meaning;
};

struct SignalWord : RuleWord {
    std::optional<TissueSignal> tissue; ///< else one of the cell's own
    std::uint32_t own = 0;              ///< number of the own signal
};

struct BehaviourWord : RuleWord {
    agents::Behaviour behaviour = agents::Behaviour::cycle_entry;
};

/// A unit as it stands behind a number in a message; nothing where there is none.
std::string behind_number(const std::string& unit);

/// All signals of a case: of the cell itself, of every field, type, drug and organ. A name may stand there twice.
std::vector<SignalWord> signal_words(const config::Case& description, FieldValues& values);

/// All behaviours of a case.
std::vector<BehaviourWord> behaviour_words(const config::Case& description, FieldValues& values);

/// The least and the largest that a behaviour of a type is without rules, over its states and phases.
std::pair<double, double> range_without_rules(const TissueDescription& tissue, std::size_t type,
                                              agents::Behaviour behaviour);

} // namespace paget::organ
