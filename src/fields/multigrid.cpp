#include "multigrid.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace paget::fields
{
namespace
{
/// What a float holds, with room for a sum.
constexpr double largest_rate = 1e30;

std::array<bool, 6> held_sides(const StencilOperator& matrix)
{
    std::array<bool, 6> held{};
    for (std::size_t side = 0; side < 6; ++side) {
        held[side] = matrix.held(side);
    }
    return held;
}

PaddedBox without_margins(const mesh::Box& box) { return {{box.extent(0), box.extent(1), box.extent(2)}, {}, {}}; }

/// Calls f(j, k) for the rows of a box, counted from its first one.
template <class F>
void for_local_rows(const mesh::Box& box, F f)
{
    for (int k = 0; k < box.extent(2); ++k) {
        for (int j = 0; j < box.extent(1); ++j) {
            f(j, k);
        }
    }
}
} // namespace

Multigrid::Multigrid(const StencilOperator& matrix) : matrix_(&matrix)
{
    const auto& comm = matrix.comm();
    const auto neighbours = face_neighbours(matrix.partition(), comm.rank());
    const std::array<bool, 6> held = held_sides(matrix);
    const auto shapes =
        level_shapes(matrix.partition(), comm.rank(), matrix.exchange_per_min(), held, mesh::whole_below);
    for (const LevelShape& shape : shapes) {
        const bool whole = shape.stored == mesh::Box{{0, 0, 0}, shape.cells};
        levels_.emplace_back(shape, !levels_.empty(), whole ? no_neighbours : neighbours, comm);
        if (!(shape.own == shape.stored)) {
            part_.emplace(without_margins(shape.own));
        }
    }
    for (std::size_t l = 0; l + 1 < shapes.size(); ++l) {
        constant_.emplace_back(shapes[l], shapes[l + 1], held, Spread::constant);
        linear_.emplace_back(shapes[l], shapes[l + 1], held, Spread::linear);
    }
}

/// Where this rank writes its own cells: in place, or into a part that gather() distributes.
PaddedValues& Multigrid::own_part(std::size_t level, PaddedValues& values)
{
    const LevelShape& shape = levels_[level].shape();
    return shape.own == shape.stored ? values : *part_;
}

void Multigrid::gather(std::size_t level, PaddedValues& values)
{
    const LevelShape& shape = levels_[level].shape();
    // The same on all ranks: with several of them no rank's own cells are the whole grid, except below the first one.
    if (shape.own == shape.stored) {
        return;
    }
    std::vector<int> counts;
    std::vector<int> starts;
    for (const mesh::Box& box : shape.boxes) {
        starts.push_back(counts.empty() ? 0 : starts.back() + counts.back());
        counts.push_back(static_cast<int>(box.volume()));
    }
    gathered_.resize(static_cast<std::size_t>(shape.stored.volume()));
    parallel::check(MPI_Allgatherv(part_->values.data(), static_cast<int>(part_->values.size()), MPI_FLOAT,
                                   gathered_.data(), counts.data(), starts.data(), MPI_FLOAT,
                                   matrix_->comm().handle()));
    const float* next = gathered_.data();
    for (const mesh::Box& box : shape.boxes) {
        for_local_rows(box, [&](int j, int k) {
            std::copy_n(next, box.extent(0), values.row(box.lo[1] + j, box.lo[2] + k) + box.lo[0]);
            next += box.extent(0);
        });
    }
}

void Multigrid::fill_removal()
{
    const mesh::Box& own = matrix_->box();
    PaddedValues& finest = own_part(0, levels_[0].removal());
    for_local_rows(own, [&](int j, int k) {
        const double* from = matrix_->removal().data() + own.offset({own.lo[0], own.lo[1] + j, own.lo[2] + k});
        single_precision_row(static_cast<std::size_t>(own.extent(0)), largest_rate, from, finest.row(j, k));
    });
    gather(0, levels_[0].removal());
    for (std::size_t l = 0; l + 1 < levels_.size(); ++l) {
        average_removal(l);
    }
}

/// Both are computed each time where there is only one part to gather from.
void Multigrid::average_removal(std::size_t l)
{
    MultigridLevel& coarse = levels_[l + 1];
    const mesh::Box& box = coarse.shape().own;
    const auto fill = [&](PaddedValues& removal, PaddedValues& unkept) {
        for_local_rows(box, [&](int j, int k) {
            levels_[l].average_removal(box.lo[1] + j, box.lo[2] + k, removal.row(j, k), unkept.row(j, k));
        });
    };
    if (coarse.shape().own == coarse.shape().stored) {
        fill(coarse.removal(), coarse.unkept());
        return;
    }
    PaddedValues other(part_->box);
    fill(*part_, other);
    gather(l + 1, coarse.removal());
    fill(other, *part_);
    gather(l + 1, coarse.unkept());
}

void Multigrid::update()
{
    const auto [least, largest] = matrix_->removal_range();
    for (auto& level : levels_) {
        level.set_largest_removal(largest);
    }
    fill_removal();
    for (auto& level : levels_) {
        level.finish_coefficients(least);
    }
}

/// From the residual in the level's right-hand side, hands over the correction, or leaves it with the level.
void Multigrid::cycle(std::size_t l, const std::vector<Prolongation>& prolongations,
                      const MultigridLevel::TakeRows& take)
{
    auto& level = levels_[l];
    if (l + 1 == levels_.size()) {
        level.solve_single_cell(take);
        return;
    }
    auto& coarse = levels_[l + 1];
    level.descend(coarse.shape().own, own_part(l + 1, coarse.rhs()));
    gather(l + 1, coarse.rhs());
    if (level.weighted()) {
        coarse.unweight_rhs();
    }
    cycle(l + 1, prolongations, {});
    if (level.weighted()) {
        coarse.unweight_correction();
    }
    coarse.refresh_correction();
    level.ascend(coarse.correction(), prolongations[l], take);
}

/// One cycle on the residual, whose rows `residual(j, k, row)` writes; hands over this rank's voxels: their first one's
/// place, the number of rows, and the values.
template <class Residual, class TakeOwn>
void Multigrid::run(const std::vector<Prolongation>& prolongations, Residual residual, TakeOwn take)
{
    auto& finest = levels_[0];
    const mesh::Box& own = finest.shape().own;
    const mesh::Index3 first{own.lo[0] - finest.shape().stored.lo[0], own.lo[1] - finest.shape().stored.lo[1],
                             own.lo[2] - finest.shape().stored.lo[2]};
    PaddedValues& rhs = own_part(0, finest.rhs());
    for (const Rows& rows : finest.tiles()) {
        for (int k = 0; k < own.extent(2); ++k) {
            for (int j = rows.begin; j < std::min(rows.end, own.extent(1)); ++j) {
                residual(j, k, rhs.row(j, k));
            }
        }
    }
    gather(0, finest.rhs());
    cycle(0, prolongations, [&](const Rows& rows, int k, const float* values) {
        const int begin = std::max(rows.begin, first[1]);
        const int end = std::min(rows.end, first[1] + own.extent(1));
        if (begin < end && k >= first[2] && k < first[2] + own.extent(2)) {
            const mesh::Index3 voxel{own.lo[0], own.lo[1] + begin - first[1], own.lo[2] + k - first[2]};
            take(own.offset(voxel), static_cast<std::size_t>(end - begin),
                 values + finest.row_length() * static_cast<std::size_t>(begin - rows.begin) + first[0]);
        }
    });
}

void Multigrid::convert_row(const double* residual, double factor, int j, int k, float* row) const
{
    const mesh::Box& own = matrix_->box();
    const double* from = residual + own.offset({own.lo[0], own.lo[1] + j, own.lo[2] + k});
    std::transform(from, from + own.extent(0), row, [factor](double r) { return static_cast<float>(factor * r); });
}

void Multigrid::apply(const double* residual, double* correction)
{
    const auto count = static_cast<std::size_t>(matrix_->box().extent(0));
    const double scale = matrix_->scale();
    const auto convert = [&](int j, int k, float* row) { convert_row(residual, 1.0 / scale, j, k, row); };
    run(constant_, convert, [&](std::size_t start, std::size_t rows, const float* values) {
        for (std::size_t row = 0; row < rows; ++row, values += levels_[0].row_length()) {
            std::transform(values, values + count, correction + start + row * count,
                           [scale](float c) { return scale * static_cast<double>(c); });
        }
    });
}

Multigrid::Sizes Multigrid::improve(StencilOperator& matrix, const double* rhs, double* u, int cycle, bool from_zero)
{
    const double inverse = 1.0 / matrix.scale();
    const double scale = matrix.scale() * (cycle % 2 == 1 ? levels_[0].over_correction() : 1.0);
    const auto cells = static_cast<std::size_t>(matrix.box().extent(0));
    LargestBits largest;
    const auto add = [&](std::size_t start, std::size_t rows, const float* values) {
        add_correction_rows(rows, cells, levels_[0].row_length(), scale, values, u + start, largest);
    };
    if (from_zero) {
        run(
            linear_, [&](int j, int k, float* row) { convert_row(rhs, inverse, j, k, row); }, add);
    } else {
        matrix.exchange(u);
        run(
            linear_, [&](int j, int k, float* row) { matrix.scaled_residual(rhs, u, inverse, j, k, row); }, add);
    }
    return {scale * static_cast<double>(std::bit_cast<float>(largest.correction)),
            std::bit_cast<double>(largest.solution)};
}

} // namespace paget::fields
