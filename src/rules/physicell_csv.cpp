#include "paget/rules/physicell_csv.hpp"

#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <map>
#include <sstream>
#include <string_view>

namespace paget::rules
{
namespace
{
constexpr std::size_t without_base = 8;
constexpr std::size_t with_base = 9;

/// What stands between commas; those between quotation marks belong to a field. Some programs end lines with a comma.
std::vector<std::string> fields_of(std::string_view line)
{
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (const char c : line) {
        quoted = quoted != (c == '"');
        if (c == ',' && !quoted) {
            fields.emplace_back();
        } else {
            fields.back() += c;
        }
    }
    std::transform(fields.begin(), fields.end(), fields.begin(),
                   [](const std::string& field) { return std::string(without_blanks(field)); });
    if (fields.size() > 1 && fields.back().empty()) {
        fields.pop_back();
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
                                                         {"migration_persistence_time", "persistence"},
                                                         {"cell_cell_adhesion", "adhesion"},
                                                         {"cell_cell_repulsion", "repulsion"}};
    const std::string name = name_of(text);
    const auto found = ours.find(name);
    if (found != ours.end()) {
        return found->second;
    }
    for (const char* change : {"transition_to_", "transform_to_"}) { // the older name and the newer one
        if (name.starts_with(change)) {
            return "turning_into_" + name.substr(std::strlen(change));
        }
    }
    return name;
}

/// The same for signals.
std::string signal_of(const std::string& text)
{
    const std::string name = name_of(text);
    constexpr std::string_view contact = "contact_with_";
    if (name == "contact_with_dead_cell") {
        return "contact_dead";
    }
    return name.starts_with(contact) ? "contact_" + name.substr(contact.size()) : name;
}

double number(const std::string& text, const char* what)
{
    const auto value = number_in(text);
    const bool behind_comma =
        text.size() > 1 && text[0] == '0' && std::isdigit(static_cast<unsigned char>(text[1])) != 0;
    if (!value || behind_comma) { // 0,05 falls into two fields
        throw InputError(
            fmt::format("'{}' is no number (it is the {}). Write one, with a point for decimals.", text, what));
    }
    return *value;
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
    rule.signal = signal_of(fields[1]);
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
    std::istringstream stream(std::string(without_byte_order_mark(text)));
    int number_of_line = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number_of_line;
        const std::string_view content = without_blanks(line);
        if (content.empty() || content.starts_with("//") || content.starts_with('#')) {
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
