#include "stencil.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace paget::fields
{

AxisCoefficients axis_coefficients(std::vector<double> width, double exchange_per_min, bool held_low, bool held_high)
{
    const std::size_t n = width.size();
    AxisCoefficients axis{std::move(width), std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
    const auto& w = axis.width;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const double distance = 0.5 * (w[i] + w[i + 1]);
        axis.high[i] = exchange_per_min / (w[i] * distance);
        axis.low[i + 1] = exchange_per_min / (w[i + 1] * distance);
    }
    axis.wall.front() += held_low ? 2.0 * exchange_per_min / (w.front() * w.front()) : 0.0;
    axis.wall.back() += held_high ? 2.0 * exchange_per_min / (w.back() * w.back()) : 0.0;
    return axis;
}

std::vector<double> merged_widths(const std::vector<double>& width)
{
    std::vector<double> merged((width.size() + 1) / 2);
    for (std::size_t i = 0; i < width.size(); ++i) {
        merged[i / 2] += width[i];
    }
    return merged;
}

Stencil::Stencil(const std::array<AxisCoefficients, 3>& axes, const mesh::Box& box, const FaceNeighbours& neighbours,
                 const parallel::Communicator& comm)
    : extents_{box.extent(0), box.extent(1), box.extent(2)},
      cells_(static_cast<std::size_t>(box.volume())),
      halo_(extents_, neighbours, comm)
{
    for (std::size_t a = 0; a < 3; ++a) {
        const auto section = [&](const std::vector<double>& all) {
            return std::vector<double>(all.begin() + box.lo[a], all.begin() + box.hi[a]);
        };
        axes_[a] = {section(axes[a].low), section(axes[a].high), {}, section(axes[a].wall)};
        std::transform(axes_[a].low.begin(), axes_[a].low.end(), axes_[a].high.begin(),
                       std::back_inserter(axes_[a].both), std::plus<>());
    }
}

// Behind a wall stands the row itself: the difference is zero.
const double* Stencil::row_beside(const double* values, int j, int k, std::size_t side) const
{
    const std::size_t axis = side / 2;
    const int step = side % 2 == 0 ? -1 : 1;
    const int there = (axis == 1 ? j : k) + step;
    if (there >= 0 && there < extents_[axis]) {
        return values + (axis == 1 ? row_start(there, k) : row_start(j, there));
    }
    const double* face = halo_.face(side);
    return face != nullptr ? face + static_cast<std::size_t>(extents_[0]) * static_cast<std::size_t>(axis == 1 ? k : j)
                           : values + row_start(j, k);
}

template <class F>
void Stencil::for_pieces(const double* values, int j, int k, F f) const
{
    const auto n = static_cast<std::size_t>(extents_[0]);
    const auto y = static_cast<std::size_t>(j);
    const auto z = static_cast<std::size_t>(k);
    const RowRates<double> rates{
        axes_[0].low.data(), axes_[0].high.data(), axes_[0].both.data(), axes_[1].low[y],
        axes_[1].high[y],    axes_[2].low[z],      axes_[2].high[z],     axes_[1].both[y] + axes_[2].both[z]};
    const RowValues<double> rows{values + row_start(j, k), row_beside(values, j, k, 2), row_beside(values, j, k, 3),
                                 row_beside(values, j, k, 4), row_beside(values, j, k, 5)};
    const double across = axes_[1].wall[y] + axes_[2].wall[z];
    const auto piece = [&](std::size_t first, std::size_t count, const double* here) {
        RowRates<double> part = rates;
        part.x_low += first;
        part.x_high += first;
        part.x_both += first;
        f(first, count, part,
          RowValues<double>{here, rows.y_low + first, rows.y_high + first, rows.z_low + first, rows.z_high + first},
          axes_[0].wall[first] + across);
    };
    const double* c = rows.here;
    const std::size_t row = y + static_cast<std::size_t>(extents_[1]) * z;
    const double before = halo_.face(0) != nullptr ? halo_.face(0)[row] : c[0];
    const double after = halo_.face(1) != nullptr ? halo_.face(1)[row] : c[n - 1];
    const std::array<double, 3> head{before, c[0], n > 1 ? c[1] : after};
    const std::array<double, 3> tail{n > 1 ? c[n - 2] : before, c[n - 1], after};
    piece(0, 1, head.data() + 1);
    if (n > 2) {
        piece(1, n - 2, c + 1); // no wall along x: every cell has the wall rate of the first
    }
    if (n > 1) {
        piece(n - 1, 1, tail.data() + 1);
    }
}

void Stencil::apply(const double* values, const double* removal, int j, int k, double* out) const
{
    const double* s = removal + row_start(j, k);
    for_pieces(values, j, k, [&](std::size_t first, std::size_t count, const auto& rates, const auto& u, double walls) {
        apply_row(count, rates, u, s + first, walls, out + first);
    });
}

/// All voxels are equally wide, so that only the ends of a row differ.
void Stencil::scaled_residual(const double* values, const double* removal, const double* rhs, double factor, int j,
                              int k, float* out) const
{
    const auto n = static_cast<std::size_t>(extents_[0]);
    const auto y = static_cast<std::size_t>(j);
    const auto z = static_cast<std::size_t>(k);
    const Axis& x = axes_[0];
    const std::size_t row = y + static_cast<std::size_t>(extents_[1]) * z;
    const double* c = values + row_start(j, k);
    const double across = axes_[1].wall[y] + axes_[2].wall[z];
    scaled_residual_row(n, factor,
                        {{c, row_beside(values, j, k, 2), row_beside(values, j, k, 3), row_beside(values, j, k, 4),
                          row_beside(values, j, k, 5)},
                         removal + row_start(j, k),
                         rhs + row_start(j, k),
                         halo_.face(0) != nullptr ? halo_.face(0)[row] : c[0],
                         halo_.face(1) != nullptr ? halo_.face(1)[row] : c[n - 1],
                         x.high.front(),
                         x.low.front(),
                         x.high.back(),
                         axes_[1].low[y],
                         axes_[1].high[y],
                         axes_[2].low[z],
                         axes_[2].high[z],
                         across,
                         x.wall.front() + across,
                         x.wall.back() + across},
                        out);
}

void Stencil::exchange_rates(int j, int k, double* out) const
{
    const double across = axes_[1].both[static_cast<std::size_t>(j)] + axes_[2].both[static_cast<std::size_t>(k)];
    std::transform(axes_[0].both.begin(), axes_[0].both.end(), out, [across](double along) { return along + across; });
}

void Stencil::wall_rates(int j, int k, double* out) const
{
    const double across = axes_[1].wall[static_cast<std::size_t>(j)] + axes_[2].wall[static_cast<std::size_t>(k)];
    std::transform(axes_[0].wall.begin(), axes_[0].wall.end(), out, [across](double along) { return along + across; });
}

} // namespace paget::fields
