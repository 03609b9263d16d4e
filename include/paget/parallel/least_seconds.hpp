#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace paget::parallel
{

/// Seconds that one call of f takes: the least of 20 batches of 100, since other programs on a processor only add to a
/// time. Local.
template <class F>
double least_seconds(F f)
{
    constexpr int batches = 20;
    constexpr int calls = 100;
    double least = std::numeric_limits<double>::infinity();
    for (int batch = 0; batch < batches; ++batch) {
        const auto begin = std::chrono::steady_clock::now();
        for (int call = 0; call < calls; ++call) {
            f();
        }
        least = std::min(least, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return least / calls;
}

} // namespace paget::parallel
