#pragma once

#include "paget/circulation/traveller.hpp"
#include "paget/core/clock.hpp"
#include "paget/organ/census.hpp"
#include "paget/organ/growing_vessels.hpp"

#include <vector>

namespace paget::body
{

/// Cells of the whole body, by organ and in the blood, now and since the start.
struct BodyCensus {
    std::vector<organ::Census> organs; ///< [organ of the case]
    circulation::BloodLedger blood;
    circulation::BloodCount in_blood;
    std::vector<double> niches;                ///< readiness of each organ's niche, 0 to 1
    std::vector<organ::VesselSummary> vessels; ///< of each organ; empty if none grows any
};

/// What one coupling step did.
struct StepReport {
    TimeStep step;
    BodyCensus census;                         ///< after the step, the same on all ranks
    std::vector<organ::SeedingEvent> seedings; ///< of the step, on this rank

    void add(const std::vector<organ::SeedingEvent>& events)
    {
        seedings.insert(seedings.end(), events.begin(), events.end());
    }
};

} // namespace paget::body
