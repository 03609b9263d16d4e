#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paget::config
{

/// The nearest of `words`, unless it is so far off (over a third of the letters) that naming it would mislead.
std::optional<std::string> nearest_word(std::string_view word, const std::vector<std::string>& words);

} // namespace paget::config
