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

/// What a core holds close to itself: its second cache, or its part of the third.
constexpr std::size_t cache_bytes = std::size_t{2} << 20U;

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
    shares.push_back(0.0F);
    return shares;
}
bool all_equal(const std::vector<double>& widths)
{
    return std::all_of(widths.begin(), widths.end(), [&](double width) { return width == widths.front(); });
}
} // namespace

MultigridLevel::MultigridLevel(const LevelShape& shape, bool is_coarse, const FaceNeighbours& neighbours,
                               const parallel::Communicator& comm)
    : shape_(shape),
      box_(
          padded_towards(neighbours, {shape.stored.extent(0), shape.stored.extent(1), shape.stored.extent(2)}, layers)),
      margins_(box_, neighbours, comm),
      removal_(box_),
      inverse_(box_),
      rhs_(box_),
      solution_(box_),
      unkept_(is_coarse ? box_ : PaddedBox{}),
      correction_(is_coarse ? box_ : PaddedBox{}),
      tiles_(row_tiles(box_)),
      plane_(box_.single_plane_size()),
      row_(box_.row_length()),
      kept_row_(box_.row_length()),
      distributed_(std::any_of(neighbours.begin(), neighbours.end(), [](int rank) { return rank >= 0; }))
{
    before_.fill(AlignedVector<float>(box_.single_plane_size()));
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
    if (!all_equal(shape.axes[0].width) || !all_equal(shape.axes[1].width)) {
        fill_cell_rates();
    }
}

void MultigridLevel::fill_cell_rates()
{
    cell_rates_.fill(AlignedVector<float>(box_.single_plane_size()));
    for (int j = -reach(1, 0, layers); j < box_.extents[1] + reach(1, 1, layers); ++j) {
        for (int i = -box_.low[0]; i < box_.extents[0] + box_.high[0]; ++i) {
            const auto x = static_cast<std::size_t>(i + layers);
            const auto y = static_cast<std::size_t>(j + layers);
            const std::size_t cell = box_.row_in_plane(j) + x - layers;
            cell_rates_[0][cell] = axes_[0].low[x];
            cell_rates_[1][cell] = axes_[0].high[x];
            cell_rates_[2][cell] = axes_[1].low[y];
            cell_rates_[3][cell] = axes_[1].high[y];
        }
    }
}

RunRates MultigridLevel::rates(int k, const Run& run) const
{
    const auto z = static_cast<std::size_t>(k + layers);
    RunRates rates;
    rates.z_low = axes_[2].low[z];
    rates.z_high = axes_[2].high[z];
    if (cell_rates_[0].empty()) {
        rates.x = static_cast<float>(shape_.axes[0].high.front());
        rates.y = static_cast<float>(shape_.axes[1].high.front());
        return rates;
    }
    rates.x_low = cell_rates_[0].data();
    rates.x_high = cell_rates_[1].data();
    rates.y_low = cell_rates_[2].data();
    rates.y_high = cell_rates_[3].data();
    return rates.after(run.start);
}

/// Some rows of a plane and `depth` more on either side, as far as there are any.
MultigridLevel::Run MultigridLevel::run(const Rows& rows, int depth) const
{
    const int begin = std::max(rows.begin - depth, -reach(1, 0, depth));
    const int end = std::min(rows.end + depth, box_.extents[1] + reach(1, 1, depth));
    const std::size_t start = box_.row_in_plane(begin) - static_cast<std::size_t>(box_.low[0]);
    return {static_cast<std::ptrdiff_t>(start), box_.row_length() * static_cast<std::size_t>(end - begin)};
}

/// Calls f(cell, share of its parent) for the cells along an axis whose parent is the coarse one.
template <class F>
void MultigridLevel::for_children(std::size_t axis, int coarse, F f) const
{
    const int children = shape_.halved[axis] ? 2 : 1;
    const int first = children * coarse - shape_.stored.lo[axis];
    for (int cell = first; cell < std::min(first + children, box_.extents[axis]); ++cell) {
        f(cell, axes_[axis].share[static_cast<std::size_t>(cell)]);
    }
}

/// From the row's children, summed up in `plane_` along z, those of one coarse row.
void MultigridLevel::merge(int coarse_j, float* coarse) const
{
    std::array<const float*, 2> rows{};
    std::array<float, 2> shares{};
    std::size_t count = 0;
    for_children(1, coarse_j, [&](int j, float share) {
        rows[count] = plane_.data() + box_.row_in_plane(j);
        shares[count++] = share;
    });
    rows[1] = count == 2 ? rows[1] : rows[0];
    const auto cells = static_cast<std::size_t>(box_.extents[0]);
    if (shape_.halved[0]) {
        merge_rows((cells + 1) / 2, shares[0], rows[0], shares[1], rows[1], axes_[0].share.data(), coarse);
        return;
    }
    for (std::size_t i = 0; i < cells; ++i) {
        coarse[i] = shares[0] * rows[0][i] + shares[1] * rows[1][i];
    }
}

