#include "range.hpp"

#include "paget/core/vector_targets.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace paget::fields
{
namespace
{
constexpr std::size_t lane_count = 8;
constexpr std::size_t values_per_step = 2 * lane_count; // two chains of operations hide each other's latency
using Lanes = double __attribute__((vector_size(lane_count * sizeof(double))));

struct Fold {
    Lanes least;
    Lanes largest;
    Lanes nothing; ///< zero, unless a value is not finite

    void add(const double* values)
    {
        Lanes x;
        std::memcpy(&x, values, sizeof x);
        least = x < least ? x : least;
        largest = x > largest ? x : largest;
        nothing += 0.0 * x;
    }
};

/// `count` is a multiple of `values_per_step`.
PAGET_VECTOR_TARGETS
void fold(const double* values, std::size_t count, Fold* both)
{
    Fold even = both[0]; // copies stay in registers
    Fold odd = both[1];
    for (std::size_t i = 0; i < count; i += values_per_step) {
        even.add(values + i);
        odd.add(values + i + lane_count);
    }
    both[0] = even;
    both[1] = odd;
}
} // namespace

Range range_of(std::span<const double> values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::array<Fold, 2> lanes;
    lanes.fill({Lanes{} + infinity, Lanes{} - infinity, Lanes{}});
    const std::size_t whole = values.size() / values_per_step * values_per_step;
    fold(values.data(), whole, lanes.data());
    Range range{infinity, -infinity, true};
    const auto add = [&](double least, double largest, double nothing) {
        range.least = std::min(range.least, least);
        range.largest = std::max(range.largest, largest);
        range.finite = range.finite && nothing == 0.0;
    };
    for (const Fold& part : lanes) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            add(part.least[lane], part.largest[lane], part.nothing[lane]);
        }
    }
    for (const double x : values.subspan(whole)) {
        add(x, x, 0.0 * x);
    }
    return range;
}

double least_of(std::span<const double> values)
{
    const Range range = range_of(values);
    return range.finite ? range.least : -std::numeric_limits<double>::infinity();
}

} // namespace paget::fields
