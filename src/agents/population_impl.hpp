#pragma once

#include "behaviours/behaviours.hpp"
#include "bins.hpp"
#include "colony.hpp"
#include "pair_law.hpp"

#include "paget/agents/population.hpp"

namespace paget::agents
{

struct Population::Impl {
    Impl(const mesh::Partition& partition, const parallel::Communicator& communicator,
         const std::vector<CellType>& cell_types, OrganKey organ_id, RandomNumbers numbers, MechanicsStep step);

    Columns& cells() { return colony.cells(); }

    /// Throws BugError on all ranks if `good` is false on any. Returns whether the organ has any cell, after settling
    /// it if cells were taken out. Collective.
    bool make_ready(bool good, const char* message);
    /// Settles and measures the pressure. Collective.
    void settle();

    bool acceptable(const CellRecord& cell) const;
    bool fits(const Environment& environment);
    /// Numbers for the daughters of these mothers: births of the organ are counted in the order of the mothers' ids.
    /// Collective.
    std::vector<std::uint64_t> number_births(std::span<const std::size_t> mothers);

    mesh::Grid grid;
    const parallel::Communicator* comm;
    const std::vector<CellType>* types;
    OrganKey organ;
    RandomNumbers random;
    MechanicsStep mechanics;
    PairLaw law;
    BinGrid bins;
    Colony colony;
    std::uint64_t next_number = 0;
    bool settled = true; ///< false on a rank from which cells were taken since the last settling
};

} // namespace paget::agents
