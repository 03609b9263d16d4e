#pragma once

#include <memory>
#include <string>
#include <vector>

struct ut_system;

namespace paget
{

/// Units of measurement by UDUNITS-2: reads texts as `2000 um^2/s` and converts them to the unit a parameter is held
/// in. Owns the unit database; cheap calls, not thread-safe.
class UnitSystem
{
public:
    /// Loads UDUNITS-2's database (and adds `cell` and `voxel` as counts). Throws FileError if it is not installed.
    UnitSystem();

    /// True if `unit` is a unit this system knows; "" and "1" are dimensionless.
    bool knows(const std::string& unit) const;

    /// Value in `to` of the number in `text` (e.g. "2000 um^2/s"; a bare number is taken to be in `to` already).
    /// Throws InputError that says what was read and which dimension is wanted.
    double read(const std::string& text, const std::string& to) const;

    /// Value in `to` of `value` in `from`. Throws InputError if the dimensions differ, also
    /// where UDUNITS-2 would take the reciprocal (`0.1 hour` as a rate).
    double convert(double value, const std::string& from, const std::string& to) const;

private:
    struct Free {
        void operator()(ut_system* system) const noexcept;
    };
    std::unique_ptr<ut_system, Free> system_;
};

} // namespace paget
