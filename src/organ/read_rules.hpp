#pragma once

#include "field_values.hpp"

#include "paget/organ/description.hpp"

namespace paget::organ
{

/// Adds the rules of `[rules]` to the cell types, and what they listen to in the tissue to its signals; problems are
/// noted in the case. Rules of an imported file become keys of the case, so that its resolved text holds them.
void read_rules(config::Case& description, FieldValues& values, TissueDescription& tissue);

} // namespace paget::organ
