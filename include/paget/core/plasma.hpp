#pragma once

#include <vector>

namespace paget
{

/// Drugs in the blood during a step, as therapy computes them and tissue feels them. It stands here because modules of
/// one layer do not include each other.
struct Plasma {
    std::vector<double> concentration_mg_per_l; ///< mean over the step, per drug
    double death_per_min = 0.0;                 ///< summed hazard on cells in cycle
};

} // namespace paget
