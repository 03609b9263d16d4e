#include "paget/core/plain_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace paget
{

std::string_view without_blanks(std::string_view text)
{
    constexpr const char* blanks = " \t\r\"";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view without_byte_order_mark(std::string_view text)
{
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

std::vector<std::string> comma_fields(std::string_view line)
{
    std::vector<std::string> fields;
    for (;;) {
        const std::size_t comma = std::min(line.find(','), line.size());
        fields.emplace_back(without_blanks(line.substr(0, comma)));
        if (comma == line.size()) {
            return fields;
        }
        line.remove_prefix(comma + 1);
    }
}

std::optional<double> number_in(std::string_view text)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace paget
