// Lu, Jolly, Levine, Onuchic and Ben-Jacob 2013, PNAS 110:18144: miR-200 and ZEB silence each other, SNAIL is given.

#include "circuit_law.hpp"
#include "mirna_silencing.hpp"

namespace paget::agents
{

const CircuitLaw mir200_zeb{
    3,
    {"mir200", "zeb_mrna", "zeb"},
    {1.0e4, 1.0e2, 1.0e5},
    {{{18668.224, 65.830279, 6455.9244}, {11690.079, 326.10300, 52414.118}, {1714.1225, 827.54599, 563720.04}}},
    [](const CircuitState& v, double snail, CircuitState& rates) {
        const auto core = mir200_zeb_rates(v[0], v[1], v[2], snail);
        std::copy(core.begin(), core.end(), rates.begin());
    },
    [](const CircuitState& v) { return state_by_mir200(v[0]); }};

} // namespace paget::agents
