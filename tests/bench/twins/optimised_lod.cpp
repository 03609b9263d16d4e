#include "twins/optimised_lod.hpp"

#include <algorithm>
#include <cstring>

namespace paget::bench
{
namespace
{
constexpr std::size_t lanes = 8;     ///< doubles in a vector; lines along x that are swept together
constexpr std::size_t y_vectors = 4; ///< of lines side by side in a y sweep: their buffer stays in the L1 cache
constexpr std::size_t z_vectors = 8; ///< in a z sweep, where each row is on another page: in the L2 cache

using Lanes = double __attribute__((vector_size(sizeof(double) * lanes)));

template <class Vector = Lanes>
Vector load(const double* from)
{
    Vector to;
    std::memcpy(&to, from, sizeof to);
    return to;
}

template <class Vector>
void store(const Vector& from, double* to)
{
    std::memcpy(to, &from, sizeof from);
}

/// In place: row i of the block becomes column i.
inline __attribute__((always_inline)) void transpose(Lanes (&r)[lanes])
{
    Lanes pairs[lanes];
    for (std::size_t i = 0; i < lanes; i += 2) {
        pairs[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
        pairs[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
    Lanes fours[lanes];
    for (std::size_t i = 0; i < lanes; i += 4) {
        for (std::size_t j = 0; j < 2; ++j) {
            fours[i + j] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
            fours[i + j + 2] = __builtin_shufflevector(pairs[i + j], pairs[i + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
        }
    }
    for (std::size_t j = 0; j < 4; ++j) {
        r[j] = __builtin_shufflevector(fours[j], fours[j + 4], 0, 1, 2, 3, 8, 9, 10, 11);
        r[j + 4] = __builtin_shufflevector(fours[j], fours[j + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}
} // namespace

OptimisedLod::OptimisedLod(const LodProblem& problem)
    : problem_(problem),
      inverse_(static_cast<std::size_t>(problem.edge)),
      upper_(static_cast<std::size_t>(problem.edge)),
      buffer_((static_cast<std::size_t>(problem.edge) + lanes) * z_vectors * lanes, 0.0)
{
    const double coupling = problem.step_min * problem.exchange_per_min;
    const double decay = 1.0 + problem.step_min * problem.decay_per_min / 3.0;
    wall_supply_ = 2.0 * coupling * problem.wall_value;
    for (std::size_t i = 0; i < inverse_.size(); ++i) {
        const bool at_wall = i == 0 || i + 1 == inverse_.size();
        const double diagonal = decay + (at_wall ? 3.0 : 2.0) * coupling;
        inverse_[i] = 1.0 / (i == 0 ? diagonal : diagonal - coupling * upper_[i - 1]);
        upper_[i] = coupling * inverse_[i];
    }
}

void OptimisedLod::set_uptake_per_min(std::span<const double> values)
{
    kept_.resize(values.size());
    for (std::size_t v = 0; v < values.size(); ++v) {
        kept_[v] = 1.0 / (1.0 + problem_.step_min * values[v]);
    }
}

void OptimisedLod::step()
{
    const auto n = static_cast<std::size_t>(problem_.edge);
    const std::size_t plane = n * n;
    for (std::size_t k = 0; k < n; ++k) {
        double* const values = density_.data() + k * plane;
        for (std::size_t j = 0; j < n; j += lanes) {
            react_and_sweep_x(values + j * n, kept_.data() + k * plane + j * n, std::min(lanes, n - j));
        }
        sweep_across<y_vectors>(values, n, n);
    }
    sweep_across<z_vectors>(density_.data(), plane, plane);
}

/// `count` <= 8 lines along x, one behind the other. Only whole blocks go through registers.
void OptimisedLod::react_and_sweep_x(double* lines, const double* kept, std::size_t count)
{
    const auto n = static_cast<std::size_t>(problem_.edge);
    if (count == lanes && n % lanes == 0) {
        sweep_eight(lines, kept);
        return;
    }
    for (std::size_t lane = 0; lane < count; ++lane) {
        for (std::size_t i = 0; i < n; ++i) {
            lines[lane * n + i] *= kept[lane * n + i];
        }
        sweep_block<1, double>(lines + lane * n, 1);
    }
}

void OptimisedLod::sweep_eight(double* lines, const double* kept)
{
    const auto n = static_cast<std::size_t>(problem_.edge);
    double* const b = buffer_.data();
    Lanes running = Lanes{};
    for (std::size_t i = 0; i < n; i += lanes) {
        Lanes block[lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            block[lane] = load(lines + lane * n + i) * load(kept + lane * n + i);
        }
        transpose(block);
        block[0] += i == 0 ? wall_supply_ : 0.0;
        block[lanes - 1] += i + lanes == n ? wall_supply_ : 0.0;
        for (std::size_t x = 0; x < lanes; ++x) {
            running = block[x] * inverse_[i + x] + running * upper_[i + x];
            store(running, b + (i + x) * lanes);
        }
    }
    running = Lanes{};
    for (std::size_t i = n; i > 0;) {
        i -= lanes;
        Lanes block[lanes];
        for (std::size_t x = lanes; x-- > 0;) {
            running = load(b + (i + x) * lanes) + running * upper_[i + x];
            block[x] = running;
        }
        transpose(block);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            store(block[lane], lines + lane * n + i);
        }
    }
}

/// Sweeps along an axis whose neighbours are `stride` apart.
template <std::size_t vectors>
void OptimisedLod::sweep_across(double* lines, std::size_t stride, std::size_t lines_in_all)
{
    std::size_t begin = 0;
    for (; begin + vectors * lanes <= lines_in_all; begin += vectors * lanes) {
        sweep_block<vectors, Lanes>(lines + begin, stride);
    }
    for (; begin + lanes <= lines_in_all; begin += lanes) {
        sweep_block<1, Lanes>(lines + begin, stride);
    }
    for (; begin < lines_in_all; ++begin) {
        sweep_block<1, double>(lines + begin, stride);
    }
}

/// Several vectors of lines side by side, whose running values stay in registers.
template <std::size_t vectors, class Vector>
void OptimisedLod::sweep_block(double* lines, std::size_t stride)
{
    constexpr std::size_t wide = sizeof(Vector) / sizeof(double);
    const auto n = static_cast<std::size_t>(problem_.edge);
    double* const b = buffer_.data();
    Vector running[vectors] = {};
    for (std::size_t i = 0; i < n; ++i) {
        const double supply = i == 0 || i + 1 == n ? wall_supply_ : 0.0;
        for (std::size_t v = 0; v < vectors; ++v) {
            const auto here = load<Vector>(lines + i * stride + v * wide);
            running[v] = (here + supply) * inverse_[i] + running[v] * upper_[i];
            store(running[v], b + (i * vectors + v) * wide);
        }
    }
    for (Vector& value : running) {
        value = Vector{};
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t v = 0; v < vectors; ++v) {
            running[v] = load<Vector>(b + (i * vectors + v) * wide) + running[v] * upper_[i];
            store(running[v], lines + i * stride + v * wide);
        }
    }
}

} // namespace paget::bench
