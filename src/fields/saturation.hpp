#pragma once

namespace paget::fields
{

/// Michaelis-Menten loss s u / (1 + u / K) [unit/min] at concentration u; below zero, where only iterates of a solver
/// can be, first order.
inline double saturating_loss(double s_per_min, double half_saturation, double u)
{
    return s_per_min * u / (1.0 + (u > 0.0 ? u : 0.0) / half_saturation);
}

/// Its derivative by u [1/min].
inline double saturating_slope(double s_per_min, double half_saturation, double u)
{
    const double share = 1.0 / (1.0 + (u > 0.0 ? u : 0.0) / half_saturation);
    return s_per_min * share * share;
}

} // namespace paget::fields
