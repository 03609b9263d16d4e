#pragma once

#include "paget/agents/cell_type.hpp"
#include "paget/agents/journey.hpp"
#include "paget/core/random.hpp"
#include "paget/organ/census.hpp"
#include "paget/organ/description.hpp"

#include <vector>

namespace paget::organ
{

/// Where arriving cells enter the tissue and what the soil makes of them. Cells of a cluster share the vessel, the
/// place along it and the fate. Local; a pure function of the arrival and the step.
class Seeding
{
public:
    /// `niche_gain`: a prepared niche multiplies the probability of growth by one plus this.
    /// `vessels` must outlive it.
    Seeding(const OrganDescription& organ, const VesselNetwork& vessels, const RandomNumbers& random,
            double niche_gain = 0.0);

    /// The cell as it stands in the tissue after arriving.
    agents::CellRecord settle(const agents::Arrival& arrival, const TimeStep& step) const;

private:
    Vec3 entry_point_um(const agents::Arrival& arrival, double cell_radius_um, Tick now) const;
    agents::Fate fate(const agents::Arrival& arrival, Tick now) const;

    const OrganDescription* organ_;
    const VesselNetwork* vessels_;
    RandomNumbers random_;
    double colonise_;                       ///< probability of growth
    std::vector<std::size_t> flowing_;      ///< indices of flowing segments
    std::vector<double> cumulative_length_; ///< of the flowing segments [um]
};

SeedingEvent event_of(const agents::Arrival& arrival, const agents::CellRecord& settled, Tick now);

} // namespace paget::organ
