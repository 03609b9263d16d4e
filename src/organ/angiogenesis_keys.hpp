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

/// Adds the keys `organ.<organ>.angiogenesis.*`.
void declare_angiogenesis(config::Catalogue& catalogue);

/// How the vessels of an organ grow, checked against its vessels and fields; problems are noted in the case. `organ`
/// has its grid, vessels, flow and fields already.
Angiogenesis read_angiogenesis(config::Case& description, FieldValues& values, const OrganDescription& organ);

} // namespace paget::organ
