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
class Colony
{
public:
    /// `comm` must outlive the colony.
    Colony(const mesh::Partition& partition, const BinGrid& bins, const parallel::Communicator& comm);

    /// Sends cells to their owners, sorts them into bins and fetches ghosts. Collective.
    void settle(const PairLaw& law);

    Columns& cells() { return cells_; }
    const Columns& cells() const { return cells_; }
    const BinTable& bins() const { return bins_; }
    const Halo& halo() const { return halo_; }

private:
    void migrate();
    void sort();
    void fetch_ghosts();

    const parallel::Communicator* comm_;
    mesh::Partition partition_;
    BinTable bins_;
    Halo halo_;
    Columns cells_;
};

} // namespace paget::agents
