#include "prolongation.hpp"

#include "level_shape.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
/// Centre of a cell, from the grid's lower end, in voxels of the finest grid.
double centre(const std::vector<double>& width, int cell)
{
    double before = 0.0;
    for (int i = 0; i < cell; ++i) {
        before += width[static_cast<std::size_t>(i)];
    }
    return before + 0.5 * width[static_cast<std::size_t>(cell)];
}
} // namespace

Prolongation::Source Prolongation::source(const LevelShape& fine, const LevelShape& coarse, std::size_t axis, int cell,
                                          const std::array<bool, 6>& held, Spread spread)
{
    const int parent = fine.parent(axis, cell);
    Source source{parent, parent, 0.0F, 1.0F};
    const double child_at = centre(fine.axes[axis].width, cell);
    const double parent_at = centre(coarse.axes[axis].width, parent);
    if (spread == Spread::constant || child_at == parent_at) {
        return source;
    }
    const bool below = child_at < parent_at;
    const int neighbour = parent + (below ? -1 : 1);
    if (neighbour >= 0 && neighbour < coarse.cells[axis]) {
        source.neighbour = neighbour;
        source.share =
            static_cast<float>((child_at - parent_at) / (centre(coarse.axes[axis].width, neighbour) - parent_at));
    } else if (held[2 * axis + (below ? 0 : 1)]) {
        const double half = 0.5 * coarse.axes[axis].width[static_cast<std::size_t>(parent)];
        source.factor = static_cast<float>(1.0 - (below ? parent_at - child_at : child_at - parent_at) / half);
    }
    return source;
}

Prolongation::Prolongation(const LevelShape& fine, const LevelShape& coarse, const std::array<bool, 6>& held,
                           Spread spread)
{
    for (std::size_t axis = 0; axis < 3; ++axis) {
        for (int cell = fine.stored.lo[axis] - reach; cell < fine.stored.hi[axis] + reach; ++cell) {
            const int inside = std::clamp(cell, 0, fine.cells[axis] - 1); // a mirror image beyond walls
            Source found = source(fine, coarse, axis, inside, held, spread);
            found.parent -= coarse.stored.lo[axis];
            found.neighbour -= coarse.stored.lo[axis];
            sources_[axis].push_back(found);
        }
    }
    if (fine.halved[0]) {
        find_like_pairs(fine.stored.extent(0));
    }
}

/// All but those at the grid's ends, judged by the second pair, which stands at no lower end.
void Prolongation::find_like_pairs(int cells)
{
    constexpr int second = 2; // its first cell
    if (cells < second + 2) {
        return;
    }
    const auto is_like_second = [this](int cell) {
        const auto is_like = [this](int a, int b) {
            return at(0, a).share == at(0, b).share && at(0, a).factor == 1.0F;
        };
        return is_like(cell, second) && is_like(cell + 1, second + 1);
    };
    shares_ = {at(0, second).share, at(0, second + 1).share};
    begin_ = is_like_second(0) ? 0 : second;
    end_ = second;
    while (end_ + 1 < cells && is_like_second(end_)) {
        end_ += 2;
    }
}

/// The rows of parents of row (j, k), from the coarser box's first cell on.
ParentRows Prolongation::parents(const float* coarse, const PaddedBox& box, int j, int k) const
{
    const Source& y = at(1, j);
    const Source& z = at(2, k);
    return {coarse + box.row(y.parent, z.parent),
            coarse + box.row(y.neighbour, z.parent),
            coarse + box.row(y.parent, z.neighbour),
            y.share,
            z.share,
            y.factor * z.factor};
}

float Prolongation::value(const ParentRows& parents, int cell) const
{
    const Source& x = at(0, cell);
    return x.factor * (parents.across(x.parent) + x.share * parents.towards(x.parent, x.neighbour - x.parent));
}

void Prolongation::add_row(const float* coarse, const PaddedBox& coarse_box, const PaddedBox& fine_box, int j, int k,
                           const float* weights, const float* present, float* out) const
{
    const ParentRows rows = parents(coarse, coarse_box, j, k);
    const auto add = [&](int begin, int end) {
        for (int i = begin; i < end; ++i) {
            out[i] = present[i] + value(rows, i) * (weights != nullptr ? weights[i] : 1.0F);
        }
    };
    add(-fine_box.low[0], begin_);
    if (begin_ < end_) {
        ParentRows first = rows;
        const int parent = at(0, begin_).parent;
        first.parent += parent;
        first.beside += parent;
        first.above += parent;
        add_to_pairs(static_cast<std::size_t>(end_ - begin_) / 2, first, shares_,
                     weights != nullptr ? weights + begin_ : nullptr, present + begin_, out + begin_);
    }
    add(end_, fine_box.extents[0] + fine_box.high[0]);
}

} // namespace paget::fields
