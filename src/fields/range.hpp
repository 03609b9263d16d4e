#pragma once

#include <span>

namespace paget::fields
{

/// Extremes of some values, exact.
struct Range {
    double least = 0.0;
    double largest = 0.0;
    bool finite = true; ///< all of them; else the extremes may miss those that are not numbers
};

/// Of this rank's values; the range of no values is empty: least > largest. Local.
Range range_of(std::span<const double> values);

/// Least of the values, -infinity if any is not finite. Local.
double least_of(std::span<const double> values);

} // namespace paget::fields