void MultigridLevel::average_removal(int j, int k, float* coarse, float* coarse_unkept)
{
    const auto cells = static_cast<std::size_t>(box_.extents[0]);
    const auto parents = static_cast<std::size_t>(shape_.parent(0, box_.extents[0] - 1) + 1);
    std::fill(row_.begin(), row_.end(), 0.0F);
    std::fill(kept_row_.begin(), kept_row_.end(), 0.0F);
    for_children(2, k, [&](int child_k, float share_z) {
        for_children(1, j, [&](int child_j, float share_y) {
            add_removal_row(cells, share_y * share_z, exchange_, removal_.row(child_j, child_k), row_.data(),
                            weighted_ ? kept_row_.data() : nullptr);
        });
    });
    const auto merged = [&](const std::vector<float>& from, float* into) {
        if (shape_.halved[0]) {
            merge_rows(parents, 1.0F, from.data(), 0.0F, from.data(), axes_[0].share.data(), into);
        } else {
            std::copy_n(from.data(), cells, into);
        }
    };
    merged(row_, coarse);
    if (!weighted_) {
        std::fill_n(coarse_unkept, parents, 1.0F);
        return;
    }
    merged(kept_row_, coarse_unkept);
    for (std::size_t p = 0; p < parents; ++p) {
        coarse_unkept[p] = 1.0F / coarse_unkept[p];
        coarse[p] *= coarse_unkept[p];
    }
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
    exchange(removal_);
    weights_.resize(removal_.values.size());
    std::transform(removal_.values.begin(), removal_.values.end(), weights_.begin(),
                   [this](float removal) { return exchange_ / (exchange_ + removal); });
}

void MultigridLevel::fill_inverse()
{
    for (int k = -box_.low[2]; k < box_.extents[2] + box_.high[2]; ++k) {
        for (int j = -reach(1, 0, layers); j < box_.extents[1] + reach(1, 1, layers); ++j) {
            const float across = axes_[1].both[static_cast<std::size_t>(j + layers)] +
                                 axes_[2].both[static_cast<std::size_t>(k + layers)];
            const std::ptrdiff_t first = -box_.low[0];
            invert_diagonal_row(static_cast<std::size_t>(box_.low[0] + box_.extents[0] + box_.high[0]), across,
                                axes_[0].both.data() + layers + first, removal_.row(j, k) + first,
                                inverse_.row(j, k) + first);
        }
    }
}

void MultigridLevel::finish_coefficients(double least_removal)
{
    if (weighted_) {
        fill_weights();
    }
    add_walls();
    exchange(removal_);
    fill_inverse();
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
    contraction_ = std::min(left * left, usual_contraction);
    // In the plane cycles among strong sinks overshoot already.
    over_correction_ = weighted_ && shape_.planar() ? 1.0 : 1.0 / (1.0 - 0.9 * contraction_);
}

void MultigridLevel::first_step_plane(const Rows& rows, int k)
{
    const Run all = run(rows, layers);
    const std::size_t at = plane_start(k) + static_cast<std::size_t>(all.start);
    step_run_from_zero(all.cells, first_, inverse_.values.data() + at, rhs_.values.data() + at,
                       plane(before_, k) + all.start);
}

/// A smoothing step from rolling planes, on plane k and `depth` layers around the rows.
void MultigridLevel::step_from(RollingPlanes& planes, const Rows& rows, int depth, int k, float weight, float* out)
{
    const Run all = run(rows, depth);
    const std::size_t at = plane_start(k) + static_cast<std::size_t>(all.start);
    const RunValues u{plane(planes, k) + all.start, plane(planes, box_.nearest(2, k - 1)) + all.start,
                      plane(planes, box_.nearest(2, k + 1)) + all.start, static_cast<std::ptrdiff_t>(row_length())};
    step_run(all.cells, weight, rates(k, all), u, inverse_.values.data() + at, rhs_.values.data() + at,
             out + all.start);
}

void MultigridLevel::second_step_plane(const Rows& rows, int k)
{
    step_from(before_, rows, 1, k, second_, solution_.values.data() + plane_start(k));
    mirror_at_walls(rows, k);
}

