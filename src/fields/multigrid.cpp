#include "multigrid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
/// Grids this small are held as a whole by every rank: repeating their work costs less than the messages would.
constexpr std::int64_t whole_below = 32 * 32 * 32;
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

/// Copies rows between an array over `outer` and one over `inner`, a box inside it.
template <class Copy>
void for_rows(const mesh::Box& outer, const mesh::Box& inner, Copy copy)
{
    for (int k = inner.lo[2]; k < inner.hi[2]; ++k) {
        for (int j = inner.lo[1]; j < inner.hi[1]; ++j) {
            const mesh::Index3 first{inner.lo[0], j, k};
            copy(outer.offset(first), inner.offset(first), static_cast<std::size_t>(inner.extent(0)));
        }
    }
}
} // namespace

Multigrid::Multigrid(const StencilOperator& matrix) : matrix_(&matrix)
{
    const auto& comm = matrix.comm();
    const auto neighbours = face_neighbours(matrix.partition(), comm.rank());
    for (const LevelShape& shape :
         level_shapes(matrix.partition(), comm.rank(), matrix.exchange_per_min(), held_sides(matrix), whole_below)) {
        const bool whole = shape.stored == mesh::Box{{0, 0, 0}, shape.cells};
        levels_.emplace_back(shape, whole ? no_neighbours : neighbours, comm);
    }
}

/// Where this rank writes its own cells: in place, or into a part that gather() distributes.
float* Multigrid::own_part(std::size_t level, std::vector<float>& values)
{
    const LevelShape& shape = levels_[level].shape();
    if (shape.own == shape.stored) {
        return values.data();
    }
    part_.resize(static_cast<std::size_t>(shape.own.volume()));
    return part_.data();
}

void Multigrid::gather(std::size_t level, std::vector<float>& values)
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
    gathered_.resize(values.size());
    parallel::check(MPI_Allgatherv(part_.data(), static_cast<int>(part_.size()), MPI_FLOAT, gathered_.data(),
                                   counts.data(), starts.data(), MPI_FLOAT, matrix_->comm().handle()));
    for (std::size_t rank = 0; rank < shape.boxes.size(); ++rank) {
        const float* from = gathered_.data() + starts[rank];
        for_rows(shape.stored, shape.boxes[rank], [&](std::size_t outer, std::size_t inner, std::size_t count) {
            std::copy_n(from + inner, count, values.data() + outer);
        });
    }
}

void Multigrid::fill_removal()
{
    float* finest = own_part(0, levels_[0].removal());
    std::transform(matrix_->removal().begin(), matrix_->removal().end(), finest,
                   [](double rate) { return static_cast<float>(std::min(rate, largest_rate)); });
    gather(0, levels_[0].removal());
    for (std::size_t l = 0; l + 1 < levels_.size(); ++l) {
        auto& coarse = levels_[l + 1];
        levels_[l].average(levels_[l].removal().data(), coarse.shape().own, own_part(l + 1, coarse.removal()));
        gather(l + 1, coarse.removal());
    }
}

void Multigrid::update()
{
    fill_removal();
    std::vector<double> shares;
    for (auto& level : levels_) {
        shares.push_back(level.update_diagonal());
    }
    matrix_->comm().minimum(std::span<double>(shares));
    for (std::size_t l = 0; l < levels_.size(); ++l) {
        levels_[l].set_smoother(static_cast<float>(shares[l]));
    }
}

void Multigrid::cycle(std::size_t l)
{
    if (l + 1 == levels_.size()) {
        levels_[l].solve_single_cell();
        return;
    }
    auto& fine = levels_[l];
    auto& coarse = levels_[l + 1];
    fine.smooth_from_zero();
    fine.average_residual(coarse.shape().own, own_part(l + 1, coarse.rhs()));
    gather(l + 1, coarse.rhs());
    cycle(l + 1);
    fine.correct(coarse.shape().stored, coarse.solution().data());
    fine.smooth();
}

void Multigrid::apply(const double* residual, double* correction)
{
    auto& finest = levels_[0];
    const mesh::Box& own = finest.shape().own;
    const double scale = matrix_->scale();
    const double inverse = 1.0 / scale;
    float* rhs = own_part(0, finest.rhs());
    for (std::size_t i = 0; i < static_cast<std::size_t>(own.volume()); ++i) {
        rhs[i] = static_cast<float>(inverse * residual[i]);
    }
    gather(0, finest.rhs());
    cycle(0);
    for_rows(finest.shape().stored, own, [&](std::size_t outer, std::size_t inner, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            correction[inner + i] = scale * static_cast<double>(finest.solution()[outer + i]);
        }
    });
}

} // namespace paget::fields
