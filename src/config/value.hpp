#pragma once

#include "paget/config/catalogue.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace paget::config
{

/// A value of one of the kinds real, integer, flag, text (or choice), names, in the unit of its parameter.
using Value = std::variant<double, std::int64_t, bool, std::string, std::vector<std::string>>;

/// What came of reading a text as the value of a parameter.
struct Reading {
    std::optional<Value> value = {};
    std::string problem = {}; ///< `<what> (<why>). <what to do>`, if there is no value
};

Reading read_value(const Parameter& parameter, const std::string& text, const UnitSystem& units);

/// The text that reads back as exactly this value.
std::string write_value(const Parameter& parameter, const Value& value);

bool is_number(Kind kind);

/// `real number`, `yes or no`, ...
std::string kind_text(Kind kind);

/// `2000 um^2/min`: a number in the unit of the parameter, with all its digits.
std::string number_text(const Parameter& parameter, double number);

/// `um^2/min`, or nothing for plain numbers.
std::string unit_text(const Parameter& parameter);

/// `0 um to 100 um`, `at least 0 um`; `one of a, b, c`; nothing if everything is allowed.
std::string allowed_text(const Parameter& parameter);

} // namespace paget::config
