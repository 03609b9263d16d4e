#include "value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

namespace paget::config
{

std::string number_text(const Parameter& parameter, double number)
{
    const std::string unit = unit_text(parameter);
    return fmt::format("{}{}{}", number, unit.empty() ? "" : " ", unit);
}

std::string write_value(const Parameter& parameter, const Value& value)
{
    switch (parameter.kind) {
    case Kind::real:
        return number_text(parameter, std::get<double>(value));
    case Kind::integer: // a unit would send large numbers through a double
        return fmt::format("{}", std::get<std::int64_t>(value));
    case Kind::flag:
        return std::get<bool>(value) ? "yes" : "no";
    case Kind::names:
        return fmt::format("{}", fmt::join(std::get<std::vector<std::string>>(value), ", "));
    case Kind::text:
    case Kind::choice:
        break;
    }
    return std::get<std::string>(value);
}

bool is_number(Kind kind) { return kind == Kind::real || kind == Kind::integer; }

std::string kind_text(Kind kind)
{
    switch (kind) {
    case Kind::real:
        return "number";
    case Kind::integer:
        return "whole number";
    case Kind::flag:
        return "yes or no";
    case Kind::choice:
        return "choice";
    case Kind::names:
        return "list of names";
    case Kind::text:
        break;
    }
    return "text";
}

std::string unit_text(const Parameter& parameter) { return parameter.unit == "1" ? std::string{} : parameter.unit; }

std::string allowed_text(const Parameter& parameter)
{
    if (!parameter.choices.empty()) {
        return fmt::format("{} {}", parameter.kind == Kind::names ? "any of" : "one of",
                           fmt::join(parameter.choices, ", "));
    }
    const bool from = std::isfinite(parameter.lowest);
    const bool upto = std::isfinite(parameter.highest);
    if (from && upto) {
        return number_text(parameter, parameter.lowest) + " to " + number_text(parameter, parameter.highest);
    }
    if (from || upto) {
        return from ? "at least " + number_text(parameter, parameter.lowest)
                    : "at most " + number_text(parameter, parameter.highest);
    }
    return {};
}

} // namespace paget::config
