#pragma once

#include "paget/agents/cell.hpp"

namespace paget::agents
{

/// A cell that has just entered the blood. Cells that enter together carry the id of the one that leads them.
struct ShedCell {
    CellRecord cell;
    CellId cluster;
    OrganId source = OrganId::none;
    double after_min =
        0.0; ///< when it enters, counted from the begin of the step in which it is shed; the leader's counts
};
static_assert(std::is_trivially_copyable_v<ShedCell>);

/// A cell that leaves the blood for the tissue of an organ.
struct Arrival {
    CellRecord cell;
    CellId cluster;
    std::int32_t cluster_size = 1; ///< cells that extravasate together
    OrganId source = OrganId::none;
    OrganId destination = OrganId::none;
    Tick shed_at = 0;
    Tick arrived_at = 0;
};
static_assert(std::is_trivially_copyable_v<Arrival>);

} // namespace paget::agents
