#pragma once

#include "paget/mesh/partition.hpp"
#include "paget/mesh/work_map.hpp"

#include <span>
#include <vector>

namespace paget::mesh
{

/// What the layout needs to know of an organ: its grid and its work per step, in one unit for all organs.
struct OrganLoad {
    explicit OrganLoad(const Grid& its_grid) : grid(its_grid), work(its_grid) {}

    Grid grid;
    WorkMap work;               ///< what ranks share by place
    std::int64_t repeated = 0;  ///< what each of its ranks does again, however many there are
    Index3 least_part{1, 1, 1}; ///< voxels along each axis that a part between two others needs
};

/// Which ranks of the job work on an organ, and how its box is cut among them.
struct OrganPlacement {
    std::vector<int> ranks; ///< all different; entry i owns box i of the partition
    Index3 parts{1, 1, 1};
    Cuts cuts;

    Partition partition(const Grid& grid) const { return {grid, cuts}; }
};

/// What a step costs on a layout, in the unit of the loads.
struct LayoutCost {
    double step = 0.0; ///< organs one after the other, each as long as its heaviest box, ranks waiting for each other
    double largest = 0.0; ///< work of the busiest rank
    double mean = 0.0;    ///< of all ranks

    /// What layouts are judged by, the less the better: the step, and a little what is uneven, for estimates err, and a
    /// rank that has more to do than others will have still more when tumours grow.
    double merit() const;
};

LayoutCost cost_of(std::span<const OrganLoad> organs, std::span<const OrganPlacement> layout, int ranks);

/// Places organs on ranks, cut where their work asks for it, so that a step takes as short as possible and ranks have
/// about as much to do as each other (LayoutCost::merit()); of layouts that are as good the one with fewer boxes. A
/// rank may have a box of several organs. A pure function, the same on all ranks. Greedy: from several starts the
/// number of boxes of one organ, or of two against each other, is changed while that helps; the heaviest boxes go to
/// the ranks with the least work (LPT; Graham 1969, SIAM J. Appl. Math. 17:416).
std::vector<OrganPlacement> plan_layout(std::span<const OrganLoad> organs, int ranks);

} // namespace paget::mesh
