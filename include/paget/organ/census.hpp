#pragma once

#include "paget/agents/cell.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace paget::organ
{

/// Counted cells and the events since the start of the run that must explain them. Of one rank, or summed.
struct Census {
    std::array<std::array<std::int64_t, agents::fate_count>, agents::state_count>
        cells{};               ///< [state][fate], in the tissue now
    std::int64_t returned = 0; ///< living cells that have, or descend from cells that have, travelled in the blood
    agents::Tally totals;

    std::int64_t living() const;
    std::int64_t in_fate(agents::Fate fate) const;
    std::int64_t died() const;
    /// founded + born + arrived + recruited = living + died + shed + left. False on a part of an organ: cells move
    /// between ranks.
    bool balanced() const;
    Census& operator+=(const Census& other);
};

/// A cell that left the blood for an organ.
struct SeedingEvent {
    Tick at = 0;
    CellId cell;
    std::uint32_t clone = 0;
    OrganId source = OrganId::none;
    OrganId destination = OrganId::none;
    std::int32_t cluster_size = 1;
    std::uint16_t journeys = 0;
    agents::Fate fate = agents::Fate::cycling; ///< on arrival: cycling, dormant, or apoptotic (failed to colonise)
    Vec3 position_um;
};

/// Extremes and mean of a field over all voxels of an organ.
struct FieldSummary {
    std::string name;
    double minimum = 0.0;
    double mean = 0.0;
    double maximum = 0.0;
};

/// Work of the field solvers since the start.
struct SolverTotals {
    std::int64_t solves = 0;
    std::int64_t iterations = 0;
};

} // namespace paget::organ
