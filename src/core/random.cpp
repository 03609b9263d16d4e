#include "paget/core/random.hpp"

#include "paget/core/math.hpp"

#include <Random123/threefry.h>

#include <cmath>

namespace paget
{
namespace
{
/// One bit fewer than a double holds, or the largest number would round to 1.
double open_unit_interval(std::uint64_t word) { return (static_cast<double>(word >> 12U) + 0.5) * 0x1.0p-52; }
} // namespace

std::array<std::uint64_t, 4> RandomNumbers::words(Purpose purpose, std::uint64_t key, Tick tick,
                                                  std::uint64_t draw) const
{
    const threefry4x64_ctr_t counter = {{key, static_cast<std::uint64_t>(tick), draw, 0}};
    const threefry4x64_key_t cipher = {{seed_, static_cast<std::uint64_t>(purpose), 0, 0}};
    const threefry4x64_ctr_t block = threefry4x64(counter, cipher);
    return {block.v[0], block.v[1], block.v[2], block.v[3]};
}

double RandomNumbers::uniform(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw) const
{
    return open_unit_interval(words(purpose, key, tick, draw)[0]);
}

std::array<double, 4> RandomNumbers::uniforms(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw) const
{
    const auto block = words(purpose, key, tick, draw);
    return {open_unit_interval(block[0]), open_unit_interval(block[1]), open_unit_interval(block[2]),
            open_unit_interval(block[3])};
}

double RandomNumbers::normal(Purpose purpose, std::uint64_t key, Tick tick, std::uint64_t draw) const
{
    // Marsaglia's polar method, for the same reason as below: a logarithm of our own and a square root.
    for (std::uint64_t attempt = 0;; ++attempt) {
        const auto u = uniforms(purpose, key, tick, draw + (attempt << 32U));
        for (std::size_t pair = 0; pair < 4; pair += 2) {
            const double a = 2.0 * u[pair] - 1.0;
            const double b = 2.0 * u[pair + 1] - 1.0;
            const double s = a * a + b * b;
            if (s < 1.0 && s > 1e-300) {
                return a * std::sqrt(-2.0 * portable_log(s) / s);
            }
        }
    }
}

Vec3 RandomNumbers::unit_vector(Purpose purpose, std::uint64_t key, Tick tick, bool planar, std::uint64_t draw) const
{
    // Rejection from the square (Marsaglia 1972): needs only a square root, which IEEE 754 rounds the same everywhere.
    // The attempts use draw numbers far above any that callers use.
    for (std::uint64_t attempt = 0;; ++attempt) {
        const auto u = uniforms(purpose, key, tick, draw + (attempt << 32U));
        for (std::size_t pair = 0; pair < 4; pair += 2) {
            const double a = 2.0 * u[pair] - 1.0;
            const double b = 2.0 * u[pair + 1] - 1.0;
            const double s = a * a + b * b;
            if (s >= 1.0 || s < 1e-12) {
                continue;
            }
            if (planar) {
                const double length = std::sqrt(s);
                return {a / length, b / length, 0.0};
            }
            const double root = 2.0 * std::sqrt(1.0 - s);
            return {a * root, b * root, 1.0 - 2.0 * s};
        }
    }
}

} // namespace paget
