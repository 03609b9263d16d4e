#pragma once

#include "aligned.hpp"
#include "level_shape.hpp"
#include "margin_exchange.hpp"
#include "plane_runs.hpp"
#include "prolongation.hpp"

#include <functional>
#include <vector>

namespace paget::fields
{

/// Single-precision values over a PaddedBox; padding is zero.
struct PaddedValues {
    PaddedBox box;
    AlignedVector<float> values;

    explicit PaddedValues(const PaddedBox& shape) : box(shape), values(shape.size()) {}
    float* row(int j, int k) { return values.data() + box.row(j, k); }
    const float* row(int j, int k) const { return values.data() + box.row(j, k); }
    /// Plane k, or beyond a wall its mirror image.
    const float* nearest_plane_row(int j, int k) const { return row(j, box.nearest(2, k)); }
};

/// Rows of cells along y, half open.
struct Rows {
    int begin;
    int end;
};

/// One grid of the multigrid hierarchy in single precision: its operator, its Chebyshev smoother and the transfer to
/// and from the next coarser grid. The coarse operator is the same finite-volume stencil on the coarse cells.
/// Each half of a cycle goes through memory once: intermediate values live in a few rolling planes, and all rows of a
/// plane that are worked on at a time are one run for the vector unit. Two layers of other ranks' cells, computed anew,
/// spare the messages in between.
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
    /// Right-hand side on the stored cells.
    PaddedValues& rhs() { return rhs_; }
    /// The result of a cycle, for the next finer grid.
    const PaddedValues& correction() const { return correction_; }
    /// How rows are best worked through: tile by tile.
    const std::vector<Rows>& tiles() const { return tiles_; }

    /// Tells the largest removal [1/min] of the whole finest grid, before average_removal(). Where it is strong against
    /// the exchange of this grid's cells, they are weighted (see average_removal()).
    void set_largest_removal(double largest_removal);
    bool weighted() const { return weighted_; }

    /// Removal for the cells of row (j, k) of the next coarser grid (global indices), from that of their children, and
    /// the inverse of the average of the children's weights. A weighted child counts by what it would keep of a
    /// substance that all cells exchange, exchange / (exchange + removal), in all that passes between the two grids: a
    /// strong sink can remove no more than reaches it, and hardly follows what its neighbours do.
    void average_removal(int j, int k, float* coarse, float* coarse_unkept);
    /// Where the inverse of the average weights of this grid's children is stored.
    PaddedValues& unkept() { return unkept_; }

    /// Adds what held walls remove to the removal, and fits the smoother: `least_removal` is a lower bound of it on
    /// the whole grid. Collective unless stored as a whole.
    void finish_coefficients(double least_removal);

    /// Factor of every other cycle's correction. A cycle leaves between nothing and a share r of every part of the
    /// error: one that corrects 1 / (1 - 0.9 r) times as much next leaves little of both ends, and no part is left with
    /// more than a quarter of r^2 by the two together (a Chebyshev iteration of degree two, with one root at the end,
    /// so that what a cycle solves exactly stays solved). After finish_coefficients(); local.
    double over_correction() const { return over_correction_; }
    /// That share: usual, or less where smoothing alone leaves less.
    double contraction() const { return contraction_; }

    /// Two smoothing steps from zero; then the average of the residual over the children of the cells of `coarse_box`
    /// into `coarse`, which lies over that box. Collective unless stored as a whole.
    void descend(const mesh::Box& coarse_box, PaddedValues& coarse);

    /// Some rows of plane k of the result, from `first` on, as far from each other as row_length() says.
    using TakeRows = std::function<void(const Rows& rows, int k, const float* first)>;

    /// Adds the coarser grid's correction, smooths twice, and hands over the result, or keeps it as this grid's
    /// correction if nobody takes it. Collective unless stored as a whole.
    void ascend(const PaddedValues& coarse, const Prolongation& prolongation, const TakeRows& take);

    /// The same on a grid of a single cell, exactly.
    void solve_single_cell(const TakeRows& take);

    void refresh_correction() { exchange(correction_); }

    /// Divides what the finer grid sent, or what it is to get, by the average weights of its cells. Local.
    void unweight_rhs() { unweight(rhs_); }
    void unweight_correction() { unweight(correction_); }

    /// Values from one row to the next.
    std::size_t row_length() const { return box_.row_length(); }

private:
    /// Along one axis, from two cells before the stored ones to two after them.
    struct Axis {
        std::vector<float> low;
        std::vector<float> high;
        std::vector<float> both;
        std::vector<float> wall;
        std::vector<float> share; ///< of a stored cell in the width of its parent, and 0 after the last one
    };

    /// Three consecutive planes: plane k is at k modulo 3. Zero beyond walls.
    using RollingPlanes = std::array<AlignedVector<float>, 3>;
    static float* plane(RollingPlanes& planes, int k) { return planes[static_cast<std::size_t>((k + 3) % 3)].data(); }

    /// Rows of a plane with their margins along x, as one run.
    struct Run {
        std::ptrdiff_t start; ///< in a plane
        std::size_t cells;
    };
    Run run(const Rows& rows, int depth) const;
    std::size_t plane_start(int k) const { return box_.plane_size() * static_cast<std::size_t>(k + box_.low[2]); }

    RunRates rates(int k, const Run& run) const;
    /// Layers of other ranks' cells at a side, of at most `depth`.
    int reach(std::size_t axis, std::size_t end, int depth) const
    {
        const int margin = end == 0 ? box_.low[axis] : box_.high[axis];
        return margin == 1 ? 0 : std::min(depth, margin);
    }
    template <class F>
    void for_children(std::size_t axis, int coarse, F f) const;
    template <class F>
    void advance_to(int wanted, int depth, int& next, F f) const;
    void fill_cell_rates();
    void fill_inverse();
    void add_walls();
    void fill_weights();
    void first_step_plane(const Rows& rows, int k);
    void second_step_plane(const Rows& rows, int k);
    void mirror_at_walls(const Rows& rows, int k);
    void corrected_plane(const Rows& rows, int k, const PaddedValues& coarse, const Prolongation& prolongation);
    void step_from(RollingPlanes& planes, const Rows& rows, int depth, int k, float weight, float* out);
    void average_residual(const Rows& rows, const mesh::Box& coarse_box, int coarse_k, PaddedValues& coarse);
    void merge(int coarse_j, float* coarse) const;
    void unweight(PaddedValues& values) const;
    void exchange(PaddedValues& values);

    LevelShape shape_;
    PaddedBox box_;
    std::array<Axis, 3> axes_;
    MarginExchange<float> margins_;
    PaddedValues removal_;
    PaddedValues inverse_; ///< of the diagonal
    PaddedValues rhs_;
    PaddedValues solution_;
    PaddedValues unkept_;
    PaddedValues correction_;
    std::vector<Rows> tiles_;
    RollingPlanes before_; ///< the values that a smoothing step starts from
    RollingPlanes after_;  ///< and those that it gives, where no array keeps them
    AlignedVector<float> plane_;
    std::array<AlignedVector<float>, 4> cell_rates_; ///< of a plane, along x and y, where they differ
    std::vector<float> row_;
    std::vector<float> kept_row_;
    bool distributed_;
    bool weighted_ = false;
    AlignedVector<float> weights_; ///< of all stored cells, where they are weighted
    float exchange_ = 0.0F;        ///< sum of the exchange rates of a cell inside the grid
    double largest_exchange_ = 0.0;
    float first_ = 1.0F; ///< weights of the two smoothing steps
    float second_ = 1.0F;
    double over_correction_ = 1.0;
    double contraction_ = 1.0;
};

} // namespace paget::fields
