#include "paget/rules/physicell_csv.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <sstream>

namespace paget::rules
{
namespace
{
constexpr std::size_t without_base = 8;
constexpr std::size_t with_base = 9;

std::string trimmed(const std::string& text)
{
    constexpr const char* blanks = " \t\r\"";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> fields_of(const std::string& line)
{
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) {
        fields.push_back(trimmed(field));
    }
    return fields;
}

/// A name as case files may use it.
std::string name_of(const std::string& text)
{
    std::string name = text;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return std::isalnum(c) != 0 ? static_cast<char>(std::tolower(c)) : '_'; });
    return name;
}

/// Ours for PhysiCell's; others keep their names, so that a message can name them.
std::string behaviour_of(const std::string& text)
{
    static const std::map<std::string, std::string> ours{{"migration_speed", "speed"},
                                                         {"migration_bias", "chemotaxis_bias"},
                                                         {"migration_persistence_time", "persistence"}};
    const std::string name = name_of(text);
    const auto found = ours.find(name);
    return found == ours.end() ? name : found->second;
}

double number(const std::string& text, const char* what)
{
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        throw InputError(
            fmt::format("'{}' is no number (it is the {}). Write one, with a point for decimals.", text, what));
    }
    return value;
}

Sentence sentence_of(const std::vector<std::string>& fields)
{
    if (fields.size() != without_base && fields.size() != with_base) {
        throw InputError(fmt::format("{} fields where a rule has 8, or 9 with a base value (fields stand between "
                                     "commas). Complete the line or remove it.",
                                     fields.size()));
    }
    if (fields[2] != "increases" && fields[2] != "decreases") {
        throw InputError(fmt::format("'{}' where 'increases' or 'decreases' should stand (it is the direction). Write "
                                     "one of the two.",
                                     fields[2]));
    }
    if (number(fields.back(), "flag of the dead") != 0.0) {
        throw InputError("applies to the dead (rules here hold for living cells only). Set the last field to 0, or "
                         "remove the line.");
    }
    const bool has_base = fields.size() == with_base;
    const std::size_t next = has_base ? 5 : 4;
    Sentence rule;
    rule.cell = name_of(fields[0]);
    rule.signal = name_of(fields[1]);
    rule.increases = fields[2] == "increases";
    rule.behaviour = behaviour_of(fields[3]);
    if (has_base) {
        rule.base = fmt::format("{}", number(fields[4], "base value"));
    }
    rule.saturated = fmt::format("{}", number(fields[next], "saturated value"));
    rule.half = fmt::format("{}", number(fields[next + 1], "half"));
    rule.hill = number(fields[next + 2], "Hill exponent");
    if (!(rule.hill > 0.0) || rule.hill > largest_hill) {
        throw InputError(fmt::format("a Hill exponent of {} (it must be above 0, at most {}). Write another one.",
                                     rule.hill, largest_hill));
    }
    return rule;
}
} // namespace

std::vector<ImportedRule> read_physicell_csv(const std::string& text)
{
    std::vector<ImportedRule> rules;
    std::istringstream stream(text);
    int number_of_line = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number_of_line;
        line = trimmed(line);
        if (line.empty() || line.starts_with("//") || line.starts_with('#')) {
            continue;
        }
        ImportedRule& rule = rules.emplace_back();
        rule.line = number_of_line;
        try {
            rule.sentence = sentence_of(fields_of(line));
        } catch (const InputError& error) {
            rule.problem = error.what();
        }
    }
    return rules;
}

} // namespace paget::rules
