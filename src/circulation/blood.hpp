#pragma once

#include "paget/circulation/journey_parameters.hpp"
#include "paget/circulation/vascular_graph.hpp"
#include "paget/core/math.hpp"
#include "paget/core/random.hpp"

#include "convoy.hpp"

#include <array>
#include <limits>
#include <span>

namespace paget::circulation
{

/// What a journey depends on; the same on all ranks, constant during a step.
struct Blood {
    const VascularGraph& graph;
    const JourneyParameters& journey;
    std::span<const OrganCues> cues; ///< [organ]
    const RulesInBlood& rules;
    RandomNumbers random;

    /// Four uniforms of this cell, for what happens to it now on its journey.
    std::array<double, 4> draw(Purpose purpose, const agents::CellRecord& cell, const Convoy& convoy) const
    {
        return random.uniforms(purpose, cell.id.value, convoy.shed_at, convoy.passes);
    }
};

/// Standard exponential variate of a uniform.
inline double exponential(double u) { return -portable_log(u); }

/// Waiting time until an event of constant hazard, for a uniform; infinite without hazard.
inline double waiting_time_min(double u, double hazard_per_min)
{
    return hazard_per_min > 0.0 ? exponential(u) / hazard_per_min : std::numeric_limits<double>::infinity();
}

/// Counts a death in the blood.
inline void count_death(BloodLedger& ledger, BloodDeath cause, std::size_t cells = 1)
{
    ledger.died[static_cast<std::size_t>(cause)] += static_cast<std::int64_t>(cells);
}

} // namespace paget::circulation
