#pragma once

#include "paget/core/whole_power.hpp"

#include <bit>
#include <cmath>
#include <cstdint>

namespace paget::rules
{

// Powers of the ratio of a signal to its half. What follows has no branch and calls nothing, so that compilers make
// vector instructions of loops over it; by additions, subtractions, multiplications, divisions and roots, which every
// machine rounds alike.

inline constexpr double smallest_ratio = 1e-300; ///< where logarithms are needed
inline constexpr double largest_ratio = 1e12;    ///< beyond, a power could overflow; the effect is full, or nearly

/// Whether n is a whole number or a half, whose powers are products, with a root: fast, and what most rules have.
inline bool is_simple(double n) { return 2.0 * n == std::floor(2.0 * n); }

/// At least 0 (also where the signal is no number), at most largest_ratio.
inline double ratio_of(double signal, double half)
{
    const double ratio = signal / half;
    const double positive = ratio > 0.0 ? ratio : 0.0;
    return positive < largest_ratio ? positive : largest_ratio;
}

/// Natural logarithm of a number from smallest_ratio to largest_ratio, by the series of portable_log() (paget/core).
inline double log_of_ratio(double x)
{
    constexpr auto root_of_half = std::bit_cast<std::uint64_t>(0.70710678118654752440);
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t biased = (bits - root_of_half + (std::uint64_t{1023} << 52U)) >> 52U; // exponent + 1023
    const double mantissa = std::bit_cast<double>(bits - ((biased - 1023U) << 52U));          // from sqrt(1/2)
    const double exponent = std::bit_cast<double>(biased | 0x4330000000000000U) - (0x1p52 + 1023.0);
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double q = s * s;
    double sum = 1.0 / 23.0;
    sum = sum * q + 1.0 / 21.0;
    sum = sum * q + 1.0 / 19.0;
    sum = sum * q + 1.0 / 17.0;
    sum = sum * q + 1.0 / 15.0;
    sum = sum * q + 1.0 / 13.0;
    sum = sum * q + 1.0 / 11.0;
    sum = sum * q + 1.0 / 9.0;
    sum = sum * q + 1.0 / 7.0;
    sum = sum * q + 1.0 / 5.0;
    sum = sum * q + 1.0 / 3.0;
    constexpr double ln2_high = 6.93147180369123816490e-01;
    constexpr double ln2_low = 1.90821492927058770002e-10;
    return exponent * ln2_high + (2.0 * s * (1.0 + sum * q) + exponent * ln2_low);
}

/// e^x for x below 700; 0 below -708. Relative error 2e-16.
inline double exp_below_700(double x)
{
    constexpr double log2_e = 1.44269504088896338700;
    constexpr double ln2_high = 6.93147180369123816490e-01;
    constexpr double ln2_low = 1.90821492927058770002e-10;
    constexpr double to_whole = 0x1.8p52; // adding it leaves no room for fractions
    const double cut = x > -708.0 ? x : -708.0;
    const double shifted = cut * log2_e + to_whole;
    const double k = shifted - to_whole;
    const double r = (cut - k * ln2_high) - k * ln2_low;
    double sum = 1.0 / 6227020800.0; // Taylor's series up to r^13 / 13!
    sum = sum * r + 1.0 / 479001600.0;
    sum = sum * r + 1.0 / 39916800.0;
    sum = sum * r + 1.0 / 3628800.0;
    sum = sum * r + 1.0 / 362880.0;
    sum = sum * r + 1.0 / 40320.0;
    sum = sum * r + 1.0 / 5040.0;
    sum = sum * r + 1.0 / 720.0;
    sum = sum * r + 1.0 / 120.0;
    sum = sum * r + 1.0 / 24.0;
    sum = sum * r + 1.0 / 6.0;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    const double scale = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U); // 2^k
    const double power = scale * (1.0 + r * sum);
    return x > -708.0 ? power : 0.0;
}

/// ratio^n for a ratio of ratio_of(), of any exponent n above 0.
inline double any_power(double ratio, double n)
{
    const double inside = ratio > smallest_ratio ? ratio : smallest_ratio;
    const double power = exp_below_700(n * log_of_ratio(inside));
    return ratio > 0.0 ? power : 0.0;
}

/// The same for simple exponents.
inline double simple_power(double ratio, double n)
{
    const auto whole = static_cast<unsigned>(n);
    const double root = n != std::floor(n) ? std::sqrt(ratio) : 1.0;
    return root * whole_power(ratio, whole);
}

} // namespace paget::rules
