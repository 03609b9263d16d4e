#include "range.hpp"

#include "paget/core/vector_targets.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace paget::fields
{
namespace
{
constexpr std::size_t lane_count = 8;
using Lanes = std::array<double, lane_count>;

PAGET_VECTOR_TARGETS
void fold(const double* values, std::size_t count, double* __restrict__ least, double* __restrict__ largest,
          double* __restrict__ nothing)
{
    for (std::size_t i = 0; i + lane_count <= count; i += lane_count) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const double x = values[i + lane];
            least[lane] = x < least[lane] ? x : least[lane];
            largest[lane] = x > largest[lane] ? x : largest[lane];
            nothing[lane] += 0.0 * x; // zero, unless x is not finite
        }
    }
}
} // namespace

Range range_of(std::span<const double> values)
{
    Lanes least;
    Lanes largest;
    Lanes nothing{};
    least.fill(std::numeric_limits<double>::infinity());
    largest.fill(-std::numeric_limits<double>::infinity());
    const std::size_t whole = values.size() / lane_count * lane_count;
    fold(values.data(), whole, least.data(), largest.data(), nothing.data());
    for (std::size_t i = whole; i < values.size(); ++i) {
        least[0] = std::min(least[0], values[i]);
        largest[0] = std::max(largest[0], values[i]);
        nothing[0] += 0.0 * values[i];
    }
    return {*std::min_element(least.begin(), least.end()), *std::max_element(largest.begin(), largest.end()),
            std::all_of(nothing.begin(), nothing.end(), [](double x) { return x == 0.0; })};
}

double least_of(std::span<const double> values)
{
    const Range range = range_of(values);
    return range.finite ? range.least : -std::numeric_limits<double>::infinity();
}

} // namespace paget::fields
