#include "paget/circulation/nk_killing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::circulation
{

double lethality_integral_min(const JourneyParameters& journey, double since_arrest_min)
{
    const double plateau = journey.nk_lethality_plateau_min;
    const double fall = journey.nk_lethality_end_min - plateau;
    const double falling = std::clamp(since_arrest_min - plateau, 0.0, fall);
    const double decline = fall > 0.0 ? falling * falling / (2.0 * fall) : 0.0;
    return journey.nk_lethality * (std::min(since_arrest_min, plateau) + falling - decline);
}

double nk_death_after_min(const JourneyParameters& journey, double since_arrest_min, double exposure)
{
    constexpr double never = std::numeric_limits<double>::infinity();
    const double intensity = journey.nk_encounters_per_min * journey.nk_lethality;
    if (!(intensity > 0.0)) {
        return never;
    }
    // In minutes at full lethality: what the cell has gone through, and what kills it.
    const double gone = lethality_integral_min(journey, since_arrest_min) / journey.nk_lethality;
    const double fatal = gone + exposure / intensity;
    const double plateau = journey.nk_lethality_plateau_min;
    if (fatal <= plateau) {
        return std::max(0.0, fatal - since_arrest_min);
    }
    // On the falling line s - s^2/(2 w) = z, solved for the smaller s without cancellation.
    const double w = journey.nk_lethality_end_min - plateau;
    const double z = fatal - plateau;
    if (!(2.0 * z < w)) {
        return never;
    }
    const double s = 2.0 * z / (1.0 + std::sqrt(1.0 - 2.0 * z / w));
    return std::max(0.0, plateau + s - since_arrest_min);
}

} // namespace paget::circulation
