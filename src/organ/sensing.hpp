#pragma once

#include "paget/agents/population.hpp"
#include "paget/fields/diffusing_field.hpp"
#include "paget/fields/matrix_field.hpp"
#include "paget/organ/description.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace paget::organ
{

/// Index of a field by its name, if the case has it.
std::optional<std::size_t> find_field(const std::vector<FieldDescription>& fields, std::string_view name);

/// What every cell senses at the voxel of its centre. Gradients become directions whose length saturates:
/// |g| / (|g| + half). Local.
agents::Environment sense_tissue(const agents::Population& population, const TissueDescription& tissue,
                                 const std::vector<FieldDescription>& descriptions,
                                 const std::vector<fields::DiffusingField>& fields, const fields::MatrixField& matrix,
                                 const mesh::Grid& grid);

/// Hypoxia 0..1 of every cell from its oxygen, by its type's thresholds. Local.
std::vector<double> hypoxia_of_cells(const agents::Population& population, const agents::Environment& environment);

} // namespace paget::organ
