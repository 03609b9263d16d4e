#pragma once

#include "paget/organ/growing_vessels.hpp"

namespace paget::organ
{

// What becomes of vessels once they are there. All local, the same on all ranks.

/// Which segments blood can flow through, and how it flows. Blind ends, closed vessels and parts without an end of
/// given pressure do not flow, nor do loops without a difference of pressure: less than `least_share` of the largest.
/// Sets `flowing` of every segment; a function of the network and of what is closed only.
VesselFlow settle_flow(GrownVessels& vessels, const FlowDescription& description);

/// Vessels close where the cells' pressure exceeds the limit and open again below the lower one; the largest value over
/// a segment's pieces counts. Returns whether any did.
bool collapse_and_reopen(GrownVessels& vessels, const VesselSurroundings& around, const Angiogenesis& rules);

/// Maturity m of walls: dm/dt = maturation (1 - m) where blood flows, less destabilisation s m; exact for a field that
/// stays. Returns whether any changed.
bool mature(GrownVessels& vessels, const VesselSurroundings& around, const Angiogenesis& rules, double minutes);

/// New vessels whose wall feels too little shear for too long vanish with their hazard. Returns how many went, with
/// those that hung on them.
std::int64_t regress(GrownVessels& vessels, const std::vector<double>& shear_pa, const Angiogenesis& rules, Tick now,
                     double minutes, const RandomNumbers& random, std::uint64_t organ_key);

} // namespace paget::organ
