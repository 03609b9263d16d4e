#pragma once

#include "paget/core/error.hpp"

#include <cmath>
#include <cstdint>

namespace paget
{

/// Sums that must not depend on their order are taken over integers: a double becomes a multiple of 2^-32, sums are
/// exact and associative, |sum| < 2^31. What is added to a voxel is scaled by its caller so that it fits.
namespace fixed_point
{
inline constexpr double scale = 4294967296.0; // 2^32
inline constexpr double largest = 2147483000.0;

/// Nearest multiple of 2^-32; throws BugError if |x| is too large for a sum (or NaN).
inline std::int64_t from_double(double x)
{
    ensure(std::fabs(x) < largest, "value too large for a fixed-point sum");
    return static_cast<std::int64_t>(std::nearbyint(x * scale));
}

inline double to_double(std::int64_t sum) { return static_cast<double>(sum) / scale; }
} // namespace fixed_point

} // namespace paget
