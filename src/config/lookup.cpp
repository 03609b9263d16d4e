#include "lookup.hpp"

#include "key.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::config
{
namespace
{
const Parameter& fallback_of(const Catalogue& catalogue, const Parameter& parameter)
{
    const auto found = std::ranges::find(catalogue.all(), parameter.fallback, &Parameter::pattern);
    if (found == catalogue.all().end()) {
        throw BugError(
            fmt::format("parameter {}: its fallback {} is no parameter", parameter.pattern, parameter.fallback));
    }
    return *found;
}

std::string plain_unit(const Parameter& parameter) { return parameter.unit.empty() ? "1" : parameter.unit; }

void validate_kind(const Parameter& parameter, const Parameter& fallback, const UnitSystem& units)
{
    if (parameter.kind != fallback.kind) {
        throw BugError(
            fmt::format("parameter {}: its fallback {} is of another kind", parameter.pattern, fallback.pattern));
    }
    if (parameter.kind == Kind::integer && plain_unit(parameter) != plain_unit(fallback)) {
        throw BugError(
            fmt::format("parameter {}: whole numbers must have the unit of {}", parameter.pattern, fallback.pattern));
    }
    if (parameter.kind == Kind::real) {
        try {
            units.convert(1.0, fallback.unit, parameter.unit);
        } catch (const InputError& error) {
            throw BugError(fmt::format("parameter {}: its fallback {} is of another dimension ({})", parameter.pattern,
                                       fallback.pattern, error.what()));
        }
    }
}

Value converted(const Value& value, const Parameter& from, const Parameter& to, const UnitSystem& units)
{
    const bool same = from.kind != Kind::real || from.unit == to.unit;
    return same ? value : Value(units.convert(std::get<double>(value), from.unit, to.unit));
}
} // namespace

void validate_fallbacks(const Catalogue& catalogue)
{
    for (const Parameter& parameter : catalogue.all()) {
        const Parameter* link = &parameter;
        for (std::size_t steps = 0; !link->fallback.empty(); ++steps) {
            const Parameter& next = fallback_of(catalogue, *link);
            validate_kind(*link, next, catalogue.units());
            if (steps > catalogue.all().size()) {
                throw BugError(fmt::format("parameter {}: its fallbacks lead back to it", parameter.pattern));
            }
            link = &next;
        }
    }
}

std::vector<Link> inheritance(const Catalogue& catalogue, const std::string& key)
{
    std::vector<Link> links{{catalogue.find(key), key}};
    for (;;) {
        const Link last = links.back();
        if (last.parameter == nullptr) {
            throw BugError(
                fmt::format("the program reads '{}', which no parameter of the catalogue describes", last.key));
        }
        if (last.parameter->fallback.empty()) {
            return links;
        }
        const std::string next = substitute(last.parameter->fallback, last.parameter->pattern, last.key);
        links.push_back({catalogue.find(next), next});
    }
}

std::optional<Value> value_along(const std::vector<Link>& links, std::size_t first, const Entries& entries,
                                 const UnitSystem& units)
{
    for (std::size_t i = first; i < links.size(); ++i) {
        const Parameter& parameter = *links[i].parameter;
        const Entry* entry = entries.find(links[i].key);
        std::optional<Value> value = entry != nullptr ? read_value(parameter, entry->text, units).value : std::nullopt;
        if (!value && parameter.default_text) {
            value = read_value(parameter, *parameter.default_text, units).value;
        }
        if (value) {
            return converted(*value, parameter, *links.front().parameter, units);
        }
    }
    return std::nullopt;
}

} // namespace paget::config
