// Lu et al. 2013 with the module that makes SNAIL: miR-34 and SNAIL silence each other, a signal drives SNAIL.
// Constants of the module: github.com/Divyoj-Singh/PAGE4-AR-EMT-NDJ,
// figure_3_and_S3/bistable_EF/auxiliary_functions.py, but the signal's threshold, fold and exponents of 1, see
// docs/model/states.md.

#include "circuit_law.hpp"
#include "mirna_silencing.hpp"

namespace paget::agents
{
namespace
{
void mir34_mir200_rates(const CircuitState& v, double signal, CircuitState& rates)
{
    const double mir34 = v[3];
    const double messenger = v[4];
    const double snail = v[5];
    const auto core = mir200_zeb_rates(v[0], v[1], v[2], snail);
    std::copy(core.begin(), core.end(), rates.begin());
    const Silencing bound = silencing<2>(mir34);
    rates[3] = 1350.0 * shifted_hill<1>(snail, 300.0e3, 0.1) * shifted_hill<1>(v[2], 600.0e3, 0.2) -
               messenger * bound.mirna_lost - 0.05 * mir34;
    rates[4] = 90.0 * shifted_hill<1>(snail, 200.0e3, 0.1) * shifted_hill<1>(signal, 50.0e3, 10.0) -
               messenger * bound.messenger_lost - 0.5 * messenger;
    rates[5] = 100.0 * messenger * bound.translation - 0.125 * snail;
}
} // namespace

const CircuitLaw mir34_mir200{6,
                              {"mir200", "zeb_mrna", "zeb", "mir34", "snail_mrna", "snail"},
                              {1.0e4, 1.0e2, 1.0e5, 1.0e4, 1.0e2, 1.0e5},
                              {{{19039.884, 62.661860, 6030.3119, 16844.941, 458.42852, 197081.04},
                                {11551.664, 330.87423, 53881.338, 15757.383, 457.79143, 200701.55},
                                {1307.4892, 970.46652, 720719.64, 9005.9544, 452.16043, 232726.62}}},
                              mir34_mir200_rates,
                              [](const CircuitState& v) { return state_by_mir200(v[0]); }};

} // namespace paget::agents
