#include "multigrid_level.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

namespace paget::fields
{
namespace
{
/// The smoother damps the upper part of the spectrum, from its end down to this fraction of it.
constexpr double smoothed_fraction = 1.0 / 6.0;

/// What a cycle leaves of an error where the smoother leaves more.
constexpr double usual_contraction = 0.15;

/// Removal, in units of the exchange, from which on cells of different removal are not taken for alike.
constexpr double strong = 0.1;
/// Layers of other ranks' cells around one's own: what two smoothing steps need.
constexpr int layers = 2;

/// Cells lo - layers to hi + layers; beyond the grid, its last cells again.
std::vector<float> section(const std::vector<double>& values, int lo, int hi)
{
    std::vector<float> out;
    for (int i = lo - layers; i < hi + layers; ++i) {
        const int inside = std::clamp(i, 0, static_cast<int>(values.size()) - 1);
        out.push_back(static_cast<float>(values[static_cast<std::size_t>(inside)]));
    }
    return out;
}

/// What a core holds close to itself, with room for other things.
constexpr std::size_t cache_bytes = std::size_t{1} << 20U;

/// Pairs of rows, so few that all planes that half a cycle works on at a time stay in the cache.
std::vector<Rows> row_tiles(const PaddedBox& box)
{
    constexpr std::size_t planes = 18;
    constexpr int fewest = 16;
    const std::size_t fitting = cache_bytes / (planes * sizeof(float) * box.row_length());
    const int rows = std::max(static_cast<int>(std::min<std::size_t>(fitting, 1U << 20U)) / 2 * 2, fewest);
    std::vector<Rows> tiles;
    for (int j = 0; j < box.extents[1]; j += rows) {
        tiles.push_back({j, std::min(j + rows, box.extents[1])});
    }
    return tiles;
}

std::vector<float> parent_shares(const LevelShape& shape, std::size_t axis)
{
    const std::vector<double>& width = shape.axes[axis].width;
    std::vector<float> shares;
    for (int i = shape.stored.lo[axis]; i < shape.stored.hi[axis]; ++i) {
        double parent = 0.0;
        for (int other = std::max(i - 1, 0); other <= std::min(i + 1, shape.cells[axis] - 1); ++other) {
            if (shape.parent(axis, other) == shape.parent(axis, i)) {
                parent += width[static_cast<std::size_t>(other)];
            }
        }
        shares.push_back(static_cast<float>(width[static_cast<std::size_t>(i)] / parent));
    }
    return shares;
}
} // namespace

MultigridLevel::MultigridLevel(const LevelShape& shape, bool is_coarse, const FaceNeighbours& neighbours,
                               const parallel::Communicator& comm)
    : shape_(shape),
      box_(
          padded_towards(neighbours, {shape.stored.extent(0), shape.stored.extent(1), shape.stored.extent(2)}, layers)),
      margins_(box_, neighbours, comm),
      removal_(box_),
      rhs_(box_),
      solution_(box_),
      kept_(is_coarse ? box_ : PaddedBox{}),
      correction_(is_coarse ? box_ : PaddedBox{}),
      tiles_(row_tiles(box_)),
      row_(box_.row_length()),
      kept_row_(box_.row_length()),
      zeros_(box_.row_length()),
      distributed_(std::any_of(neighbours.begin(), neighbours.end(), [](int rank) { return rank >= 0; }))
{
    before_.fill(std::vector<float>(box_.plane_size()));
    after_ = before_;
    for (std::size_t a = 0; a < 3; ++a) {
        const AxisCoefficients& all = shape.axes[a];
        const int lo = shape.stored.lo[a];
        const int hi = shape.stored.hi[a];
        Axis& axis = axes_[a];
        axis = {section(all.low, lo, hi),
                section(all.high, lo, hi),
                {},
                section(all.wall, lo, hi),
                parent_shares(shape, a)};
        std::transform(axis.low.begin(), axis.low.end(), axis.high.begin(), std::back_inserter(axis.both),
                       std::plus<>());
        exchange_ += 2.0F * static_cast<float>(all.high.front()); // a last cell may be narrower than the others
        largest_exchange_ +=
            *std::max_element(all.low.begin(), all.low.end()) + *std::max_element(all.high.begin(), all.high.end());
    }
}

RowRates<float> MultigridLevel::rates(int j, int k) const
{
    const auto y = static_cast<std::size_t>(j + layers);
    const auto z = static_cast<std::size_t>(k + layers);
    return {axes_[0].low.data() + layers,
            axes_[0].high.data() + layers,
            axes_[0].both.data() + layers,
            axes_[1].low[y],
            axes_[1].high[y],
            axes_[2].low[z],
            axes_[2].high[z],
            axes_[1].both[y] + axes_[2].both[z]};
}

RowValues<float> MultigridLevel::rows_of(const PaddedValues& u, int j, int k) const
{
    return {u.row(j, k), u.nearest_row(j - 1, k), u.nearest_row(j + 1, k), u.nearest_row(j, k - 1),
            u.nearest_row(j, k + 1)};
}

RowValues<float> MultigridLevel::rows_of(const RollingPlanes& planes, int j, int k) const
{
    const auto row = [&](int near_j, int near_k) {
        return plane(planes, box_.nearest(2, near_k)) + box_.row_in_plane(box_.nearest(1, near_j));
    };
    return {row(j, k), row(j - 1, k), row(j + 1, k), row(j, k - 1), row(j, k + 1)};
}

/// Calls f(row in y, row in z, weight) for the rows of cells whose parents are in coarse row (j, k).
template <class F>
void MultigridLevel::for_children(int coarse_j, int coarse_k, F f) const
{
    const auto first = [this](std::size_t axis, int coarse) {
        return (shape_.halved[axis] ? 2 * coarse : coarse) - shape_.stored.lo[axis];
    };
    const auto end = [&](std::size_t axis, int coarse) {
        return std::min(first(axis, coarse) + (shape_.halved[axis] ? 2 : 1), box_.extents[axis]);
    };
    for (int k = first(2, coarse_k); k < end(2, coarse_k); ++k) {
        for (int j = first(1, coarse_j); j < end(1, coarse_j); ++j) {
            f(j, k, axes_[1].share[static_cast<std::size_t>(j)] * axes_[2].share[static_cast<std::size_t>(k)]);
        }
    }
}

/// Averages a row of cells, already averaged along y and z, over the children of each cell of the coarser grid.
void MultigridLevel::merge(const float* fine, float* __restrict__ coarse) const
{
    const auto n = static_cast<std::size_t>(box_.extents[0]);
    const float* share = axes_[0].share.data();
    if (!shape_.halved[0]) {
        std::copy_n(fine, n, coarse);
        return;
    }
    for (std::size_t p = 0; p < n / 2; ++p) {
        coarse[p] = share[2 * p] * fine[2 * p] + share[2 * p + 1] * fine[2 * p + 1];
    }
    if (n % 2 == 1) {
        coarse[n / 2] = share[n - 1] * fine[n - 1];
    }
}

void MultigridLevel::average_removal(int j, int k, float* coarse, float* coarse_kept)
{
    std::fill(row_.begin(), row_.end(), 0.0F);
    std::fill(kept_row_.begin(), kept_row_.end(), 0.0F);
    for_children(j, k, [&](int child_j, int child_k, float weight) {
        add_removal_row(cells_with(0), weight, weighted_ ? exchange_ : 0.0F, removal_.row(child_j, child_k),
                        row_.data(), kept_row_.data());
    });
    merge(row_.data(), coarse);
    merge(kept_row_.data(), coarse_kept);
    const int parents = shape_.parent(0, box_.extents[0] - 1) + 1;
    std::transform(coarse, coarse + parents, coarse_kept, coarse, std::divides<>());
}

void MultigridLevel::add_walls()
{
    const int cells = box_.extents[0];
    for (int k = 0; k < box_.extents[2]; ++k) {
        for (int j = 0; j < box_.extents[1]; ++j) {
            float* row = removal_.row(j, k);
            const float across = axes_[1].wall[static_cast<std::size_t>(j + layers)] +
                                 axes_[2].wall[static_cast<std::size_t>(k + layers)];
            const float* along = axes_[0].wall.data() + layers;
            if (across > 0.0F) {
                std::transform(row, row + cells, along, row,
                               [across](float s, float wall) { return s + (wall + across); });
            } else {
                row[0] += along[0];
                row[cells - 1] += cells > 1 ? along[cells - 1] : 0.0F;
            }
            box_.close_row(row);
        }
    }
}

void MultigridLevel::set_largest_removal(double largest_removal)
{
    weighted_ = exchange_ > 0.0F && largest_removal > strong * static_cast<double>(exchange_);
}

/// Walls do not count: a voxel beside a held one is no sink.
void MultigridLevel::fill_weights()
{
    for (int k = 0; k < box_.extents[2]; ++k) {
        for (int j = 0; j < box_.extents[1]; ++j) {
            box_.close_row(removal_.row(j, k));
        }
    }
    exchange(removal_);
    weights_.resize(removal_.values.size());
    std::transform(removal_.values.begin(), removal_.values.end(), weights_.begin(),
                   [this](float removal) { return exchange_ / (exchange_ + removal); });
}

void MultigridLevel::finish_coefficients(double least_removal)
{
    if (weighted_) {
        fill_weights();
    }
    add_walls();
    exchange(removal_);
    const double diagonal = largest_exchange_ + least_removal;
    const double least_share = diagonal > 0.0 ? least_removal / diagonal : 1.0;
    const double upper = 2.0 - least_share; // both ends by Gershgorin's theorem
    const double lower = std::max(upper * smoothed_fraction, least_share);
    const double centre = 0.5 * (upper + lower);
    const double radius = 0.5 * (upper - lower);
    constexpr double root = 0.70710678118654752440; // of the Chebyshev polynomial of degree 2
    first_ = static_cast<float>(1.0 / (centre + radius * root));
    second_ = static_cast<float>(1.0 / (centre - radius * root));
    const double damped = radius / centre; // the polynomial is at most 1 / T_2(1 / damped), and there are two of them
    const double left = damped * damped / (2.0 - damped * damped);
    const double contraction = std::min(left * left, usual_contraction);
    // In the plane cycles among strong sinks overshoot already.
    over_correction_ = weighted_ && shape_.planar() ? 1.0 : 1.0 / (1.0 - 0.9 * contraction);
}

/// Calls f(j) for some rows of a plane and `depth` more on either side, as far as there are any.
template <class F>
void MultigridLevel::for_rows(const Rows& rows, int depth, F f) const
{
    const int begin = std::max(rows.begin - depth, -box_.low[1]);
    const int end = std::min(rows.end + depth, box_.extents[1] + box_.high[1]);
    for (int j = begin; j < end; ++j) {
        f(j);
    }
}

void MultigridLevel::first_step_plane(const Rows& rows, int k)
{
    for_rows(rows, layers, [&](int j) {
        RowRates<float> row_rates = rates(j, k);
        float* out = plane(before_, k) + box_.row_in_plane(j);
        const int first = -reach(0, layers);
        row_rates.x_both += first;
        step_row_from_zero(cells_with(layers), first_, row_rates, removal_.row(j, k) + first, rhs_.row(j, k) + first,
                           out + first);
        box_.close_row(out);
    });
}

void MultigridLevel::corrected_plane(const Rows& rows, int k, const PaddedValues& coarse, Prolongation& prolongation)
{
    for_rows(rows, layers, [&](int j) {
        float* out = plane(before_, k) + box_.row_in_plane(j);
        if (!weighted_) {
            prolongation.add_row(coarse.values.data(), coarse.box, box_, j, k, solution_.row(j, k), out);
            return;
        }
        float* interpolated = row_.data() + box_.low[0];
        prolongation.add_row(coarse.values.data(), coarse.box, box_, j, k, zeros_.data() + box_.low[0], interpolated);
        const int first = -box_.low[0];
        add_weighted_row(box_.row_length(), weights(j, k) + first, solution_.row(j, k) + first, interpolated + first,
                         out + first);
    });
}

/// A smoothing step from the planes `before`, on plane k and one layer around it; row_of(j) is where rows go.
template <class RowOf>
void MultigridLevel::step_plane(const Rows& rows, int k, float weight, RowOf row_of)
{
    for_rows(rows, 1, [&](int j) {
        const int first = -reach(0, 1);
        RowRates<float> row_rates = rates(j, k);
        row_rates.x_low += first;
        row_rates.x_high += first;
        row_rates.x_both += first;
        RowValues<float> u = rows_of(before_, j, k);
        for (const float** row : {&u.here, &u.y_low, &u.y_high, &u.z_low, &u.z_high}) {
            *row += first;
        }
        float* out = row_of(j);
        step_row(cells_with(1), weight, row_rates, u, removal_.row(j, k) + first, rhs_.row(j, k) + first, out + first);
        box_.close_row(out);
    });
}

void MultigridLevel::average_residual(const Rows& rows, const mesh::Box& coarse_box, int coarse_k, PaddedValues& coarse)
{
    const auto coarse_row = [this](int j) { return shape_.halved[1] ? (j + 1) / 2 : j; };
    for (int j = coarse_row(rows.begin); j < coarse_row(rows.end); ++j) {
        std::fill(row_.begin(), row_.end(), 0.0F);
        for_children(j + coarse_box.lo[1], coarse_k + coarse_box.lo[2], [&](int child_j, int child_k, float weight) {
            add_residual_row(cells_with(0), weight, weighted_ ? weights(child_j, child_k) : nullptr,
                             rates(child_j, child_k), rows_of(solution_, child_j, child_k),
                             removal_.row(child_j, child_k), rhs_.row(child_j, child_k), row_.data());
        });
        merge(row_.data(), coarse.row(j, coarse_k));
        coarse.box.close_row(coarse.row(j, coarse_k));
    }
}

/// Calls f(k) for further planes up to k = `wanted`, as far as there are any within `depth` layers around the box.
template <class F>
void MultigridLevel::advance_to(int wanted, int depth, int& next, F f) const
{
    const int last = box_.extents[2] - 1 + std::min(depth, box_.high[2]);
    for (; next <= std::min(wanted, last); ++next) {
        f(next);
    }
}

void MultigridLevel::take_over_rhs()
{
    for (int k = 0; k < box_.extents[2]; ++k) {
        for (int j = 0; j < box_.extents[1]; ++j) {
            float* row = rhs_.row(j, k);
            std::transform(row, row + box_.extents[0], kept_.row(j, k), row, std::divides<>());
            box_.close_row(row);
        }
    }
}

void MultigridLevel::descend(const mesh::Box& coarse_box, PaddedValues& coarse)
{
    exchange(rhs_);
    for (const Rows& rows : tiles_) {
        int next_first = -std::min(layers, box_.low[2]);
        int next_second = -std::min(1, box_.low[2]);
        for (int coarse_k = 0; coarse_k < coarse_box.extent(2); ++coarse_k) {
            const int last_child = shape_.halved[2] ? 2 * coarse_k + 1 : coarse_k;
            advance_to(last_child + 1, 1, next_second, [&](int k) {
                advance_to(k + 1, layers, next_first, [&](int before) { first_step_plane(rows, before); });
                step_plane(rows, k, second_, [&](int j) { return solution_.row(j, k); });
            });
            average_residual(rows, coarse_box, coarse_k, coarse);
        }
    }
}

void MultigridLevel::ascend(const PaddedValues& coarse, Prolongation& prolongation, const TakeRow& take)
{
    exchange(solution_);
    for (const Rows& rows : tiles_) {
        int next_corrected = -std::min(layers, box_.low[2]);
        int next_first = -std::min(1, box_.low[2]);
        for (int k = 0; k < box_.extents[2]; ++k) {
            advance_to(k + 1, 1, next_first, [&](int ahead) {
                advance_to(ahead + 1, layers, next_corrected,
                           [&](int before) { corrected_plane(rows, before, coarse, prolongation); });
                step_plane(rows, ahead, first_, [&](int j) { return plane(after_, ahead) + box_.row_in_plane(j); });
            });
            for_rows(rows, 0, [&](int j) {
                step_row(cells_with(0), second_, rates(j, k), rows_of(after_, j, k), removal_.row(j, k), rhs_.row(j, k),
                         row_.data());
                take(j, k, row_.data());
            });
        }
    }
}

void MultigridLevel::keep_row(int j, int k, const float* row)
{
    float* to = correction_.row(j, k);
    std::transform(row, row + box_.extents[0], kept_.row(j, k), to, std::divides<>());
    box_.close_row(to);
}

float MultigridLevel::solve_single_cell() const { return rhs_.row(0, 0)[0] / (exchange_ + removal_.row(0, 0)[0]); }

void MultigridLevel::exchange(PaddedValues& values)
{
    if (distributed_) {
        margins_.refresh(values.values.data());
    }
}

} // namespace paget::fields
