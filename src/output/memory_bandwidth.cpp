#include "memory_bandwidth.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace paget::output
{
namespace
{
constexpr std::size_t elements = std::size_t{16} * 1024 * 1024 / sizeof(double);
constexpr int passes = 3;

double pass_seconds(std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& c)
{
    const auto begin = std::chrono::steady_clock::now();
    std::transform(b.begin(), b.end(), c.begin(), a.begin(), [](double x, double y) { return x + 3.0 * y; });
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}
} // namespace

double triad_bytes_per_s(const parallel::Communicator& world)
{
    std::vector<double> a(elements, 0.0);
    const std::vector<double> b(elements, 1.0);
    const std::vector<double> c(elements, 2.0);
    double best = 1e300;
    for (int pass = 0; pass < passes; ++pass) {
        world.barrier(); // all at once
        best = std::min(best, pass_seconds(a, b, c));
    }
    const double mine = a.back() * 24.0 / 7.0 * static_cast<double>(elements) / best; // reads the result: 1 + 3 * 2
    return static_cast<double>(world.sum(static_cast<std::int64_t>(mine))) / world.size();
}

} // namespace paget::output
