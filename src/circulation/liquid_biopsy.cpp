#include "paget/circulation/liquid_biopsy.hpp"

#include "paget/core/error.hpp"
#include "paget/core/math.hpp"

#include <algorithm>
#include <cmath>

namespace paget::circulation
{
namespace
{
/// Means above this are drawn as sums of independent parts, so that exp(-mean) keeps its digits.
constexpr double largest_part = 16.0;

/// Poisson variate by inversion: the number of terms of the distribution that fit below u.
std::int64_t invert_poisson(double u, double mean)
{
    double term = portable_exp(-mean);
    double below = term;
    std::int64_t n = 0;
    while (u > below && term > 0.0) {
        ++n;
        term *= mean / static_cast<double>(n);
        below += term;
    }
    return n;
}
} // namespace

double expected_in_sample(std::int64_t flowing_cells, double blood_volume_ml, double sample_volume_ml)
{
    ensure(blood_volume_ml > 0.0 && sample_volume_ml > 0.0, "volumes of blood are positive");
    return static_cast<double>(flowing_cells) * (sample_volume_ml / blood_volume_ml);
}

BloodSample blood_sample(std::int64_t flowing_cells, double blood_volume_ml, double sample_volume_ml,
                         const RandomNumbers& random, std::uint64_t key, Tick drawn_at)
{
    BloodSample sample{expected_in_sample(flowing_cells, blood_volume_ml, sample_volume_ml), 0};
    const double parts = std::max(1.0, std::ceil(sample.expected_cells / largest_part));
    const double mean = sample.expected_cells / parts;
    for (std::uint64_t part = 0; part < static_cast<std::uint64_t>(parts); ++part) {
        sample.cells += invert_poisson(random.uniform(Purpose::blood_sample, key, drawn_at, part), mean);
    }
    return sample;
}

double probability_at_least(std::int64_t cells, double expected_cells)
{
    double term = portable_exp(-expected_cells);
    double below = 0.0;
    for (std::int64_t n = 0; n < cells; ++n) {
        below += term;
        term *= expected_cells / static_cast<double>(n + 1);
    }
    return std::max(0.0, 1.0 - below);
}

} // namespace paget::circulation
