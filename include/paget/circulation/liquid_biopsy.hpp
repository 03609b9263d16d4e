#pragma once

#include "paget/core/clock.hpp"
#include "paget/core/random.hpp"

#include <cstdint>

namespace paget::circulation
{

/// Volume in which CellSearch counts; five cells or more in it mean a poor prognosis (Cristofanilli et al. 2004).
inline constexpr double cellsearch_volume_ml = 7.5;

/// What a blood sample holds.
struct BloodSample {
    double expected_cells = 0.0;
    std::int64_t cells = 0; ///< one draw
};

/// Expected number of tumour cells in a sample of well-mixed blood. Volumes must be positive (BugError).
double expected_in_sample(std::int64_t flowing_cells, double blood_volume_ml, double sample_volume_ml);

/// One sample: the number of cells in it is a Poisson variate of that mean, keyed by `key` (e.g. a number of the
/// patient) and the tick at which it is drawn. Takes time in proportion to the mean.
BloodSample blood_sample(std::int64_t flowing_cells, double blood_volume_ml, double sample_volume_ml,
                         const RandomNumbers& random, std::uint64_t key, Tick drawn_at);

/// Probability that a Poisson variate is at least `cells`.
double probability_at_least(std::int64_t cells, double expected_cells);

} // namespace paget::circulation
