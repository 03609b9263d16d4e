#pragma once

namespace paget
{

/// e^x to about 1 ulp with +,-,*,/ and scaling only, so that every machine gives the same bits (the C library does not
/// promise that). Underflows to 0 and overflows to infinity as the C library's.
double portable_exp(double x);

/// Natural logarithm for x > 0 in the same manner; -infinity at 0, NaN below.
double portable_log(double x);

/// x^n for x >= 0.
double portable_pow(double x, double n);

/// Probability that an event with constant hazard happens within a time: 1 - exp(-hazard * time). Both >= 0, in
/// matching units; exact for tiny products.
double event_probability(double hazard, double time);

/// Hill response x^n / (x^n + half^n) in [0,1]; 0 for x <= 0. `half` > 0 in the unit of x.
double hill(double x, double half, double n);

/// 0 below `low`, 1 above `high`, linear between; a falling ramp if low > high.
double ramp(double x, double low, double high);

} // namespace paget
