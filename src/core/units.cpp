#include "paget/core/units.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>
#include <udunits2.h>

#include <charconv>
#include <cmath>
#include <regex>

namespace paget
{
namespace
{
struct FreeUnit {
    void operator()(ut_unit* unit) const noexcept { ut_free(unit); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;

struct FreeConverter {
    void operator()(cv_converter* converter) const noexcept { cv_free(converter); }
};
using Converter = std::unique_ptr<cv_converter, FreeConverter>;

/// UDUNITS-2 moves the origin of a unit by `38 mmHg from 20`, so that words behind a value would change it unseen.
bool moves_origin(const std::string& text)
{
    static const std::regex words("@|(^|[^a-z])(from|after|since|ref)($|[^a-z])", std::regex::icase);
    return std::regex_search(text, words);
}

Unit parse(ut_system* system, const std::string& text)
{
    if (moves_origin(text)) {
        return nullptr;
    }
    const std::string whole = text.empty() || text.front() == '/' ? "1" + text : text; // as in 0.1 /min
    return Unit(ut_parse(system, whole.c_str(), UT_UTF8));
}

std::string trim(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t\r");
    const auto last = text.find_last_not_of(" \t\r");
    return first == std::string::npos ? std::string{} : text.substr(first, last - first + 1);
}

/// UDUNITS-2 also converts between a unit and its reciprocal (0.1 hour would be 10 per hour as a rate).
bool is_reciprocal(const ut_unit* source, const ut_unit* target)
{
    const Unit quotient(ut_divide(source, target));
    return quotient && ut_is_dimensionless(quotient.get()) == 0;
}

void define(ut_system* system, const char* name)
{
    const Unit unit(ut_new_dimensionless_unit(system));
    ut_map_name_to_unit(name, UT_UTF8, unit.get());
}
} // namespace

void UnitSystem::Free::operator()(ut_system* system) const noexcept { ut_free_system(system); }

UnitSystem::UnitSystem()
{
    ut_set_error_message_handler(ut_ignore); // messages are ours
    system_.reset(ut_read_xml(nullptr));
    if (!system_) {
        throw FileError(
            "The unit database of UDUNITS-2 cannot be read (no value with a unit can be understood). Install "
            "libudunits2-data, or set UDUNITS2_XML_PATH to udunits2.xml.");
    }
    for (const char* count : {"cell", "cells", "voxel", "voxels"}) {
        define(system_.get(), count);
    }
}

bool UnitSystem::knows(const std::string& unit) const { return parse(system_.get(), unit) != nullptr; }

double UnitSystem::convert(double value, const std::string& from, const std::string& to) const
{
    const Unit source = parse(system_.get(), from);
    const Unit target = parse(system_.get(), to);
    ensure(target != nullptr, "a parameter is declared with an unknown unit");
    static const std::regex second_number("[ \t][-+]?[0-9.]+[ \t]*[a-zA-Z%]");
    if (std::regex_search(from, second_number)) {
        throw InputError(
            fmt::format("'{}' follows the number (a value is one number and one unit). Add the parts up.", from));
    }
    if (!source) {
        throw InputError(fmt::format("'{}' is not a unit. {}.", from,
                                     to.empty() || to == "1" ? "Write a plain number"
                                                             : fmt::format("Write one that fits '{}'", to)));
    }
    const Converter converter(ut_get_converter(source.get(), target.get()));
    if (!converter || is_reciprocal(source.get(), target.get())) {
        const std::string remedy =
            to.empty() || to == "1" ? "a plain number" : fmt::format("it in a unit like '{}'", to);
        throw InputError(
            fmt::format("unit '{}' has the wrong dimension (the value cannot be converted). Give {}.", from, remedy));
    }
    return cv_convert_double(converter.get(), value);
}

double UnitSystem::read(const std::string& text, const std::string& to) const
{
    const std::string trimmed = trim(text);
    double value = 0.0;
    const char* begin = trimmed.data() + (trimmed.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, trimmed.data() + trimmed.size(), value);
    if (error != std::errc{} || !std::isfinite(value)) {
        throw InputError(fmt::format("'{}' is not a number{}. Write a finite one, with a point for decimals.", trimmed,
                                     to.empty() || to == "1" ? "" : fmt::format(" with a unit like '{}'", to)));
    }
    const std::string unit = trim(std::string(end, trimmed.data() + trimmed.size()));
    const double converted = unit.empty() ? value : convert(value, unit, to);
    if (!std::isfinite(converted)) {
        throw InputError(fmt::format("'{}' is too large a number in '{}'", trimmed, to));
    }
    return converted;
}

} // namespace paget
