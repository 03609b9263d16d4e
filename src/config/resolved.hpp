#pragma once

#include "entries.hpp"

#include <set>
#include <string>

namespace paget::config
{

/// The case as INI text: every key that was given or is in `read`, with the value that holds. The comments depend on
/// the values alone, not on who gave them, so that the text, read as a case, resolves to itself byte for byte.
std::string resolved_text(const Catalogue& catalogue, const Entries& entries, const std::set<std::string>& read);

} // namespace paget::config
