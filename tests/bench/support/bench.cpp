#include "support/bench.hpp"

#include <algorithm>
#include <cmath>

namespace paget::bench
{

void Bench::require(::benchmark::State& state, bool holds, const std::string& otherwise) const
{
    if (!holds) {
        ++failures_;
        state.SkipWithError(otherwise.c_str());
    }
}

void report(::benchmark::State& state, const Figure& figure)
{
    using ::benchmark::Counter;
    state.counters["figure"] = Counter(figure.amount, Counter::kIsIterationInvariantRate);
    if (figure.bound > 0.0) {
        state.counters["bound"] = figure.bound;
        state.counters["share"] = Counter(figure.amount / figure.bound, Counter::kIsIterationInvariantRate);
    }
    state.SetLabel(figure.unit + " | " + figure.limited_by);
}

Errors errors_of(std::span<const double> values, std::span<const double> reference)
{
    double difference2 = 0.0;
    double reference2 = 0.0;
    double farthest = 0.0;
    double largest = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double difference = values[i] - reference[i];
        difference2 += difference * difference;
        reference2 += reference[i] * reference[i];
        farthest = std::max(farthest, std::fabs(difference));
        largest = std::max(largest, std::fabs(reference[i]));
    }
    return {std::sqrt(difference2 / reference2), farthest / largest};
}

void report(::benchmark::State& state, const Errors& errors)
{
    state.counters["error_l2"] = errors.l2;
    state.counters["error_max"] = errors.maximum;
}

} // namespace paget::bench
