// STREAM's triad, arithmetic and integer throughput of one core: the bounds of the other benchmarks.

#include "support/bench.hpp"
#include "support/machine.hpp"

#include <fmt/format.h>

namespace paget::bench
{
namespace
{
void measure_triad(::benchmark::State& state, std::size_t array_bytes)
{
    const std::size_t elements = array_bytes / sizeof(double);
    std::vector<double> a(elements, 0.0);
    const std::vector<double> b(elements, 1.0);
    const std::vector<double> c(elements, 2.0);
    for (auto iteration : state) {
        for (std::size_t i = 0; i < elements; ++i) {
            a[i] = b[i] + 3.0 * c[i];
        }
        ::benchmark::DoNotOptimize(a.data());
        ::benchmark::ClobberMemory();
    }
    const std::size_t caches = largest_cache_bytes();
    state.counters["array_MB"] = static_cast<double>(array_bytes) / 1e6;
    state.counters["arrays_per_cache"] =
        caches == 0 ? 0.0 : static_cast<double>(array_bytes) / static_cast<double>(caches);
    report(state, {"GB/s", 24.0 * static_cast<double>(elements) / 1e9, 0.0,
                   array_bytes > caches ? "memory; the bound of others" : "caches; the bound of small problems"});
}

void measure_operations(::benchmark::State& state, double (*operations_per_s)(), const char* unit, const char* what)
{
    double rate = 0.0;
    for (auto iteration : state) {
        rate = operations_per_s();
    }
    state.counters["figure"] = rate / 1e9;
    state.SetLabel(fmt::format("{} | {}", unit, what));
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const std::size_t large = bench.choose(std::size_t{1} << 20U, triad_array_bytes(), triad_array_bytes());
    bench.add("triad/memory", 9, [large](auto& state) { measure_triad(state, large); });
    for (const std::size_t megabytes : {std::size_t{1}, std::size_t{8}}) {
        bench.add(fmt::format("triad/arrays_of_{}_MB", megabytes), 9,
                  [megabytes](auto& state) { measure_triad(state, megabytes * 1000000); });
    }
    bench.add("operations/float", 3, [](auto& state) {
        measure_operations(state, float_operations_per_s, "GFlop/s", "additions and multiplications, full vectors");
    });
    bench.add("operations/integer", 3, [](auto& state) {
        measure_operations(state, integer_operations_per_s, "Gop/s", "64-bit additions, rotations, exclusive ors");
    });
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
