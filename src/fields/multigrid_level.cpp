#include "multigrid_level.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
/// The smoother damps the upper part of the spectrum, from its end down to this fraction of it.
constexpr float smoothed_fraction = 1.0F / 6.0F;

std::vector<float> parent_shares(const std::vector<double>& width, int lo, int hi)
{
    const std::vector<double> parents = merged_widths(width);
    std::vector<float> shares;
    for (int i = lo; i < hi; ++i) {
        const auto cell = static_cast<std::size_t>(i);
        shares.push_back(static_cast<float>(width[cell] / parents[cell / 2]));
    }
    return shares;
}
} // namespace

MultigridLevel::MultigridLevel(const LevelShape& shape, const FaceNeighbours& neighbours,
                               const parallel::Communicator& comm)
    : shape_(shape),
      stencil_(shape.axes, shape.stored, neighbours, comm),
      removal_(stencil_.cells()),
      inverse_diagonal_(stencil_.cells()),
      rhs_(stencil_.cells()),
      solution_(stencil_.cells()),
      other_(stencil_.cells()),
      row_(static_cast<std::size_t>(stencil_.extents()[0])),
      walls_(row_.size())
{
    for (std::size_t a = 0; a < 3; ++a) {
        share_[a] = parent_shares(shape.axes[a].width, shape.stored.lo[a], shape.stored.hi[a]);
    }
}

float MultigridLevel::update_diagonal()
{
    float least = 1.0F;
    for (int k = 0; k < stencil_.extents()[2]; ++k) {
        for (int j = 0; j < stencil_.extents()[1]; ++j) {
            const std::size_t start = stencil_.row_start(j, k);
            stencil_.exchange_rates(j, k, row_.data());
            stencil_.wall_rates(j, k, walls_.data());
            for (std::size_t i = 0; i < row_.size(); ++i) {
                const float removed = removal_[start + i] + walls_[i];
                const float diagonal = row_[i] + removed;
                inverse_diagonal_[start + i] = 1.0F / diagonal;
                least = std::min(least, removed / diagonal);
            }
        }
    }
    return least;
}

void MultigridLevel::set_smoother(float least_share)
{
    const float upper = 2.0F - least_share;
    const float lower = std::max(upper * smoothed_fraction, least_share);
    const float centre = 0.5F * (upper + lower);
    const float radius = 0.5F * (upper - lower);
    // Saad 2003, Iterative Methods for Sparse Linear Systems, algorithm 12.1, two steps, written without radius in a
    // denominator: it is zero where nothing diffuses.
    first_ = 1.0F / centre;
    momentum_ = radius * radius / (2.0F * centre * centre - radius * radius);
    second_ = 2.0F * centre / (2.0F * centre * centre - radius * radius);
}

void MultigridLevel::residual_row(const float* u, int j, int k, float* out)
{
    const std::size_t start = stencil_.row_start(j, k);
    const float* __restrict__ c = u + start;
    const float* __restrict__ b = rhs_.data() + start;
    const float* __restrict__ s = removal_.data() + start;
    float* __restrict__ r = out;
    float* __restrict__ walls = walls_.data();
    stencil_.outflow(u, j, k, r);
    stencil_.wall_rates(j, k, walls);
    for (std::size_t i = 0; i < row_.size(); ++i) {
        r[i] = b[i] - (r[i] + (s[i] + walls[i]) * c[i]);
    }
}

void MultigridLevel::first_step(float* out)
{
    const float* u = solution_.data();
    stencil_.exchange(u);
    for (int k = 0; k < stencil_.extents()[2]; ++k) {
        for (int j = 0; j < stencil_.extents()[1]; ++j) {
            const std::size_t start = stencil_.row_start(j, k);
            residual_row(u, j, k, row_.data());
            const float* __restrict__ inverse = inverse_diagonal_.data() + start;
            float* __restrict__ next = out + start;
            for (std::size_t i = 0; i < row_.size(); ++i) {
                next[i] = u[start + i] + first_ * (inverse[i] * row_[i]);
            }
        }
    }
}

/// previous <- current + momentum (current - previous) + second D^-1 (rhs - A current)
void MultigridLevel::next_step(const float* current, float* previous)
{
    stencil_.exchange(current);
    for (int k = 0; k < stencil_.extents()[2]; ++k) {
        for (int j = 0; j < stencil_.extents()[1]; ++j) {
            const std::size_t start = stencil_.row_start(j, k);
            residual_row(current, j, k, row_.data());
            const float* __restrict__ inverse = inverse_diagonal_.data() + start;
            const float* __restrict__ c = current + start;
            float* __restrict__ p = previous + start;
            for (std::size_t i = 0; i < row_.size(); ++i) {
                p[i] = (c[i] + momentum_ * (c[i] - p[i])) + second_ * (inverse[i] * row_[i]);
            }
        }
    }
}

void MultigridLevel::smooth_from_zero()
{
    for (std::size_t i = 0; i < rhs_.size(); ++i) {
        other_[i] = first_ * (inverse_diagonal_[i] * rhs_[i]);
        solution_[i] = 0.0F;
    }
    next_step(other_.data(), solution_.data());
}

void MultigridLevel::smooth()
{
    first_step(other_.data());
    next_step(other_.data(), solution_.data());
}

template <class Row>
void MultigridLevel::average_rows(const mesh::Box& coarse_box, float* coarse, Row row) const
{
    std::fill_n(coarse, coarse_box.volume(), 0.0F);
    const mesh::Box& box = shape_.stored;
    const std::size_t nx = row_.size();
    for (int k = 0; k < box.extent(2); ++k) {
        for (int j = 0; j < box.extent(1); ++j) {
            const float* fine = row(j, k);
            float* out = coarse + coarse_box.offset({coarse_box.lo[0], (box.lo[1] + j) / 2, (box.lo[2] + k) / 2});
            const float across = share_[1][static_cast<std::size_t>(j)] * share_[2][static_cast<std::size_t>(k)];
            const float* along = share_[0].data();
            for (std::size_t i = 0; i < nx / 2; ++i) {
                out[i] += across * (along[2 * i] * fine[2 * i] + along[2 * i + 1] * fine[2 * i + 1]);
            }
            if (nx % 2 == 1) {
                out[nx / 2] += across * (along[nx - 1] * fine[nx - 1]);
            }
        }
    }
}

void MultigridLevel::average(const float* fine, const mesh::Box& coarse_box, float* coarse) const
{
    average_rows(coarse_box, coarse, [&](int j, int k) { return fine + stencil_.row_start(j, k); });
}

void MultigridLevel::average_residual(const mesh::Box& coarse_box, float* coarse)
{
    stencil_.exchange(solution_.data());
    average_rows(coarse_box, coarse, [&](int j, int k) {
        residual_row(solution_.data(), j, k, row_.data());
        return row_.data();
    });
}

void MultigridLevel::correct(const mesh::Box& coarse_box, const float* coarse)
{
    const mesh::Box& box = shape_.stored;
    for (int k = 0; k < box.extent(2); ++k) {
        for (int j = 0; j < box.extent(1); ++j) {
            const float* __restrict__ from =
                coarse + coarse_box.offset({box.lo[0] / 2, (box.lo[1] + j) / 2, (box.lo[2] + k) / 2});
            float* __restrict__ to = solution_.data() + stencil_.row_start(j, k);
            for (std::size_t i = 0; i < row_.size(); ++i) {
                to[i] += from[i / 2];
            }
        }
    }
}

} // namespace paget::fields
