#pragma once

#include "paget/core/whole_power.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace paget::agents
{

/// (1 + fold (x/half)^n) / (1 + (x/half)^n): 1 without x, `fold` with much of it (the shifted Hill function of Lu et
/// al. 2013).
template <unsigned n>
double shifted_hill(double x, double half, double fold)
{
    const double power = whole_power(x / half, n);
    return (1.0 + fold * power) / (1.0 + power);
}

/// What microRNA that binds to n sites does to its messenger RNA (Lu et al. 2013): sums over the number of bound sites
/// of their probabilities, mu^i C(n,i) / (1 + mu)^n with mu in units of its threshold.
struct Silencing {
    double mirna_lost = 0.0;     ///< loss of microRNA per messenger [1/h]
    double messenger_lost = 0.0; ///< loss of messenger [1/h]
    double translation = 0.0;    ///< relative
};

template <std::size_t n>
Silencing silencing(double mirna)
{
    static_assert(n == 2 || n == 6);
    constexpr double threshold = 1.0e4;                                                                   // molecules
    constexpr std::array<double, 7> mirna_lost{0.0, 0.005, 2 * 0.05, 3 * 0.5, 4 * 0.5, 5 * 0.5, 6 * 0.5}; // 1/h
    constexpr std::array<double, 7> messenger_lost{0.0, 0.04, 0.2, 1.0, 1.0, 1.0, 1.0};                   // 1/h
    constexpr std::array<double, 7> translation{1.0, 0.6, 0.3, 0.1, 0.05, 0.05, 0.05};
    constexpr std::array<double, 7> six{1.0, 6.0, 15.0, 20.0, 15.0, 6.0, 1.0};
    constexpr std::array<double, 7> two{1.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0};
    constexpr std::array<double, 7> ways = n == 6 ? six : two;
    const double ratio = mirna / threshold;
    Silencing sums;
    double weight = 1.0;
    double all = 1.0;
    for (std::size_t i = 0; i <= n; ++i) {
        const double bound = ways[i] * weight;
        sums.mirna_lost += mirna_lost[i] * bound;
        sums.messenger_lost += messenger_lost[i] * bound;
        sums.translation += translation[i] * bound;
        weight *= ratio;
        all *= i < n ? 1.0 + ratio : 1.0;
    }
    return {sums.mirna_lost / all, sums.messenger_lost / all, sums.translation / all};
}

/// Rates of miR-200, ZEB's messenger and ZEB [molecules per hour] at that many molecules of SNAIL: the core of Lu et
/// al. 2013. Constants: github.com/Divyoj-Singh/PAGE4-AR-EMT-NDJ, figure_1/EMT_bifurcation and figure_3_and_S3.
inline std::array<double, 3> mir200_zeb_rates(double mir200, double messenger, double zeb, double snail)
{
    const Silencing bound = silencing<6>(mir200);
    return {2100.0 * shifted_hill<3>(zeb, 220.0e3, 0.1) * shifted_hill<2>(snail, 180.0e3, 0.1) -
                messenger * bound.mirna_lost - 0.05 * mir200,
            11.0 * shifted_hill<2>(zeb, 25.0e3, 7.5) * shifted_hill<2>(snail, 180.0e3, 10.0) -
                messenger * bound.messenger_lost - 0.5 * messenger,
            100.0 * messenger * bound.translation - 0.1 * zeb};
}

} // namespace paget::agents
