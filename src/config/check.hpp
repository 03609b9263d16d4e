#pragma once

#include "problems.hpp"

namespace paget::config
{

/// Notes all that is wrong with what was written: unknown sections and keys, names that nobody declares, and values.
/// Returns whether no name is also a word of keys.
bool check_entries(const Catalogue& catalogue, const Entries& entries, ProblemList& problems);

/// Notes the keys that must be given for the declared names and are not.
void check_required(const Catalogue& catalogue, const Entries& entries, ProblemList& problems);

/// Notes that a required key is missing.
void note_missing(const Parameter& parameter, const std::string& key, const Entries& entries, ProblemList& problems);

} // namespace paget::config
