#pragma once

#include "blood.hpp"

namespace paget::circulation
{

/// How much a bed's recruitment by IL-6 and IL-8 multiplies arrest and infiltration of a cell:
/// 1 + il6_gain * response * IL6/(half + IL6) + the same for IL-8 (form after Kim et al. 2009).
double recruitment(const Bed& bed, const agents::Traits& traits, const Blood& blood);

/// Probability that a convoy arrests in one pass of a bed: 1 - (1 - p)^recruitment, p that of the bed.
double capture_probability(const Bed& bed, const Convoy& convoy, const Blood& blood);

/// Rate at which an arrested convoy leaves the blood [1/min]: organ factor, niche, and infiltration by MMP1 and FSCN1
/// where the bed demands it; or what rules of the leader's type say, in beds of organs.
double extravasation_per_min(const Bed& bed, const agents::CellRecord& leader, Tick now, const Blood& blood);

} // namespace paget::circulation
