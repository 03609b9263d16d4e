#include "stencil.hpp"

namespace paget::fields
{
namespace
{
template <class T>
std::vector<T> section(const std::vector<double>& values, int lo, int hi)
{
    std::vector<T> out;
    for (int i = lo; i < hi; ++i) {
        out.push_back(static_cast<T>(values[static_cast<std::size_t>(i)]));
    }
    return out;
}

template <class T>
struct Rates {
    T y_low;
    T y_high;
    T z_low;
    T z_high;
};

/// One cell; the order of the operations is part of the result.
template <class T>
inline T net(T u, T x_low, T x_high, T y_low, T y_high, T z_low, T z_high, T rate_low, T rate_high, const Rates<T>& r)
{
    return (rate_low * (u - x_low) + rate_high * (u - x_high)) +
           ((r.y_low * (u - y_low) + r.y_high * (u - y_high)) + (r.z_low * (u - z_low) + r.z_high * (u - z_high)));
}
} // namespace

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

template <class T>
Stencil<T>::Stencil(const std::array<AxisCoefficients, 3>& axes, const mesh::Box& box, const FaceNeighbours& neighbours,
                    const parallel::Communicator& comm)
    : extents_{box.extent(0), box.extent(1), box.extent(2)},
      cells_(static_cast<std::size_t>(box.volume())),
      halo_(extents_, neighbours, comm)
{
    for (std::size_t a = 0; a < 3; ++a) {
        axes_[a].low = section<T>(axes[a].low, box.lo[a], box.hi[a]);
        axes_[a].high = section<T>(axes[a].high, box.lo[a], box.hi[a]);
        axes_[a].wall = section<T>(axes[a].wall, box.lo[a], box.hi[a]);
    }
}

// Behind a wall stands the row itself: the difference is zero.
template <class T>
const T* Stencil<T>::row_before(const T* values, int j, int k, std::size_t axis) const
{
    const bool inside = axis == 1 ? j > 0 : k > 0;
    if (inside) {
        return values + (axis == 1 ? row_start(j - 1, k) : row_start(j, k - 1));
    }
    const T* face = halo_.face(2 * axis);
    return face != nullptr ? face + static_cast<std::size_t>(extents_[0]) * static_cast<std::size_t>(axis == 1 ? k : j)
                           : values + row_start(j, k);
}

template <class T>
const T* Stencil<T>::row_after(const T* values, int j, int k, std::size_t axis) const
{
    const bool inside = axis == 1 ? j + 1 < extents_[1] : k + 1 < extents_[2];
    if (inside) {
        return values + (axis == 1 ? row_start(j + 1, k) : row_start(j, k + 1));
    }
    const T* face = halo_.face(2 * axis + 1);
    return face != nullptr ? face + static_cast<std::size_t>(extents_[0]) * static_cast<std::size_t>(axis == 1 ? k : j)
                           : values + row_start(j, k);
}

template <class T>
void Stencil<T>::outflow(const T* values, int j, int k, T* __restrict__ out) const
{
    const auto n = static_cast<std::size_t>(extents_[0]);
    const auto row = static_cast<std::size_t>(j + extents_[1] * k);
    const T* c = values + row_start(j, k);
    const T* ym = row_before(values, j, k, 1);
    const T* yp = row_after(values, j, k, 1);
    const T* zm = row_before(values, j, k, 2);
    const T* zp = row_after(values, j, k, 2);
    const T* low = axes_[0].low.data();
    const T* high = axes_[0].high.data();
    const auto jj = static_cast<std::size_t>(j);
    const auto kk = static_cast<std::size_t>(k);
    const Rates<T> rates{axes_[1].low[jj], axes_[1].high[jj], axes_[2].low[kk], axes_[2].high[kk]};
    for (std::size_t i = 1; i + 1 < n; ++i) {
        out[i] = net(c[i], c[i - 1], c[i + 1], ym[i], yp[i], zm[i], zp[i], low[i], high[i], rates);
    }
    const T before = halo_.face(0) != nullptr ? halo_.face(0)[row] : c[0];
    const T after = halo_.face(1) != nullptr ? halo_.face(1)[row] : c[n - 1];
    const T second = n > 1 ? c[1] : after;
    out[0] = net(c[0], before, second, ym[0], yp[0], zm[0], zp[0], low[0], high[0], rates);
    if (n > 1) {
        const std::size_t e = n - 1;
        out[e] = net(c[e], c[e - 1], after, ym[e], yp[e], zm[e], zp[e], low[e], high[e], rates);
    }
}

template <class T>
void Stencil<T>::exchange_rates(int j, int k, T* out) const
{
    const auto jj = static_cast<std::size_t>(j);
    const auto kk = static_cast<std::size_t>(k);
    const T across = (axes_[1].low[jj] + axes_[1].high[jj]) + (axes_[2].low[kk] + axes_[2].high[kk]);
    for (std::size_t i = 0; i < static_cast<std::size_t>(extents_[0]); ++i) {
        out[i] = (axes_[0].low[i] + axes_[0].high[i]) + across;
    }
}

template <class T>
void Stencil<T>::wall_rates(int j, int k, T* out) const
{
    const T across = axes_[1].wall[static_cast<std::size_t>(j)] + axes_[2].wall[static_cast<std::size_t>(k)];
    for (std::size_t i = 0; i < static_cast<std::size_t>(extents_[0]); ++i) {
        out[i] = axes_[0].wall[i] + across;
    }
}

template class Stencil<float>;
template class Stencil<double>;

} // namespace paget::fields
