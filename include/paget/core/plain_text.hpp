#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paget
{

/// Without blanks, tabs, carriage returns and quotation marks at either end.
std::string_view without_blanks(std::string_view text);

/// Without the byte-order mark with which some programs begin files of UTF-8.
std::string_view without_byte_order_mark(std::string_view text);

/// What stands between the commas of a line, without blanks; at least one field, and an empty one behind a last comma.
std::vector<std::string> comma_fields(std::string_view line);

/// The number that the whole text is, with a point for decimals, in any locale; nothing if it is none or not finite.
std::optional<double> number_in(std::string_view text);

} // namespace paget
