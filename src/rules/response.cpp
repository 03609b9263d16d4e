#include "paget/rules/response.hpp"

#include "hill_power.hpp"

namespace paget::rules
{

double joint_hill(const std::vector<Influence>& influences, const double* signals)
{
    double sum = 0.0;
    for (const Influence& influence : influences) {
        const double ratio = ratio_of(signals[influence.signal], influence.half);
        sum += is_simple(influence.hill) ? simple_power(ratio, influence.hill) : any_power(ratio, influence.hill);
    }
    return sum / (1.0 + sum);
}

double value_of(const Response& response, double own_base, const double* signals)
{
    const double up = joint_hill(response.raising, signals);
    const double down = joint_hill(response.lowering, signals);
    return (1.0 - down) * ((1.0 - up) * response.base.value_or(own_base) + up * response.most) + down * response.least;
}

} // namespace paget::rules
