#pragma once

#include "bins.hpp"
#include "columns.hpp"
#include "halo.hpp"
#include "pair_law.hpp"

#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::agents
{

/// The cells of this rank where they belong: at the rank that owns their voxel, in their bins, with the ghosts of the
/// bins around. After settling, the order of cells depends on the cells only.
///
/// Bins are as fine as the largest cells that the organ has now allow. Cells may then move by `slack_um()` along every
/// axis before they must settle again. For two cells whose bins are not neighbours there is an axis on which a whole
/// bin lies between theirs: when they settled they were at least an edge apart on it, so now they are at least edge - 2
/// slack = reach apart, where forces are exactly zero. So no pair that matters is missed.
class Colony
{
public:
    /// `comm` and `law` must outlive the colony; no cell ever reaches farther than `largest_reach_um` (of a pair). Bins
    /// are at least `skin_um` wider than forces reach and cells touch; of circuits of genes that many variables are
    /// kept. Throws InputError if a brick is too small for such bins.
    Colony(const mesh::Partition& partition, const PairLaw& law, const parallel::Communicator& comm,
           double largest_reach_um, double skin_um, std::size_t circuit_variables);

    /// Sends cells to their owners, sorts them into bins and fetches ghosts. Collective.
    void settle();

    /// Tells ghosts the places of the cells after these moved. Collective.
    void refresh_places() { halo_.refresh(cells_.x, cells_.y, cells_.z); }

    /// How far cells may have moved along any axis since they settled, so that neighbours are still found [um].
    double slack_um() const { return slack_um_; }

    Columns& cells() { return cells_; }
    const Columns& cells() const { return cells_; }
    const BinTable& bins() const { return bins_; }
    const Halo& halo() const { return halo_; }
    const mesh::Partition& partition() const { return partition_; }

    std::size_t bytes() const;
    static constexpr std::size_t work_bytes_per_cell = 2 * sizeof(std::uint32_t); ///< bin and order

private:
    void migrate();
    void look_up_mechanics();
    void choose_bins();
    void sort();
    void fetch_ghosts();

    const PairLaw* law_;
    const parallel::Communicator* comm_;
    mesh::Partition partition_;
    double largest_reach_um_;
    double skin_um_;
    BinTable bins_;
    Halo halo_;
    double slack_um_ = 0.0;
    Columns cells_;
    std::vector<std::uint32_t> bin_of_;
    std::vector<std::uint32_t> order_;
};

} // namespace paget::agents
