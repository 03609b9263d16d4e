#pragma once

#include "level_shape.hpp"
#include "margin_exchange.hpp"
#include "prolongation.hpp"
#include "stencil_rows.hpp"

#include <functional>
#include <vector>

namespace paget::fields
{

/// Single-precision values over a PaddedBox.
struct PaddedValues {
    PaddedBox box;
    std::vector<float> values;

    explicit PaddedValues(const PaddedBox& shape) : box(shape), values(shape.size()) {}
    float* row(int j, int k) { return values.data() + box.row(j, k); }
    const float* row(int j, int k) const { return values.data() + box.row(j, k); }
    /// Row (j, k), or beyond a wall its mirror image.
    const float* nearest_row(int j, int k) const { return row(box.nearest(1, j), box.nearest(2, k)); }
};

/// Rows of cells along y, half open.
struct Rows {
    int begin;
    int end;
};

/// One grid of the multigrid hierarchy in single precision: its operator, its Chebyshev smoother and the transfer to
/// and from the next coarser grid. The coarse operator is the same finite-volume stencil on the coarse cells.
/// Each half of a cycle goes through memory once: intermediate values live in a few rolling planes. Two layers of other
/// ranks' cells, computed anew, spare the messages in between.
/// Every cell's value is the same expression of the same numbers wherever the grid is cut.
class MultigridLevel
{
public:
    /// `is_coarse`: there is a finer grid, to which it hands its result.
    MultigridLevel(const LevelShape& shape, bool is_coarse, const FaceNeighbours& neighbours,
                   const parallel::Communicator& comm);

    const LevelShape& shape() const { return shape_; }

    /// Removal rates [1/min] of the stored cells, without walls.
    PaddedValues& removal() { return removal_; }
    const PaddedValues& removal() const { return removal_; }
    /// Right-hand side on the stored cells; rows are to be closed.
    PaddedValues& rhs() { return rhs_; }
    /// The result of a cycle, for the next finer grid.
    const PaddedValues& correction() const { return correction_; }
    /// How rows are best worked through: tile by tile.
    const std::vector<Rows>& tiles() const { return tiles_; }

    /// Tells the largest removal [1/min] of the whole finest grid, before average_removal(). Where it is strong against
    /// the exchange of this grid's cells, they are weighted (see average_removal()).
    void set_largest_removal(double largest_removal);

    /// Removal for the cells of row (j, k) of the next coarser grid (global indices), from that of their children, and
    /// the average of the children's weights. A weighted child counts by what it would keep of a substance that all
    /// cells exchange, exchange / (exchange + removal), in all that passes between the two grids: a strong sink can
    /// remove no more than reaches it, and hardly follows what its neighbours do.
    void average_removal(int j, int k, float* coarse, float* coarse_kept);
    /// Where the average weights of this grid's children are stored.
    PaddedValues& kept() { return kept_; }

    /// Adds what held walls remove to the removal, and fits the smoother: `least_removal` is a lower bound of it on
    /// the whole grid. Collective unless stored as a whole.
    void finish_coefficients(double least_removal);

    /// Factor of every other cycle's correction. A cycle leaves between nothing and a share r of every part of the
    /// error: one that corrects 1 / (1 - 0.9 r) times as much next leaves little of both ends, and no part is left with
    /// more than a quarter of r^2 by the two together (a Chebyshev iteration of degree two, with one root at the end,
    /// so that what a cycle solves exactly stays solved). After finish_coefficients(); local.
    double over_correction() const { return over_correction_; }

    /// Two smoothing steps from zero; then the average of the residual over the children of the cells of `coarse_box`
    /// into `coarse`, which lies over that box. Collective unless stored as a whole.
    void descend(const mesh::Box& coarse_box, PaddedValues& coarse);

    /// The right-hand side has arrived from the finer grid, and is to be divided by the average weights. Local.
    void take_over_rhs();

    using TakeRow = std::function<void(int j, int k, const float* row)>;

    /// Adds the coarser grid's correction, smooths twice, and hands over the result, row by row. Collective unless
    /// stored as a whole.
    void ascend(const PaddedValues& coarse, Prolongation& prolongation, const TakeRow& take);

    /// Stores a row of the result, to be used by the next finer grid.
    void keep_row(int j, int k, const float* row);
    void refresh_correction() { exchange(correction_); }

    /// Exact on a grid of a single cell.
    float solve_single_cell() const;

private:
    /// Along one axis, from two cells before the stored ones to two after them.
    struct Axis {
        std::vector<float> low;
        std::vector<float> high;
        std::vector<float> both;
        std::vector<float> wall;
        std::vector<float> share; ///< of a stored cell in the width of its parent
    };

    /// Three consecutive planes: plane k is at k modulo 3.
    using RollingPlanes = std::array<std::vector<float>, 3>;
    static float* plane(RollingPlanes& planes, int k) { return planes[static_cast<std::size_t>((k + 3) % 3)].data(); }
    static const float* plane(const RollingPlanes& planes, int k)
    {
        return planes[static_cast<std::size_t>((k + 3) % 3)].data();
    }

    RowRates<float> rates(int j, int k) const;
    RowValues<float> rows_of(const PaddedValues& u, int j, int k) const;
    RowValues<float> rows_of(const RollingPlanes& planes, int j, int k) const;
    /// Layers of other ranks' cells before (end 0) or after (end 1) a row, of at most `depth`.
    int reach(std::size_t end, int depth) const
    {
        const int margin = end == 0 ? box_.low[0] : box_.high[0];
        return margin == 1 ? 0 : std::min(depth, margin);
    }
    std::size_t cells_with(int depth) const
    {
        return static_cast<std::size_t>(reach(0, depth) + box_.extents[0] + reach(1, depth));
    }
    template <class F>
    void for_children(int coarse_j, int coarse_k, F f) const;
    template <class F>
    void for_rows(const Rows& rows, int depth, F f) const;
    template <class F>
    void advance_to(int wanted, int depth, int& next, F f) const;
    template <class RowOf>
    void step_plane(const Rows& rows, int k, float weight, RowOf row_of);
    void merge(const float* fine, float* __restrict__ coarse) const;
    void add_walls();
    void fill_weights();
    const float* weights(int j, int k) const { return weights_.data() + box_.row(j, k); }
    void first_step_plane(const Rows& rows, int k);
    void corrected_plane(const Rows& rows, int k, const PaddedValues& coarse, Prolongation& prolongation);
    void average_residual(const Rows& rows, const mesh::Box& coarse_box, int coarse_k, PaddedValues& coarse);
    void exchange(PaddedValues& values);

    LevelShape shape_;
    PaddedBox box_;
    std::array<Axis, 3> axes_;
    MarginExchange<float> margins_;
    PaddedValues removal_;
    PaddedValues rhs_;
    PaddedValues solution_;
    PaddedValues kept_;
    PaddedValues correction_;
    std::vector<Rows> tiles_;
    RollingPlanes before_; ///< the values that a smoothing step starts from
    RollingPlanes after_;  ///< and those that it gives, where no array keeps them
    std::vector<float> row_;
    std::vector<float> kept_row_;
    std::vector<float> zeros_;
    bool distributed_;
    bool weighted_ = false;
    std::vector<float> weights_; ///< of all stored cells, where they are weighted
    float exchange_ = 0.0F;      ///< sum of the exchange rates of a cell inside the grid
    double largest_exchange_ = 0.0;
    float first_ = 1.0F; ///< weights of the two smoothing steps
    float second_ = 1.0F;
    double over_correction_ = 1.0;
};

} // namespace paget::fields
