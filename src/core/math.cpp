#include "paget/core/math.hpp"

#include <cmath>
#include <limits>

namespace paget
{
namespace
{
// ln 2 split so that k * high part is exact for |k| < 2^11 (Cody and Waite 1980).
constexpr double ln2_high = 6.93147180369123816490e-01;
constexpr double ln2_low = 1.90821492927058770002e-10;

/// e^r - 1 for |r| <= ln2/2 by its Taylor series in Horner form; 14 terms leave 2e-18.
double exp_minus_one_reduced(double r)
{
    double sum = 1.0;
    for (int n = 14; n >= 2; --n) {
        sum = 1.0 + sum * r / n;
    }
    return r * sum;
}
} // namespace

double portable_exp(double x)
{
    if (std::isnan(x)) {
        return x;
    }
    if (x > 709.78) {
        return std::numeric_limits<double>::infinity();
    }
    if (x < -745.2) {
        return 0.0;
    }
    const double k = std::floor(x * 1.44269504088896338700 + 0.5);
    const double r = (x - k * ln2_high) - k * ln2_low;
    return std::ldexp(1.0 + exp_minus_one_reduced(r), static_cast<int>(k));
}

double portable_log(double x)
{
    if (x == 0.0) {
        return -std::numeric_limits<double>::infinity();
    }
    if (!(x > 0.0) || std::isinf(x)) {
        return x > 0.0 ? x : std::numeric_limits<double>::quiet_NaN();
    }
    int exponent = 0;
    double mantissa = std::frexp(x, &exponent); // in [1/2, 1)
    if (mantissa < 0.70710678118654752440) {
        mantissa *= 2.0;
        --exponent;
    }
    // log m = 2 artanh(s), s = (m-1)/(m+1), |s| < 0.172: 12 odd terms leave 1e-19.
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double s2 = s * s;
    double sum = 0.0;
    for (int n = 23; n >= 3; n -= 2) {
        sum = (sum + 1.0 / n) * s2;
    }
    const double e = exponent;
    return e * ln2_high + (2.0 * s * (1.0 + sum) + e * ln2_low);
}

double portable_pow(double x, double n)
{
    if (n == 1.0) {
        return x;
    }
    if (n == 2.0) {
        return x * x;
    }
    if (x == 0.0) {
        return n == 0.0 ? 1.0 : 0.0;
    }
    return portable_exp(n * portable_log(x));
}

double event_probability(double hazard, double time)
{
    const double x = hazard * time;
    if (x < 0.34) { // within the reduced range: no cancellation for rare events
        return -exp_minus_one_reduced(-x);
    }
    return 1.0 - portable_exp(-x);
}

double hill(double x, double half, double n)
{
    if (!(x > 0.0)) {
        return 0.0;
    }
    const double ratio = portable_pow(x / half, n);
    return std::isinf(ratio) ? 1.0 : ratio / (1.0 + ratio);
}

double ramp(double x, double low, double high)
{
    if (low == high) {
        return x >= high ? 1.0 : 0.0;
    }
    const double t = (x - low) / (high - low);
    return t < 0.0 ? 0.0 : (t > 1.0 ? 1.0 : t);
}

} // namespace paget
