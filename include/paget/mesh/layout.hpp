#pragma once

#include "paget/mesh/grid.hpp"

#include <span>
#include <vector>

namespace paget::mesh
{

/// What the layout needs to know of an organ: its grid and an estimate of its work per step, in any one unit.
struct OrganLoad {
    Grid grid;
    double work = 1.0;
};

/// Which ranks of the job work on an organ, and how its box is cut among them.
struct OrganPlacement {
    std::vector<int> ranks; ///< ascending; entry i owns box i of the partition
    Index3 parts{1, 1, 1};
};

/// Places organs on ranks; a pure function, the same on all ranks. With at least as many ranks as organs every rank
/// owns a box of at most one organ, and organs get ranks in proportion to their work, as far as their bricks allow (a
/// rank is left idle only when every organ has as many ranks as it can use). With fewer, whole organs are packed onto
/// ranks, the heaviest first, each onto the least loaded rank (LPT; Graham 1969, SIAM J. Appl. Math. 17:416).
std::vector<OrganPlacement> plan_layout(std::span<const OrganLoad> organs, int ranks);

} // namespace paget::mesh
