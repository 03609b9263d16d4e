#pragma once

#include "paget/config/case.hpp"
#include "paget/core/units.hpp"

#include <string>

namespace paget::organ
{

/// Reads values whose unit depends on the unit that a field declares; what is wrong is noted in the case.
class FieldValues
{
public:
    explicit FieldValues(config::Case& description) : case_(&description) {}

    /// Text of `key` as a number in the field's unit times `per` (e.g. "um^3/min"), at least 0.
    double read(const std::string& key, const std::string& field_unit, const std::string& per = {});

    /// Text of `key` as a number in a unit that was made from the field's, at least 0. Warns of a number without unit:
    /// nobody has such a unit in mind.
    double read_in(const std::string& key, const std::string& unit);

    /// What one `from` is in the declared unit of a field, e.g. 1 for "mmHg" and a field in mmHg; noted if the field is
    /// held in a unit of another dimension, because `why`.
    double factor(const std::string& field, const std::string& from, const std::string& why);

    /// The declared unit of a field; noted and replaced by "1" if UDUNITS-2 does not know it.
    std::string unit_of(const std::string& field);

private:
    double value_of(const std::string& key, const std::string& unit);

    config::Case* case_;
    UnitSystem units_;
};

} // namespace paget::organ
