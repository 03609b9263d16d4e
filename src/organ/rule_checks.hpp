#pragma once

#include "rule_vocabulary.hpp"

#include "paget/config/case.hpp"
#include "paget/organ/description.hpp"
#include "paget/rules/sentence.hpp"

#include <cstddef>
#include <cstdint>

namespace paget::organ
{

// All throw InputError that says what is wrong, why, and what to do. Local.

/// A rule that has become part of its cell type.
struct ReadRule {
    std::size_t type = 0;
    agents::Behaviour behaviour = agents::Behaviour::cycle_entry;
    std::string unit; ///< of the behaviour
    rules::Sentence sentence;
};

/// What the rules of a type say of a behaviour, on which there must be some.
const rules::Response& response_on(const agents::CellType& type, agents::Behaviour behaviour);

/// Refuses a behaviour that cells of the type do not have: a phase beyond those of the cycle, hazards between states
/// that follow from genes.
void refuse_unable(const agents::CellType& type, const BehaviourWord& word);

/// Refuses a signal that is not felt where the behaviour is decided: in the blood, a cell has no place in a tissue.
void refuse_deaf(const TissueDescription& tissue, agents::Behaviour behaviour, std::uint32_t signal,
                 const rules::Sentence& rule);

/// When all rules are read (any may say 'from'): refuses one that changes a behaviour the other way than it says, sets
/// a rate that another one sets, or acts where nothing is to act on.
void check_among_others(const ReadRule& rule, const TissueDescription& tissue, const config::Case& description);

} // namespace paget::organ
