#pragma once

#include "field_values.hpp"

#include "paget/organ/description.hpp"

#include <string>
#include <vector>

namespace paget::organ
{

/// Adds the rules of `[rules]` to the cell types, and the fields that they listen to to the tissue's signals; problems
/// are noted in the case.
void read_rules(config::Case& description, FieldValues& values, const std::vector<std::string>& fields,
                TissueDescription& tissue);

} // namespace paget::organ
