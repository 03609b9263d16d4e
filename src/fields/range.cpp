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
// The vectors that every x86-64 has: of wider ones, compilers do comparisons value by value where the machine's are
// narrower (measured: twelve times the time with AVX2), and memory is the limit anyway.
constexpr std::size_t lane_count = 2;
constexpr std::size_t chains = 8; // they hide each other's latency
constexpr std::size_t values_per_step = chains * lane_count;
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
void fold(const double* values, std::size_t count, std::array<Fold, chains>& folds)
{
    std::array<Fold, chains> inner = folds; // a copy stays in registers
    for (std::size_t i = 0; i < count; i += values_per_step) {
        for (std::size_t chain = 0; chain < chains; ++chain) {
            inner[chain].add(values + i + chain * lane_count);
        }
    }
    folds = inner;
}
} // namespace

Range range_of(std::span<const double> values)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::array<Fold, chains> lanes;
    lanes.fill({Lanes{} + infinity, Lanes{} - infinity, Lanes{}});
    const std::size_t whole = values.size() / values_per_step * values_per_step;
    fold(values.data(), whole, lanes);
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
