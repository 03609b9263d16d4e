#include "support/machine.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <ctime>
#include <vector>

namespace paget::bench
{
namespace
{
double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// CPU seconds of the fastest of `passes` calls.
template <class F>
double fastest(int passes, F f)
{
    double best = 1e300;
    for (int pass = 0; pass < passes; ++pass) {
        const double begin = cpu_seconds();
        f();
        best = std::min(best, cpu_seconds() - begin);
    }
    return best;
}

constexpr int chains = 16; ///< enough to hide the latency of an operation
constexpr int rounds = 20000;

/// Of the machine's own width: compilers take wider vectors apart, through memory.
#if defined(__AVX512F__)
constexpr int vector_bytes = 64;
#elif defined(__AVX__)
constexpr int vector_bytes = 32;
#else
constexpr int vector_bytes = 16;
#endif
using Floats = float __attribute__((vector_size(vector_bytes)));

void multiply_and_add(Floats* x, const Floats& factor, const Floats& term)
{
    for (int i = 0; i < rounds; ++i) {
        for (int c = 0; c < chains; ++c) {
            x[c] = x[c] * factor + term;
        }
    }
}

/// Two mixings side by side, as out-of-order execution finds them in two blocks of random numbers. Scalar on purpose.
__attribute__((optimize("no-tree-vectorize"))) void add_rotate_xor(std::uint64_t* x)
{
    std::uint64_t a = x[0];
    std::uint64_t b = x[1];
    std::uint64_t c = x[2];
    std::uint64_t d = x[3];
    std::uint64_t e = x[4];
    std::uint64_t f = x[5];
    std::uint64_t g = x[6];
    std::uint64_t h = x[7];
    for (int i = 0; i < rounds; ++i) {
        a += b;
        c += d;
        e += f;
        g += h;
        b = std::rotl(b, 14) ^ a;
        d = std::rotl(d, 16) ^ c;
        f = std::rotl(f, 52) ^ e;
        h = std::rotl(h, 57) ^ g;
    }
    x[0] = a + c + e + g;
    x[1] = b + d + f + h;
}
} // namespace

std::size_t largest_cache_bytes()
{
    std::size_t largest = 0;
    for (const auto& cache : ::benchmark::CPUInfo::Get().caches) {
        largest = std::max(largest, static_cast<std::size_t>(cache.size));
    }
    return largest;
}

std::size_t triad_array_bytes()
{
    return std::clamp<std::size_t>(4 * largest_cache_bytes(), std::size_t{64} << 20U, std::size_t{1} << 30U);
}

double triad_bytes_per_s(std::size_t working_set_bytes)
{
    const std::size_t elements = std::max<std::size_t>(working_set_bytes / 24, 1024);
    std::vector<double> a(elements, 0.0);
    std::vector<double> b(elements, 1.0);
    std::vector<double> c(elements, 2.0);
    const auto sweeps = static_cast<int>(std::max<std::size_t>(1, (std::size_t{1} << 22U) / elements));
    const double seconds = fastest(7, [&] {
        for (int sweep = 0; sweep < sweeps; ++sweep) {
            for (std::size_t i = 0; i < elements; ++i) {
                a[i] = b[i] + 3.0 * c[i];
            }
            ::benchmark::DoNotOptimize(a.data());
            ::benchmark::ClobberMemory();
        }
    });
    return 24.0 * static_cast<double>(elements) * sweeps / seconds;
}

double float_operations_per_s()
{
    std::vector<Floats> x(chains, Floats{});
    Floats factor = Floats{} + 0.999F;
    Floats term = Floats{} + 0.001F;
    ::benchmark::DoNotOptimize(factor);
    ::benchmark::DoNotOptimize(term);
    const double seconds = fastest(20, [&] {
        Floats local[chains];
        std::copy(x.begin(), x.end(), local);
        multiply_and_add(local, factor, term);
        std::copy(local, local + chains, x.begin());
        ::benchmark::ClobberMemory();
    });
    ::benchmark::DoNotOptimize(x.data());
    constexpr double per_round = 2.0 * chains * (sizeof(Floats) / sizeof(float));
    return per_round * rounds / seconds;
}

void work_in_registers(int times)
{
    Floats x[chains] = {};
    const Floats factor = Floats{} + 0.999F;
    const Floats term = Floats{} + 0.001F;
    for (int i = 0; i < times; ++i) {
        multiply_and_add(x, factor, term);
        ::benchmark::DoNotOptimize(x);
    }
}

double integer_operations_per_s()
{
    std::uint64_t x[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    const double seconds = fastest(20, [&] {
        add_rotate_xor(x);
        ::benchmark::DoNotOptimize(x);
    });
    return 12.0 * rounds / seconds;
}

} // namespace paget::bench
