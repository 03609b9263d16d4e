#pragma once

#include "padded_box.hpp"
#include "plane_runs.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace paget::fields
{

struct LevelShape;

/// How a correction on a coarse grid is spread over the cells of the finer one.
enum class Spread {
    constant, ///< a cell's children get its value: the transpose of averaging, so that a cycle is symmetric
    linear    ///< exact for linear functions, from the cell and its neighbours: fewer cycles, but not symmetric
};

/// Interpolation from a coarse grid to the next finer one. Linear: the parent's value plus, for each axis, a share of
/// the difference to the neighbour that is nearer to the child; for equal cells (e + e_x + e_y + e_z) / 4 (for
/// cell-centred grids: Khalil and Wesseling 1992, J. Comput. Phys. 98:1; Kwak 1999, SIAM J. Sci. Comput. 21:552). At a
/// held wall the correction falls to zero.
class Prolongation
{
public:
    Prolongation(const LevelShape& fine, const LevelShape& coarse, const std::array<bool, 6>& held, Spread spread);

    /// out = present + q interpolated, for row (j, k) of the finer grid, which may be in a margin, and its margins
    /// along x, with the cells' weights q, or 1 if there are none. `coarse` lies as `coarse_box` says. Local.
    void add_row(const float* coarse, const PaddedBox& coarse_box, const PaddedBox& fine_box, int j, int k,
                 const float* weights, const float* present, float* out) const;

private:
    /// Where a cell of the finer grid takes its value from, along one axis.
    struct Source {
        int parent;
        int neighbour;
        float share;  ///< of the difference between neighbour and parent
        float factor; ///< below 1 next to a held wall
    };

    static Source source(const LevelShape& fine, const LevelShape& coarse, std::size_t axis, int cell,
                         const std::array<bool, 6>& held, Spread spread);
    const Source& at(std::size_t axis, int cell) const
    {
        return sources_[axis][static_cast<std::size_t>(cell + reach)];
    }
    static constexpr int reach = 2; ///< cells beyond the box that may be asked for

    ParentRows parents(const float* coarse, const PaddedBox& coarse_box, int j, int k) const;
    float value(const ParentRows& parents, int cell) const;
    void find_like_pairs(int cells);

    std::array<std::vector<Source>, 3> sources_; ///< from `reach` cells before the stored box to as many after it
    int begin_ = 0;                              ///< of the cells along x that come in pairs which are all alike
    int end_ = 0;
    PairShares shares_{};
};

} // namespace paget::fields
