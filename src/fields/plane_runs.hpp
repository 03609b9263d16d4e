#pragma once

#include <cstddef>

namespace paget::fields
{

/// Exchange rates of the cells of a run. A run is a number of consecutive cells in memory: rows of a plane with the
/// padding between them, which is zero and stays so. Along x and y either one rate for all cells, or one for each.
struct RunRates {
    const float* x_low = nullptr; ///< per cell, with the cell before; null where `x` and `y` hold for all
    const float* x_high = nullptr;
    const float* y_low = nullptr;
    const float* y_high = nullptr;
    float x = 0.0F;
    float y = 0.0F;
    float z_low = 0.0F;
    float z_high = 0.0F;

    /// Those of a run that starts `cells` later.
    RunRates after(std::ptrdiff_t cells) const
    {
        RunRates later = *this;
        if (x_low != nullptr) {
            later.x_low += cells;
            later.x_high += cells;
            later.y_low += cells;
            later.y_high += cells;
        }
        return later;
    }
};

/// Values of a run and of the planes before and after it; the row before and after each cell lies `row` cells away, and
/// there is a value before the run's first cell and after its last.
struct RunValues {
    const float* here;
    const float* z_low;
    const float* z_high;
    std::ptrdiff_t row;
};

// Every cell's value is the same expression of the same numbers, whatever run it is computed in and with whatever
// vector instructions: these functions exist in several versions, of which the machine's best is taken at run time.

/// out = weight rhs / D, with the inverse of the diagonal: a smoothing step from zero.
void step_run_from_zero(std::size_t cells, float weight, const float* inverse, const float* rhs,
                        float* __restrict__ out);

/// out = u + weight (rhs - A u) / D, as u + weight ((rhs + what neighbours supply) / D - u): with values of zero where
/// there is no neighbour, a wall needs nothing else. Its error is a rounding of u.
void step_run(std::size_t cells, float weight, const RunRates& rates, const RunValues& u, const float* inverse,
              const float* rhs, float* __restrict__ out);

/// out = share q (rhs - A u), with the cells' weights q, or 1 if there are none. From differences, which lose nothing
/// where the field is flat: beyond walls the values have to be mirror images.
void residual_run(std::size_t cells, float share, const float* weights, const RunRates& rates, const RunValues& u,
                  const float* removal, const float* rhs, float* __restrict__ out);

/// out += the same.
void add_residual_run(std::size_t cells, float share, const float* weights, const RunRates& rates, const RunValues& u,
                      const float* removal, const float* rhs, float* __restrict__ out);

/// A row of a coarser grid from the two rows of its children: their sums by `first_share` and `second_share`, and along
/// the row by the cells' shares.
void merge_rows(std::size_t coarse_cells, float first_share, const float* first, float second_share,
                const float* second, const float* shares, float* __restrict__ out);

/// inverse = 1 / (along + across + removal), with the sum of the exchange rates along x of each cell and of the others.
void invert_diagonal_row(std::size_t cells, float across, const float* along, const float* removal,
                         float* __restrict__ inverse);

/// removed += share q removal and kept += share q, with q = exchange / (exchange + removal), or 1 if `kept` is null.
void add_removal_row(std::size_t cells, float share, float exchange, const float* removal, float* __restrict__ removed,
                     float* __restrict__ kept);

/// values *= factors
void multiply_run(std::size_t cells, const float* factors, float* __restrict__ values);

/// Rows of parents, from which those of their children are interpolated: with e the values of `parent`, across the rows
/// they are across = factor (e + share_y (beside - e) + share_z (above - e)), and plain = factor e.
struct ParentRows {
    const float* parent;
    const float* beside;
    const float* above;
    float share_y;
    float share_z;
    float factor;

    float across(std::ptrdiff_t i) const
    {
        const float e = parent[i];
        return factor * (e + (share_y * (beside[i] - e) + share_z * (above[i] - e)));
    }
    float plain(std::ptrdiff_t i) const { return factor * parent[i]; }
    /// Difference of the plain value from that of another parent, at its place plus `step`.
    float towards(std::ptrdiff_t i, std::ptrdiff_t step) const { return plain(i + step) - plain(i); }
};

/// Shares of the differences to the neighbouring parents, for the first and the second child of a pair.
struct PairShares {
    float first;
    float second;
};

/// out = present + weight (across + share (plain of the neighbour - plain)), for pairs of children of consecutive
/// parents; each child's neighbour is the parent's on its own side. `weights` of the children, or 1 if null.
void add_to_pairs(std::size_t pairs, const ParentRows& parents, const PairShares& shares, const float* weights,
                  const float* present, float* __restrict__ out);

} // namespace paget::fields
