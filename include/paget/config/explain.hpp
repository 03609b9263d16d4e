#pragma once

#include "paget/config/catalogue.hpp"

#include <string>
#include <string_view>

namespace paget::config
{

/// What `paget explain` prints: for every parameter that the glob can match (see Catalogue::matching) its pattern,
/// meaning, unit, default, range or choices, and source. If none matches: the nearest patterns, and those whose meaning
/// speaks of the word. Ends with a line break.
std::string explain(const Catalogue& catalogue, std::string_view glob);

/// The table of all parameters in Markdown, one section per first part of the key, in the order of the catalogue.
std::string parameters_markdown(const Catalogue& catalogue);

} // namespace paget::config
