#pragma once

#include "names.hpp"

#include "paget/config/nearest_word.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{

/// Insertions, deletions, replacements and swaps of neighbours that make `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest key that the patterns allow with the declared names; also finds parts that are missing, too many, or
/// wrongly joined (`vessels_spacing` for `vessels.spacing`). A placeholder of which no name is declared takes any.
/// Never the key itself.
std::optional<std::string> nearest_key(std::string_view key, const std::vector<std::string>& patterns,
                                       const Names& names);

} // namespace paget::config
