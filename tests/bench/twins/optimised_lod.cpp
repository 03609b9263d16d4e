#include "twins/optimised_lod.hpp"

#include <algorithm>

namespace paget::bench
{
namespace
{
constexpr int lanes = 8;       ///< lines along x that are swept together
constexpr int row_block = 128; ///< entries of a row in a z sweep: rows of all planes stay in the L2 cache
} // namespace

OptimisedLod::OptimisedLod(const LodProblem& problem)
    : problem_(problem),
      inverse_(static_cast<std::size_t>(problem.edge)),
      upper_(static_cast<std::size_t>(problem.edge)),
      coupling_(problem.step_min * problem.exchange_per_min),
      wall_supply_(2.0 * coupling_ * problem.wall_value),
      buffer_(static_cast<std::size_t>(problem.edge) * lanes)
{
    const double decay = 1.0 + problem.step_min * problem.decay_per_min / 3.0;
    for (std::size_t i = 0; i < inverse_.size(); ++i) {
        const bool at_wall = i == 0 || i + 1 == inverse_.size();
        const double diagonal = decay + (at_wall ? 3.0 : 2.0) * coupling_;
        inverse_[i] = 1.0 / (i == 0 ? diagonal : diagonal - coupling_ * upper_[i - 1]);
        upper_[i] = coupling_ * inverse_[i];
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
    const int n = problem_.edge;
    const std::size_t row = static_cast<std::size_t>(n);
    const std::size_t plane = row * row;
    for (int k = 0; k < n; ++k) {
        double* const values = density_.data() + static_cast<std::size_t>(k) * plane;
        const double* const kept = kept_.data() + static_cast<std::size_t>(k) * plane;
        for (int j = 0; j < n; j += lanes) {
            const std::size_t begin = static_cast<std::size_t>(j) * row;
            react_and_sweep_x(values + begin, kept + begin, std::min(lanes, n - j));
        }
        sweep_across(values, row, n);
    }
    for (std::size_t begin = 0; begin < plane; begin += row_block) {
        sweep_across(density_.data() + begin, plane, static_cast<int>(std::min<std::size_t>(row_block, plane - begin)));
    }
}

/// `count` <= lanes lines along x, one behind the other.
void OptimisedLod::react_and_sweep_x(double* lines, const double* kept, int count)
{
    const auto n = static_cast<std::size_t>(problem_.edge);
    double* const b = buffer_.data();
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(count); ++lane) {
        for (std::size_t i = 0; i < n; ++i) {
            b[i * lanes + lane] = lines[lane * n + i] * kept[lane * n + i];
        }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        b[lane] = (b[lane] + wall_supply_) * inverse_[0];
        b[(n - 1) * lanes + lane] += wall_supply_;
    }
    for (std::size_t i = 1; i < n; ++i) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            b[i * lanes + lane] = (b[i * lanes + lane] + coupling_ * b[(i - 1) * lanes + lane]) * inverse_[i];
        }
    }
    for (std::size_t i = n - 1; i-- > 0;) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            b[i * lanes + lane] += upper_[i] * b[(i + 1) * lanes + lane];
        }
    }
    for (std::size_t lane = 0; lane < static_cast<std::size_t>(count); ++lane) {
        for (std::size_t i = 0; i < n; ++i) {
            lines[lane * n + i] = b[i * lanes + lane];
        }
    }
}

/// Sweeps along an axis whose neighbours are `stride` apart, for `width` lines side by side.
void OptimisedLod::sweep_across(double* lines, std::size_t stride, int width)
{
    const auto n = static_cast<std::size_t>(problem_.edge);
    for (int x = 0; x < width; ++x) {
        lines[x] = (lines[x] + wall_supply_) * inverse_[0];
        lines[(n - 1) * stride + static_cast<std::size_t>(x)] += wall_supply_;
    }
    for (std::size_t i = 1; i < n; ++i) {
        double* const here = lines + i * stride;
        const double* const before = here - stride;
        const double inverse = inverse_[i];
        for (int x = 0; x < width; ++x) {
            here[x] = (here[x] + coupling_ * before[x]) * inverse;
        }
    }
    for (std::size_t i = n - 1; i-- > 0;) {
        double* const here = lines + i * stride;
        const double* const behind = here + stride;
        const double upper = upper_[i];
        for (int x = 0; x < width; ++x) {
            here[x] += upper * behind[x];
        }
    }
}

} // namespace paget::bench
