#pragma once

#include "paget/organ/description.hpp"

#include <vector>

namespace paget::organ
{

// Both local; for cases whose cells at the start are the founders that the organs name.

/// Notes the fields that are to start from a steady state, or to be in one always, although nothing takes the substance
/// away.
void refuse_endless_fields(config::Case& description, const TissueDescription& tissue,
                           const std::vector<OrganDescription>& organs);

/// Warns of cell types with rules of which no organ has a cell, ever.
void warn_of_absent_types(config::Case& description, const TissueDescription& tissue,
                          const std::vector<OrganDescription>& organs);

} // namespace paget::organ
