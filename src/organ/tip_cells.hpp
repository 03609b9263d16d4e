#pragma once

#include "paget/core/random.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/organ/growing_vessels.hpp"

#include <vector>

namespace paget::organ
{

/// What tips need to know besides the vessels.
struct TipStep {
    const Angiogenesis& rules;
    const mesh::Grid& grid;
    const RandomNumbers& random;
    std::uint64_t organ_key;
    Tick now;       ///< end of the step
    double minutes; ///< its length

    std::uint64_t key(std::int64_t id) const { return (organ_key << 48U) | static_cast<std::uint64_t>(id); }
};

/// New tips on flowing vessels: of every segment at most one in a step, with the hazard summed over its pieces, at a
/// place drawn by it; refused where it is too near to other tips or to where others began. Segments are asked in their
/// order. Returns whether any came. Local.
bool sprout(GrownVessels& vessels, const VesselSurroundings& around, const TipStep& step);

/// Velocity of a tip after the step (Stokes and Lauffenburger 1991, J theor Biol 152:377): v relaxes towards the
/// chemotactic velocity within the persistence time, with normal noise, exact for a gradient that stays. Local.
Vec3 next_velocity(const TipCell& tip, const Vec3& gradient, const TipStep& step);

/// The first so many tips, in the order of their ids, starve, become two, join another vessel, or move on and leave a
/// stalk behind. Returns whether anything changed. Local.
bool move_tips(GrownVessels& vessels, const VesselSurroundings& around, std::size_t tips, const TipStep& step);

} // namespace paget::organ
