#include "brick_sums.hpp"

#include "range.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
/// Sum over `count` lanes, a power of two: halves are added lane by lane until one is left.
double over_lanes(const double* lanes, std::size_t count)
{
    std::array<double, mesh::brick_edge> s{};
    std::copy_n(lanes, count, s.begin());
    for (std::size_t half = count / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) {
            s[i] += s[i + half];
        }
    }
    return s[0];
}
} // namespace

BrickSums::BrickSums(const mesh::Grid& grid, const mesh::Box& box, const parallel::Communicator& comm)
    : edge_(mesh::cut_step(grid)),
      extents_{box.extent(0), box.extent(1), box.extent(2)},
      comm_(&comm),
      lanes_(static_cast<std::size_t>((extents_[0] + edge_ - 1) / edge_ * edge_))
{
    ensure(box.lo[0] % edge_ == 0 && box.lo[1] % edge_ == 0 && box.lo[2] % edge_ == 0, "a box is cut through cubes");
}

void BrickSums::add_bricks(SuperAccumulator& sum) const
{
    const auto edge = static_cast<std::size_t>(edge_);
    for (std::size_t start = 0; start < lanes_.size(); start += edge) {
        sum.add(over_lanes(lanes_.data() + start, edge));
    }
}

SuperAccumulator BrickSums::local_sum(const AddRow& add_row)
{
    SuperAccumulator sum;
    const auto nx = static_cast<std::size_t>(extents_[0]);
    for (int brick_z = 0; brick_z < extents_[2]; brick_z += edge_) {
        for (int brick_y = 0; brick_y < extents_[1]; brick_y += edge_) {
            std::fill(lanes_.begin(), lanes_.end(), 0.0);
            for (int k = brick_z; k < std::min(brick_z + edge_, extents_[2]); ++k) {
                for (int j = brick_y; j < std::min(brick_y + edge_, extents_[1]); ++j) {
                    add_row(nx * static_cast<std::size_t>(j + extents_[1] * k), nx, lanes_.data());
                }
            }
            add_bricks(sum);
        }
    }
    return sum;
}

SuperAccumulator BrickSums::local_dot(const double* a, const double* b)
{
    return local_sum([a, b](std::size_t start, std::size_t count, double* __restrict__ lanes) {
        for (std::size_t i = 0; i < count; ++i) {
            lanes[i] += a[start + i] * b[start + i];
        }
    });
}

double BrickSums::dot(const double* a, const double* b)
{
    SuperAccumulator sum = local_dot(a, b);
    comm_->sum(sum);
    return sum.round();
}

void BrickSums::dots(const double* a, std::span<const double* const> b, std::span<double> out)
{
    constexpr std::size_t limbs = SuperAccumulator::limb_count + 1;
    std::vector<std::int64_t> all(limbs * b.size());
    for (std::size_t m = 0; m < b.size(); ++m) {
        SuperAccumulator sum = local_dot(a, b[m]);
        sum.carry();
        std::copy_n(sum.limbs().begin(), limbs, all.begin() + static_cast<std::ptrdiff_t>(m * limbs));
    }
    comm_->sum(std::span<std::int64_t>(all));
    for (std::size_t m = 0; m < b.size(); ++m) {
        SuperAccumulator sum;
        std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(m * limbs), limbs, sum.limbs().begin());
        sum.carry();
        out[m] = sum.round();
    }
}

double BrickSums::sum(const double* a)
{
    SuperAccumulator sum = local_sum([a](std::size_t start, std::size_t count, double* __restrict__ lanes) {
        for (std::size_t i = 0; i < count; ++i) {
            lanes[i] += a[start + i];
        }
    });
    comm_->sum(sum);
    return sum.round();
}

double BrickSums::sum_of_magnitudes(const double* a)
{
    SuperAccumulator sum = local_sum([a](std::size_t start, std::size_t count, double* __restrict__ lanes) {
        for (std::size_t i = 0; i < count; ++i) {
            lanes[i] += std::fabs(a[start + i]);
        }
    });
    comm_->sum(sum);
    return sum.round();
}

double BrickSums::largest_magnitude(const double* a) const
{
    const auto count = static_cast<std::size_t>(extents_[0]) * static_cast<std::size_t>(extents_[1]) *
                       static_cast<std::size_t>(extents_[2]);
    const Range range = range_of({a, count});
    return comm_->maximum(range.finite ? std::max({0.0, range.largest, -range.least})
                                       : std::numeric_limits<double>::infinity());
}

} // namespace paget::fields
