#pragma once

#include "paget/organ/description.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{
class Case;
} // namespace paget::config

namespace paget::organ
{

/// What `paget explain` says of a signal or behaviour of rules: unit, range and meaning; also of those that bear the
/// name of a field, cell type or organ (`oxygen_gradient`, `contact_macrophage`). Empty if the word is neither.
std::string explain_rule_word(std::string_view word);

/// The signal or behaviour whose name is nearest to the word, if one is near.
std::optional<std::string> nearest_rule_word(std::string_view word);

/// The rules of a case as they were understood, by cell type and behaviour, in sentences; empty if there are none.
std::string rules_as_read(config::Case& description, const TissueDescription& tissue);

/// Warns of rules that can never act, or never reach half of their effect: on damage that nobody does, on exhaustion of
/// those who attack nobody, on a niche that nobody prepares, on fields and volumes that never come so high, on the
/// speed of cells that full matrix stops; and of factors in a matrix that nothing degrades. Only if the case is good so
/// far.
void warn_of_idle_rules(config::Case& description, const TissueDescription& tissue,
                        const std::vector<OrganDescription>& organs);

} // namespace paget::organ
