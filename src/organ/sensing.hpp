#pragma once

#include "paget/organ/vessel_distance.hpp"

#include "paget/agents/population.hpp"
#include "paget/core/plasma.hpp"
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

/// What every cell senses at the voxel of its centre, without the signals of rules. Gradients become directions whose
/// length saturates: |g| / (|g| + half). Local.
agents::Environment sense_tissue(const agents::Population& population, const TissueDescription& tissue,
                                 const std::vector<FieldDescription>& descriptions,
                                 const std::vector<fields::DiffusingField>& fields, const fields::MatrixField& matrix,
                                 const mesh::Grid& grid);

/// Where the signals of rules come from.
struct SignalSources {
    const std::vector<fields::DiffusingField>& fields;
    const VesselDistance* vessels = nullptr; ///< may be missing if no rule listens to it
    const Plasma& plasma;
    OrganId organ = OrganId::none;
    double niche = 0.0; ///< readiness
    const mesh::Grid& grid;
};

/// Adds the signals of these numbers (agents::signals_heard), the same on all ranks; the others stay empty. Contacts
/// are counted, so their order does not matter. Collective.
void sense_signals(const agents::Population& population, const TissueDescription& tissue, const SignalSources& sources,
                   const std::vector<std::uint32_t>& heard, agents::Environment& environment);

/// A signal that is the same in the whole organ: of a drug, of the niche, of the organ itself. Local.
double signal_everywhere(const TissueSignal& signal, const SignalSources& sources);

/// Hypoxia 0..1 of every cell from its oxygen, by its type's thresholds. Local.
std::vector<double> hypoxia_of_cells(const agents::Population& population, const agents::Environment& environment);

} // namespace paget::organ