/// Beyond walls, which have no layers of other ranks' cells.
void MultigridLevel::mirror_at_walls(const Rows& rows, int k)
{
    const int begin = std::max(rows.begin - 1, -reach(1, 0, 1));
    const int end = std::min(rows.end + 1, box_.extents[1] + reach(1, 1, 1));
    const int cells = box_.extents[0];
    for (int j = begin; j < end; ++j) {
        float* row = solution_.row(j, k);
        row[-1] = box_.low[0] == 0 ? row[0] : row[-1];
        row[cells] = box_.high[0] == 0 ? row[cells - 1] : row[cells];
    }
    const auto copy_row = [&](int from, int to) { // without the padding, which holds the next row's mirror image
        std::copy_n(solution_.row(from, k) - box_.low[0], box_.low[0] + cells + box_.high[0],
                    solution_.row(to, k) - box_.low[0]);
    };
    if (begin == 0 && reach(1, 0, 1) == 0) {
        copy_row(0, -1);
    }
    if (end == box_.extents[1] && reach(1, 1, 1) == 0) {
        copy_row(end - 1, end);
    }
}

void MultigridLevel::corrected_plane(const Rows& rows, int k, const PaddedValues& coarse,
                                     const Prolongation& prolongation)
{
    const int begin = std::max(rows.begin - layers, -reach(1, 0, layers));
    const int end = std::min(rows.end + layers, box_.extents[1] + reach(1, 1, layers));
    for (int j = begin; j < end; ++j) {
        prolongation.add_row(coarse.values.data(), coarse.box, box_, j, k,
                             weighted_ ? weights_.data() + box_.row(j, k) : nullptr, solution_.row(j, k),
                             plane(before_, k) + box_.row_in_plane(j));
    }
}

void MultigridLevel::average_residual(const Rows& rows, const mesh::Box& coarse_box, int coarse_k, PaddedValues& coarse)
{
    const Run all = run(rows, 0);
    bool first = true;
    for_children(2, coarse_k + coarse_box.lo[2], [&](int k, float share) {
        const std::size_t at = plane_start(k) + static_cast<std::size_t>(all.start);
        const auto solution = [&](int near_k) {
            return solution_.values.data() + plane_start(box_.nearest(2, near_k)) + all.start;
        };
        const auto average = first ? residual_run : add_residual_run;
        first = false;
        average(all.cells, share, weighted_ ? weights_.data() + at : nullptr, rates(k, all),
                {solution(k), solution(k - 1), solution(k + 1), static_cast<std::ptrdiff_t>(row_length())},
                removal_.values.data() + at, rhs_.values.data() + at, plane_.data() + all.start);
    });
    const auto coarse_row = [this](int j) { return shape_.halved[1] ? (j + 1) / 2 : j; };
    for (int j = coarse_row(rows.begin); j < coarse_row(rows.end); ++j) {
        merge(j + coarse_box.lo[1], coarse.row(j, coarse_k));
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
                second_step_plane(rows, k);
            });
            average_residual(rows, coarse_box, coarse_k, coarse);
        }
    }
}

void MultigridLevel::ascend(const PaddedValues& coarse, const Prolongation& prolongation, const TakeRows& take)
{
    exchange(solution_);
    for (const Rows& rows : tiles_) {
        int next_corrected = -std::min(layers, box_.low[2]);
        int next_first = -std::min(1, box_.low[2]);
        for (int k = 0; k < box_.extents[2]; ++k) {
            advance_to(k + 1, 1, next_first, [&](int ahead) {
                advance_to(ahead + 1, layers, next_corrected,
                           [&](int before) { corrected_plane(rows, before, coarse, prolongation); });
                step_from(before_, rows, 1, ahead, first_, plane(after_, ahead));
            });
            step_from(after_, rows, 0, k, second_, take ? plane_.data() : correction_.values.data() + plane_start(k));
            if (take) {
                take(rows, k, plane_.data() + box_.row_in_plane(rows.begin));
            }
        }
    }
}

void MultigridLevel::solve_single_cell(const TakeRows& take)
{
    const float solved = rhs_.row(0, 0)[0] / (exchange_ + removal_.row(0, 0)[0]);
    if (take) {
        take({0, 1}, 0, &solved);
    } else {
        correction_.row(0, 0)[0] = solved;
    }
}

void MultigridLevel::unweight(PaddedValues& values) const
{
    multiply_run(values.values.size(), unkept_.values.data(), values.values.data());
}

void MultigridLevel::exchange(PaddedValues& values)
{
    if (distributed_) {
        margins_.refresh(values.values.data());
    }
}

} // namespace paget::fields
