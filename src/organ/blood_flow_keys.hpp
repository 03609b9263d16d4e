#pragma once

#include "field_values.hpp"

#include "paget/organ/description.hpp"

#include <string>

namespace paget::config
{
class Catalogue;
}

namespace paget::organ
{

/// Adds the keys of blood that flows through vessels: `organ.<organ>.vessels.flow` and what belongs to it, and how
/// blood carries a field.
void declare_blood_flow(config::Catalogue& catalogue);

/// `organ.<organ>.vessels.flow` and its companions, checked against the organ's vessels; problems are noted.
FlowDescription read_flow(config::Case& description, const std::string& organ, const VesselNetwork& vessels);

/// How blood carries a field in an organ. Where its vessels have no flow, nothing is carried. Problems are noted.
BloodCarriage read_carriage(config::Case& description, FieldValues& values, const std::string& organ,
                            const fields::Substance& substance, const FlowDescription& flow);

/// A flow that carries nothing would be an option without effect, and so is what says more of a flow that is not given,
/// or how blood carries what it does not: noted.
void check_carried(config::Case& description, const OrganDescription& organ);

/// The same of what the sections of fields say about blood that is to carry the field in no organ.
void check_carried_anywhere(config::Case& description);

} // namespace paget::organ
