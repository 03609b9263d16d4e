#include "value.hpp"

#include "ini.hpp"
#include "key.hpp"
#include "nearest.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace paget::config
{
namespace
{
Reading refused(std::string problem) { return {.value = std::nullopt, .problem = std::move(problem)}; }

std::string example(const Parameter& parameter)
{
    return parameter.default_text.value_or(
        number_text(parameter, std::isfinite(parameter.lowest) ? parameter.lowest : 1));
}

std::string wanted_text(const Parameter& parameter)
{
    const std::string unit = unit_text(parameter);
    return fmt::format("this key takes a {}{}", kind_text(parameter.kind), unit.empty() ? "" : " in " + unit);
}

/// A number and the unit behind it ("" if none); nothing if the text does not begin with a finite number.
struct Quantity {
    double number = 0.0;
    std::string unit;
};

std::optional<Quantity> split_quantity(const std::string& text)
{
    Quantity quantity;
    const std::size_t sign = text.starts_with('+') && !text.starts_with("+-") ? 1 : 0;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data() + sign, last, quantity.number);
    if (error != std::errc{} || !std::isfinite(quantity.number)) {
        return std::nullopt;
    }
    quantity.unit = trim(std::string(end, last));
    if (quantity.unit.starts_with('/')) { // people write 0.1 /min, UDUNITS wants 1/min
        quantity.unit = "1" + quantity.unit;
    }
    return quantity;
}

/// UDUNITS takes a number as a unit, so that `5 3` would be 15. A unit begins with a letter, or as `1/`, `(`, `%`, `'`.
bool looks_like_unit(const std::string& unit)
{
    return unit.starts_with("1/") || unit.find_first_of("0123456789+-.,") != 0;
}

/// Conversion rounds: a value that leaves the range by less than that belongs to its edge.
double back_to_edge(double value, const Parameter& parameter)
{
    for (const double edge : {parameter.lowest, parameter.highest}) {
        if (std::isfinite(edge) && std::abs(value - edge) <= 1e-14 * std::abs(edge)) {
            return edge;
        }
    }
    return value;
}

Reading in_range(const Parameter& parameter, const std::string& text, double number, Value value)
{
    if (number < parameter.lowest || number > parameter.highest) {
        return refused(fmt::format("'{}' is out of range (allowed is {}). Choose a value in the range.", text,
                                   allowed_text(parameter)));
    }
    return {.value = std::move(value), .problem = {}};
}

Reading read_converted(const Parameter& parameter, const std::string& text, const Quantity& quantity,
                       const UnitSystem& units)
{
    const std::string wanted = unit_text(parameter);
    try {
        const double number = units.convert(quantity.number, quantity.unit, wanted);
        if (std::isfinite(number)) {
            const double value = back_to_edge(number, parameter);
            return in_range(parameter, text, value, value);
        }
    } catch (const InputError&) { // the dimensions differ: said below, in the words of this module
    }
    if (wanted.empty()) {
        return refused(fmt::format("the unit '{}' has the wrong dimension (this key takes a plain number). Leave the "
                                   "unit out.",
                                   quantity.unit));
    }
    return refused(fmt::format(
        "the unit '{}' has the wrong dimension (it cannot be converted to '{}'). Give the value in that unit, "
        "or in one that converts to it.",
        quantity.unit, wanted));
}

Reading read_real(const Parameter& parameter, const std::string& text, const UnitSystem& units)
{
    const auto quantity = split_quantity(text);
    if (!quantity) {
        return refused(fmt::format("'{}' is not a number ({}). Write e.g. '{}'.", text, wanted_text(parameter),
                                   example(parameter)));
    }
    if (quantity->unit.empty() || quantity->unit == parameter.unit) { // as it stands, so that it is exact
        return in_range(parameter, text, quantity->number, quantity->number);
    }
    if (!looks_like_unit(quantity->unit) || !units.knows(quantity->unit)) {
        return refused(fmt::format("'{}' is not a unit ({}, with a decimal point and no other digits behind it). Write "
                                   "e.g. '{}'.",
                                   quantity->unit, wanted_text(parameter), example(parameter)));
    }
    return read_converted(parameter, text, *quantity, units);
}

Reading read_integer(const Parameter& parameter, const std::string& text, const UnitSystem& units)
{
    constexpr double exact_up_to = 9007199254740992.0; // 2^53
    std::int64_t whole = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (error == std::errc{} && end == text.data() + text.size()) {
        return in_range(parameter, text, static_cast<double>(whole), whole);
    }
    const Reading reading = read_real(parameter, text, units); // as 1e6, or with a unit
    if (!reading.value) {
        return reading;
    }
    const double number = std::get<double>(*reading.value);
    if (number != std::floor(number) || std::abs(number) > exact_up_to) {
        return refused(fmt::format("'{}' is not a whole number ({}). Write e.g. '{}'.", text, wanted_text(parameter),
                                   example(parameter)));
    }
    return {.value = static_cast<std::int64_t>(number), .problem = {}};
}

Reading read_flag(const std::string& text)
{
    if (text == "yes" || text == "no") {
        return {.value = text == "yes", .problem = {}};
    }
    const bool means_no = text == "false" || text == "off" || text == "0" || text == "No" || text == "NO";
    const bool means_yes = text == "true" || text == "on" || text == "1" || text == "Yes" || text == "YES";
    const char* remedy = means_no ? "Write 'no'" : means_yes ? "Write 'yes'" : "Write 'yes' or 'no'";
    return refused(fmt::format("'{}' is neither yes nor no (this key is a switch). {}.", text, remedy));
}

std::string choice_problem(const Parameter& parameter, const std::string& word)
{
    const auto nearest = nearest_word(word, parameter.choices);
    return fmt::format("'{}' is not a choice ({} {}). {}", word,
                       parameter.choices.size() > 1 ? "the choices are" : "the only choice is",
                       fmt::join(parameter.choices, ", "),
                       nearest ? fmt::format("Did you mean '{}'?", *nearest) : "Write one of the choices.");
}

bool is_choice(const Parameter& parameter, const std::string& word)
{
    return std::find(parameter.choices.begin(), parameter.choices.end(), word) != parameter.choices.end();
}

Reading read_names(const Parameter& parameter, const std::string& text)
{
    std::vector<std::string> words;
    for (std::size_t end = 0; (end = text.find_first_not_of(", \t", end)) != std::string::npos;) {
        const std::size_t begin = end;
        end = std::min(text.find_first_of(", \t", begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        if (!parameter.choices.empty() && !is_choice(parameter, words.back())) {
            return refused(choice_problem(parameter, words.back()));
        }
    }
    return {.value = std::move(words), .problem = {}};
}

/// What a case file cannot hold, so that the resolved case could not be read again.
std::string problem_of_text(const std::string& text)
{
    if (!is_plain_text(text)) {
        return "the value holds control characters or bytes that are not UTF-8 (a case file is text). Remove them.";
    }
    if (text.find('#') != std::string::npos) {
        return "the value holds '#' (it begins a comment in a case file, so the case could not be written). Leave it "
               "out.";
    }
    return {};
}
} // namespace

Reading read_value(const Parameter& parameter, const std::string& text, const UnitSystem& units)
{
    const std::string trimmed = trim(text);
    if (std::string problem = problem_of_text(text); !problem.empty()) {
        return refused(std::move(problem));
    }
    if (trimmed.empty() && parameter.kind != Kind::text && parameter.kind != Kind::names) {
        return refused(fmt::format("no value is given (this key takes a {}). Write one, or delete the line.",
                                   kind_text(parameter.kind)));
    }
    switch (parameter.kind) {
    case Kind::real:
        return read_real(parameter, trimmed, units);
    case Kind::integer:
        return read_integer(parameter, trimmed, units);
    case Kind::flag:
        return read_flag(trimmed);
    case Kind::choice:
        return is_choice(parameter, trimmed) ? Reading{.value = trimmed, .problem = {}}
                                             : refused(choice_problem(parameter, trimmed));
    case Kind::names:
        return read_names(parameter, trimmed);
    case Kind::text:
        break;
    }
    return {.value = trimmed, .problem = {}};
}

} // namespace paget::config
