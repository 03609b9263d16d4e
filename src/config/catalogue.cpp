#include "paget/config/catalogue.hpp"

#include "glob.hpp"
#include "key.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"
#include "value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::config
{
namespace
{
void demand(bool holds, const Parameter& parameter, const std::string& message)
{
    if (!holds) {
        throw BugError(fmt::format("parameter {}: {}", parameter.pattern, message));
    }
}

void validate_pattern(const Parameter& parameter)
{
    const Parts parts = split_key(parameter.pattern);
    const bool well_formed =
        std::ranges::all_of(parts, [](auto part) { return is_name(part) || is_placeholder(part); });
    demand(well_formed && is_name(parts.front()), parameter,
           "a pattern is words and <placeholders> separated by dots, and begins with a word");
}

void validate_fallback(const Parameter& parameter)
{
    const Parts parts = split_key(parameter.pattern);
    demand(!parameter.default_text, parameter, "has a default and a fallback, so it is not clear which holds");
    for (const auto part : split_key(parameter.fallback)) {
        demand(!is_placeholder(part) || std::ranges::count(parts, part) == 1, parameter,
               fmt::format("the fallback's {} must stand once in the pattern", part));
    }
}

void validate_value(const Parameter& parameter, const UnitSystem& units)
{
    if (is_number(parameter.kind)) {
        demand(parameter.kind == Kind::integer || !parameter.unit.empty(), parameter,
               "a number needs a unit; a plain one has \"1\"");
        demand(units.knows(parameter.unit), parameter, fmt::format("unknown unit '{}'", parameter.unit));
        demand(parameter.lowest <= parameter.highest, parameter, "the range is empty");
    } else {
        demand(parameter.unit.empty(), parameter, "what is not a number has no unit");
    }
    demand(parameter.kind != Kind::choice || !parameter.choices.empty(), parameter, "there is nothing to choose from");
    if (parameter.default_text) {
        const Reading reading = read_value(parameter, *parameter.default_text, units);
        demand(reading.value.has_value(), parameter, "bad default: " + reading.problem);
    }
}

/// What a glob says in plain text: all of it, or what stands between two stars; nothing if stars are inside.
std::optional<std::string_view> plain_text_of(std::string_view glob)
{
    if (glob.size() > 2 && glob.front() == '*' && glob.back() == '*') {
        glob = glob.substr(1, glob.size() - 2);
    }
    const bool plain = !glob.empty() && glob.find_first_of("*?") == std::string_view::npos;
    return plain ? std::optional(glob) : std::nullopt;
}
} // namespace

Catalogue::Catalogue() : units_(std::make_shared<const UnitSystem>()) {}

void Catalogue::add(Parameter parameter)
{
    validate_pattern(parameter);
    demand(!parameter.meaning.empty() && !parameter.source.empty(), parameter, "meaning and source are needed");
    validate_value(parameter, *units_);
    if (!parameter.fallback.empty()) {
        validate_fallback(parameter);
    }
    for (const Parameter& other : parameters_) {
        demand(!same_shape(other.pattern, parameter.pattern), parameter,
               fmt::format("there is {} already, which fits the same keys", other.pattern));
    }
    parameters_.push_back(std::move(parameter));
}

const Parameter* Catalogue::find(std::string_view key) const
{
    const Parameter* best = nullptr;
    for (const Parameter& parameter : parameters_) {
        if (fits(parameter.pattern, key) && (best == nullptr || more_literal(parameter.pattern, best->pattern))) {
            best = &parameter;
        }
    }
    return best;
}

std::vector<const Parameter*> Catalogue::matching(std::string_view glob) const
{
    const auto same = std::ranges::find(parameters_, glob, &Parameter::pattern);
    if (const Parameter* only = same != parameters_.end() ? &*same : find(glob)) {
        return {only};
    }
    const auto those = [this](const auto& matches) {
        std::vector<const Parameter*> found;
        for (const Parameter& parameter : parameters_) {
            if (matches(parameter.pattern)) {
                found.push_back(&parameter);
            }
        }
        return found;
    };
    if (const auto text = plain_text_of(glob)) {
        if (auto found = those([&](const std::string& pattern) { return pattern.find(*text) != std::string::npos; });
            !found.empty()) {
            return found;
        }
    }
    return those([&](const std::string& pattern) { return glob_can_match(glob, pattern); });
}

} // namespace paget::config
