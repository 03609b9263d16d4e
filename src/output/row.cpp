#include "row.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <type_traits>

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

FileError unreadable(std::string_view line)
{
    return FileError(fmt::format("a row of the time series cannot be read back: '{}'", line.substr(0, 80)));
}

template <class T>
T number_in(std::string_view text, std::string_view line)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw unreadable(line);
    }
    return value;
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

Row Row::read(std::string_view line) const
{
    Row row;
    std::string_view rest = line;
    for (const Entry& column : entries_) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view text = rest.substr(0, comma);
        row.entries_.push_back(column);
        std::visit([&](auto& value) { value = number_in<std::decay_t<decltype(value)>>(text, line); },
                   row.entries_.back().value);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (!rest.empty()) {
        throw unreadable(line);
    }
    return row;
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
