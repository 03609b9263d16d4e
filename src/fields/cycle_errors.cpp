#include "cycle_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
constexpr double unknown_ratio = 0.5;
constexpr double unknown_over_expected = 5.0;
/// Contractions better than this, or than what can be expected, are luck and will not last.
constexpr double least_ratio = 0.1;
/// The slowest part of the error shows only late in the ratios.
constexpr double safety = 1.1;
/// Corrections that do not shrink for so long never will.
constexpr int patience = 20;
} // namespace

void CycleErrors::add(double correction)
{
    ratio_before_ = ratio_;
    ratio_ = cycles_ > 0 && correction_ > 0.0 ? correction / correction_
                                              : std::min(unknown_ratio, unknown_over_expected * expected_);
    correction_ = correction;
    if (cycles_ == 0 || correction < least_correction_) {
        least_correction_ = correction;
        cycles_since_least_ = 0;
    } else {
        ++cycles_since_least_;
    }
    ++cycles_;
}

double CycleErrors::estimate() const
{
    if (correction_ == 0.0) {
        return 0.0;
    }
    const double seen = cycles_ > 2 ? std::max(ratio_, ratio_before_) : ratio_;
    const double ratio = safety * std::max(seen, std::min(least_ratio, expected_));
    return ratio < 1.0 ? ratio / (1.0 - ratio) * correction_ : std::numeric_limits<double>::infinity();
}

bool CycleErrors::hopeless() const { return !std::isfinite(correction_) || cycles_since_least_ >= patience; }

} // namespace paget::fields
