#include "blood_rheology.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
constexpr double narrowest_um = 3.0;
constexpr double most_red_cells = 0.95; ///< they are packed then

double logit(double share) { return portable_log(share / (1.0 - share)); }
} // namespace

double relative_viscosity(double diameter_um, double haematocrit)
{
    const double d = std::max(diameter_um, narrowest_um);
    const double at_45 = 6.0 * portable_exp(-0.085 * d) + 3.2 - 2.44 * portable_exp(-0.06 * portable_pow(d, 0.645));
    const double wide = 1.0 / (1.0 + 1e-11 * portable_pow(d, 12.0));
    const double curvature = (0.8 + portable_exp(-0.075 * d)) * (wide - 1.0) + wide;
    const double red_cells = std::min(haematocrit, most_red_cells);
    const double by_haematocrit =
        (portable_pow(1.0 - red_cells, curvature) - 1.0) / (portable_pow(0.55, curvature) - 1.0);
    const double coat = (d / (d - 1.1)) * (d / (d - 1.1));
    return (1.0 + (at_45 - 1.0) * by_haematocrit * coat) * coat;
}

double red_cell_share(const Fork& fork)
{
    const double q = fork.flow_share;
    const double plasma = (1.0 - fork.haematocrit) / fork.feeding_diameter_um;
    const double least = 0.964 * plasma; // below this share of flow a branch gets plasma only
    double share = q <= least ? 0.0 : 1.0;
    if (q > least && q < 1.0 - least) {
        const double ratio =
            (fork.alpha_diameter_um * fork.alpha_diameter_um) / (fork.beta_diameter_um * fork.beta_diameter_um);
        const double asymmetry = -13.29 * ((ratio - 1.0) / (ratio + 1.0)) * plasma;
        const double steepness = 1.0 + 6.98 * plasma;
        const double exponent = asymmetry + steepness * logit((q - least) / (1.0 - 2.0 * least));
        share = 1.0 / (1.0 + portable_exp(-exponent));
    }
    if (fork.haematocrit <= 0.0) {
        return q;
    }
    const double room = std::max(1.0, most_red_cells / fork.haematocrit);
    return std::clamp(share, 1.0 - (1.0 - q) * room, q * room);
}

} // namespace paget::organ
