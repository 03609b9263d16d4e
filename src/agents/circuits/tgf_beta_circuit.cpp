// Tian, Zhang and Xing 2013, Biophys. J. 105:1079: TGF-beta drives SNAIL1 against miR-34, then ZEB against miR-200.
// Constants per hour and in the units of the paper: github.com/cliffzhou92/STT, data/emt_sim/params_emt.py; equations:
// functions_emt.py there, without its step of splicing.

#include "circuit_law.hpp"

namespace paget::agents
{
namespace
{
constexpr double square(double x) { return x * x; }
/// 1 / (1 + x^2), falling from 1.
constexpr double repressed(double x) { return 1.0 / (1.0 + square(x)); }
constexpr double repressed(double x, double y) { return 1.0 / (1.0 + square(x) + square(y)); }
constexpr double activated(double x) { return 1.0 - repressed(x); }

void tian_rates(const CircuitState& v, double dose, CircuitState& rates)
{
    const auto [tgf_beta, snail_mrna, snail, mir34, zeb_mrna, zeb, mir200, e_cadherin, n_cadherin] = v;
    rates[0] = 0.06 + 1.2 * repressed(mir200 / 0.06) - 0.6 * tgf_beta;
    rates[1] = 0.0006 + 0.03 * activated((tgf_beta + dose) / 1.6) - 0.09 * snail_mrna;
    rates[2] = 17.0 * snail_mrna * repressed(mir34 / 0.08) - 1.66 * snail;
    rates[3] = 0.0012 + 0.012 * repressed(snail / 0.15, zeb / 0.36) - 0.035 * mir34;
    rates[4] = 0.003 + 0.06 * activated(snail / 3.5) - 0.09 * zeb_mrna;
    rates[5] = 17.0 * zeb_mrna * repressed(mir200 / 0.06) - 1.66 * zeb;
    rates[6] = 0.0002 + 0.012 * repressed(snail / 5.0, zeb / 0.2) - 0.035 * mir200;
    rates[7] = 1.0 * repressed(snail / 0.2) + 0.6 * repressed(zeb / 0.5) - 0.5 * e_cadherin;
    rates[8] = 1.0 * activated(snail / 0.2) + 0.6 * activated(zeb / 0.5) - 0.5 * n_cadherin;
}

constexpr double full_e_cadherin = (1.0 + 0.6) / 0.5;

State state_by_e_cadherin(const CircuitState& v)
{
    const double share = v[7] / full_e_cadherin;
    if (share > 0.75) {
        return State::epithelial;
    }
    return share < 0.25 ? State::mesenchymal : State::hybrid;
}
} // namespace

const CircuitLaw tgf_beta_circuit{
    9,
    {"tgf_beta", "snail_mrna", "snail", "mir34", "zeb_mrna", "zeb", "mir200", "e_cadherin", "n_cadherin"},
    {1.0, 0.1, 1.0, 0.1, 0.1, 1.0, 0.1, 1.0, 1.0},
    {{{0.15782114, 0.0098785821, 0.0043681432, 0.3765953, 0.033334372, 0.0098693788, 0.3477383, 3.1985791,
       0.0014209388},
      {0.17732351, 0.18119346, 1.5199788, 0.037591796, 0.13911549, 0.055080502, 0.29919104, 1.2196498, 1.9803502},
      {2.069572, 0.3098048, 2.6581125, 0.035199201, 0.27719757, 2.7955809, 0.0074576464, 0.048455283, 3.1515447}}},
    tian_rates,
    state_by_e_cadherin};

} // namespace paget::agents
