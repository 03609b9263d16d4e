#include "one_compartment.hpp"

#include "paget/core/math.hpp"

namespace paget::therapy
{
namespace
{
/// (1 - e^-x)/x, 1 at 0.
double mean_of_decay(double x) { return x > 0.0 ? event_probability(x, 1.0) / x : 1.0; }

/// (x - (1 - e^-x))/x^2, 1/2 at 0; by its series where the difference would cancel.
double mean_of_rise(double x)
{
    if (x > 0.5) {
        return (x - event_probability(x, 1.0)) / (x * x);
    }
    double sum = 0.0;
    for (int n = 16; n >= 3; --n) {
        sum = (1.0 - sum) * x / n; // x/3 (1 - x/4 (1 - ...))
    }
    return 0.5 * (1.0 - sum);
}
} // namespace

Course one_compartment(double start_mg_per_l, double inflow_mg_per_min, double volume_l, double clearance_l_per_min,
                       double minutes)
{
    const double x = clearance_l_per_min / volume_l * minutes;
    const double infused = inflow_mg_per_min / volume_l * minutes; // rise if nothing were cleared
    const double decay = mean_of_decay(x);
    return {start_mg_per_l * portable_exp(-x) + infused * decay,
            (start_mg_per_l * decay + infused * mean_of_rise(x)) * minutes};
}

} // namespace paget::therapy
