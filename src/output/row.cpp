#include "row.hpp"

#include <fmt/format.h>

#include <cctype>

namespace paget::output
{
namespace
{
template <class Text>
std::string joined(const std::vector<Row::Entry>& entries, Text text_of)
{
    std::string line;
    for (const auto& entry : entries) {
        line += (line.empty() ? "" : ",") + text_of(entry);
    }
    return line + "\n";
}
} // namespace

std::string Row::header_line() const
{
    return joined(entries_, [](const Entry& entry) { return csv_field(entry.name); });
}

std::string Row::value_line() const
{
    return joined(entries_, [](const Entry& entry) {
        return std::visit([](auto value) { return fmt::format("{}", value); }, entry.value);
    });
}

std::string unit_in_name(const std::string& unit)
{
    std::string name;
    for (const char c : unit) {
        if (c == '/') {
            name += "_per_";
        } else {
            name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        }
    }
    return name;
}

std::string csv_field(const std::string& text)
{
    if (text.find_first_of(",\"\n") == std::string::npos) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

} // namespace paget::output
