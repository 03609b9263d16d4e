#include "paget/rules/response.hpp"

#include "paget/core/math.hpp"

#include <cmath>

namespace paget::rules
{
namespace
{
constexpr double largest_ratio = 1e12; // beyond, a power could overflow; with usual exponents the effect is full

/// Whole powers, which are the rule, by products, and halves by a root besides, which every machine rounds alike.
double power(double x, double n)
{
    if (2.0 * n != std::floor(2.0 * n)) {
        return portable_pow(x, n);
    }
    double result = n != std::floor(n) ? std::sqrt(x) : 1.0;
    double factor = x;
    for (auto left = static_cast<unsigned>(n); left > 0; left /= 2) {
        result *= left % 2 == 1 ? factor : 1.0;
        factor *= factor;
    }
    return result;
}
} // namespace

double joint_hill(const std::vector<Influence>& influences, const double* signals)
{
    double sum = 0.0;
    for (const Influence& influence : influences) {
        const double ratio = signals[influence.signal] / influence.half;
        if (ratio > 0.0) {
            sum += power(ratio < largest_ratio ? ratio : largest_ratio, influence.hill);
        }
    }
    return std::isinf(sum) ? 1.0 : sum / (1.0 + sum);
}

double value_of(const Response& response, double own_base, const double* signals)
{
    const double up = joint_hill(response.raising, signals);
    const double down = joint_hill(response.lowering, signals);
    return (1.0 - down) * ((1.0 - up) * response.base.value_or(own_base) + up * response.most) + down * response.least;
}

} // namespace paget::rules
