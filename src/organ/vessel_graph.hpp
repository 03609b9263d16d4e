#pragma once

#include "paget/organ/vessel_network.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paget::organ
{

/// Number of the connected part that each node belongs to, by segments of a conductance above 0: the smallest index of
/// its nodes. Local.
std::vector<std::int32_t> connected_parts(const VesselNetwork& network, std::span<const double> conductance);

/// Potentials p of the nodes such that sum over a node's segments of conductance * (p - p of the other end) is the
/// node's source, except where p is held. A part without any held node has p = 0 at its first node, where its source is
/// not used. Solved by PETSc on this rank alone; `what` names the network in errors. Local.
std::vector<double> solve_potentials(const VesselNetwork& network, std::span<const double> conductance,
                                     const std::vector<std::optional<double>>& held, std::span<const double> source,
                                     const std::string& what);

/// The nodes that blood reaches, each after all nodes from which blood comes to it (the smallest index first where
/// there is a choice). If flows run in a circle, the nodes in it or behind it are missing. Local.
std::vector<std::int32_t> order_downstream(const VesselNetwork& network, std::span<const double> flow_um3_per_min);

/// The segments through which blood leaves each node, ascending. Local.
std::vector<std::vector<std::int32_t>> segments_downstream(const VesselNetwork& network,
                                                           std::span<const double> flow_um3_per_min);

/// The nodes between which the blood of a segment runs.
struct Way {
    std::int32_t from = 0;
    std::int32_t to = 0;
};

inline Way way_of(const MeasuredFlow& ends, double flow_um3_per_min)
{
    return flow_um3_per_min >= 0.0 ? Way{ends.from_node, ends.to_node} : Way{ends.to_node, ends.from_node};
}

} // namespace paget::organ
