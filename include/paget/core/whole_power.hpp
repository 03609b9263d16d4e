#pragma once

namespace paget
{

/// x^n by squaring; 1 for n = 0. The same bits on every machine.
constexpr double whole_power(double x, unsigned n)
{
    double result = 1.0;
    for (double factor = x; n > 0; n /= 2) {
        result *= n % 2 == 1 ? factor : 1.0;
        factor *= factor;
    }
    return result;
}

} // namespace paget
