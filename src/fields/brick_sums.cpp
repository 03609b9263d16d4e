#include "brick_sums.hpp"

#include "range.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
constexpr int edge = mesh::brick_edge;
} // namespace

BrickSums::BrickSums(const mesh::Box& box, const parallel::Communicator& comm)
    : extents_{box.extent(0), box.extent(1), box.extent(2)},
      comm_(&comm),
      lanes_(static_cast<std::size_t>((extents_[0] + edge - 1) / edge * edge))
{
    ensure(box.lo[0] % edge == 0 && box.lo[1] % edge == 0 && box.lo[2] % edge == 0, "a box is not cut along bricks");
}

void BrickSums::add_bricks(SuperAccumulator& sum) const
{
    for (std::size_t start = 0; start < lanes_.size(); start += edge) {
        const double* s = lanes_.data() + start;
        sum.add(((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7])));
    }
}

SuperAccumulator BrickSums::local_sum(const AddRow& add_row)
{
    SuperAccumulator sum;
    const auto nx = static_cast<std::size_t>(extents_[0]);
    for (int brick_z = 0; brick_z < extents_[2]; brick_z += edge) {
        for (int brick_y = 0; brick_y < extents_[1]; brick_y += edge) {
            std::fill(lanes_.begin(), lanes_.end(), 0.0);
            for (int k = brick_z; k < std::min(brick_z + edge, extents_[2]); ++k) {
                for (int j = brick_y; j < std::min(brick_y + edge, extents_[1]); ++j) {
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
