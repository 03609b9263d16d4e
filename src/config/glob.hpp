#pragma once

#include <string_view>

namespace paget::config
{

/// True if some key fits both the glob (`*`: any text, `?`: one character) and the pattern of a parameter.
bool glob_can_match(std::string_view glob, std::string_view pattern);

} // namespace paget::config
