#include "field_values.hpp"

#include "paget/core/error.hpp"
#include "paget/core/plain_text.hpp"

#include <fmt/format.h>

namespace paget::organ
{

double FieldValues::read(const std::string& key, const std::string& field_unit, const std::string& per)
{
    return per.empty() ? value_of(key, field_unit) : read_in(key, fmt::format("({}).{}", field_unit, per));
}

double FieldValues::read_in(const std::string& key, const std::string& unit)
{
    if (case_->given(key) && number_in(case_->text(key)).value_or(0.0) != 0.0) {
        case_->warn(key,
                    fmt::format("is '{0}', without a unit (it is read as '{0} {1}'). Write the unit that is meant.",
                                case_->text(key), unit));
    }
    return value_of(key, unit);
}

double FieldValues::value_of(const std::string& key, const std::string& unit)
{
    try {
        const double value = units_.read(case_->text(key), unit);
        if (value >= 0.0) {
            return value;
        }
        case_->report(key, "must not be negative (concentrations and amounts cannot be). Give a value of at least 0.");
    } catch (const InputError& error) {
        case_->report(key, error.what());
    }
    return 0.0;
}

double FieldValues::factor(const std::string& field, const std::string& from, const std::string& why)
{
    try {
        return units_.convert(1.0, from, unit_of(field));
    } catch (const InputError&) {
        case_->report("field." + field + ".unit",
                      fmt::format("is '{}' ({}). Hold the field in '{}' or a unit of that dimension.",
                                  case_->text("field." + field + ".unit"), why, from));
        return 1.0;
    }
}

std::string FieldValues::unit_of(const std::string& field)
{
    const std::string key = "field." + field + ".unit";
    const std::string unit = case_->text(key);
    if (units_.knows(unit)) {
        return unit;
    }
    case_->report(key,
                  fmt::format("'{}' is not a unit (values of the field are converted to it). Write it as in 'mmHg', "
                              "'ng/ml' or '1'.",
                              unit));
    return "1";
}

} // namespace paget::organ
