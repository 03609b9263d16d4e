#pragma once

#include "paget/organ/growing_vessels.hpp"

#include <vector>

namespace paget::organ
{

// Changes of a network that keep segments, nodes, lives and tips consistent. Segments and nodes are appended; only
// remove_segments() renumbers them. Local.

/// Nearest end of a segment within this distance stands for a point on it: no vessels shorter than that are cut off.
inline constexpr double shortest_cut_um = 5.0;

/// An index as C++ counts.
inline std::size_t place(std::int32_t index) { return static_cast<std::size_t>(index); }

/// The vessels at the start, with ids above all names of the case.
GrownVessels grown_from(const VesselNetwork& initial);

std::int32_t add_node(GrownVessels& vessels, const Vec3& position_um);

/// A new vessel of maturity 0 between two nodes, laid by a tip cell. Returns its index.
std::int32_t add_segment(GrownVessels& vessels, std::int32_t from, std::int32_t to, double radius_um,
                         std::int64_t sprout, Tick now);

/// Node at a fraction of a segment: an end if it is near, else a new one, at which the segment is cut in two. The
/// first half keeps index and id.
std::int32_t node_on(GrownVessels& vessels, std::int32_t segment, double fraction);

/// Moves a node and the ends of the segment that leads to it.
void move_end(GrownVessels& vessels, std::int32_t segment, const Vec3& position_um);

/// Removes the marked segments, what no longer hangs together with vessels that were there at the start, and tips
/// without a vessel. Returns how many segments went.
std::int64_t remove_segments(GrownVessels& vessels, std::vector<bool> gone);

} // namespace paget::organ
