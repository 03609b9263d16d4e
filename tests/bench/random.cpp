// Random numbers: a block of Threefry4x64-20 and a uniform draw from one.

#include "support/bench.hpp"
#include "support/machine.hpp"

#include "paget/core/random.hpp"

#include <fmt/format.h>

#include <cmath>

namespace paget::bench
{
namespace
{
constexpr int draws = 1 << 20;

/// 20 rounds of two additions, two rotations and two exclusive ors; 6 key injections of 5 additions, less those of the
/// two words of the key that are always zero; 4 exclusive ors for the key's last word.
constexpr double operations_per_block = 20 * 6 + 6 * 5 - 10 + 4;

/// `draw(i)` gives one number of the i-th block; their sum keeps the compiler from leaving any out.
template <class Draw>
void measure(::benchmark::State& state, Draw draw)
{
    decltype(draw(0)) sum{};
    for (auto iteration : state) {
        for (int i = 0; i < draws; ++i) {
            sum += draw(i);
        }
        ::benchmark::DoNotOptimize(sum);
    }
    const double peak = integer_operations_per_s();
    report(state, {"M blocks/s", draws / 1e6, peak / operations_per_block / 1e6,
                   fmt::format("{:.1f} G scalar operations/s; {:.0f} per block", peak / 1e9, operations_per_block)});
}

void check_mean(::benchmark::State& state, const Bench& bench, const RandomNumbers& random)
{
    double sum = 0.0;
    for (auto iteration : state) {
        for (int i = 0; i < draws; ++i) {
            sum += random.uniform(Purpose::test, static_cast<std::uint64_t>(i), 7);
        }
    }
    const double z = (sum / draws - 0.5) * std::sqrt(12.0 * draws);
    state.counters["z_of_mean"] = z;
    state.SetLabel("check, not a time | mean of uniforms in standard errors");
    bench.require(state, std::fabs(z) < 4.0, "uniform numbers have another mean than one half");
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const RandomNumbers random(12345);
    bench.add("random/block", 9, [random](auto& state) {
        measure(state, [&](int i) { return random.words(Purpose::test, static_cast<std::uint64_t>(i), 7)[0]; });
    });
    bench.add("random/uniform", 9, [random](auto& state) {
        measure(state, [&](int i) { return random.uniform(Purpose::test, static_cast<std::uint64_t>(i), 7); });
    });
    bench.add("random/check", 1, [&bench, random](auto& state) { check_mean(state, bench, random); });
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
