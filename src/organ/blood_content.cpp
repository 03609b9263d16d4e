#include "blood_content.hpp"

#include "paget/core/math.hpp"
#include "paget/core/whole_power.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paget::organ
{
namespace
{
constexpr double last_digits = 4e-16;
constexpr int most_halvings = 200;

/// p^n / (p^n + 1); whole n by products, which is what oxygen's curve is mostly given with.
double hill_share(double p, double n)
{
    const bool whole = n == std::floor(n);
    const double power = whole ? whole_power(p, static_cast<unsigned>(n)) : portable_pow(p, n);
    return power < 1e300 ? power / (1.0 + power) : 1.0;
}
} // namespace

double BloodCarriage::wall_min_per_um2(double diameter_um) const
{
    if (walls.empty()) {
        return 1.0 / (std::numbers::pi * diameter_um * permeability_um_per_min);
    }
    const auto above = std::find_if(walls.begin(), walls.end(),
                                    [&](const WallResistance& wall) { return wall.diameter_um >= diameter_um; });
    if (above == walls.begin() || above == walls.end()) {
        return above == walls.end() ? walls.back().min_per_um2 : above->min_per_um2;
    }
    const WallResistance& below = *(above - 1);
    const double share = (diameter_um - below.diameter_um) / (above->diameter_um - below.diameter_um);
    return below.min_per_um2 + share * (above->min_per_um2 - below.min_per_um2);
}

BloodContent::BloodContent(const BloodCarriage& carriage)
    : plasma_(carriage.blood_solubility / carriage.tissue_solubility),
      red_cells_(carriage.binding_capacity / carriage.tissue_solubility),
      half_(carriage.binding_half),
      hill_(carriage.binding_hill)
{
}

double BloodContent::bound_share(double p) const
{
    return red_cells_ > 0.0 && p > 0.0 ? hill_share(p / half_, hill_) : 0.0;
}

double BloodContent::bound_slope(double p, double share) const
{
    if (red_cells_ == 0.0 || p <= 0.0) {
        return hill_ == 1.0 && red_cells_ > 0.0 ? 1.0 / half_ : 0.0;
    }
    return hill_ / p * share * (1.0 - share);
}

double BloodContent::slope(double p, double haematocrit) const
{
    return plasma_ + haematocrit * red_cells_ * bound_slope(p, bound_share(p));
}

/// Newton's method for a function that rises everywhere, inside a bracket that shrinks; where a step leaves it, it is
/// halved.
double BloodContent::concentration(double amount, double flow, double haematocrit, double conductance) const
{
    if (amount <= 0.0) {
        return 0.0;
    }
    const double linear = flow * plasma_ + conductance;
    const double binding = flow * haematocrit * red_cells_;
    double low = std::max(0.0, (amount - binding) / linear);
    double high = amount / linear;
    double p = std::min(high, std::max(low, half_));
    for (int i = 0; i < most_halvings && high - low > last_digits * high; ++i) {
        const double share = bound_share(p);
        const double excess = linear * p + binding * share - amount;
        (excess > 0.0 ? high : low) = p;
        const double next = p - excess / (linear + binding * bound_slope(p, share));
        if (excess == 0.0 || std::fabs(next - p) <= last_digits * p) {
            return p;
        }
        p = next > low && next < high ? next : 0.5 * (low + high);
    }
    return p;
}

} // namespace paget::organ
