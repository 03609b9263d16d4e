#pragma once

#include "paget/body/description.hpp"
#include "paget/body/step_report.hpp"
#include "paget/circulation/liquid_biopsy.hpp"
#include "paget/organ/census.hpp"
#include "paget/output/plan.hpp"

#include <vector>

namespace paget::output
{

/// Living cells, [organ][type][phase].
using PhaseCounts = std::vector<std::vector<std::vector<std::int64_t>>>;

/// Living cells in the tissue and those of them that are dormant, [organ][2 * type] and [organ][2 * type + 1].
using TypeCounts = std::vector<std::vector<std::int64_t>>;

/// Where the living cells of an organ are.
struct Shape {
    Vec3 centre_um;           ///< mean of their centres
    double gyration_um = 0.0; ///< root mean square distance of centres from their mean
    Vec3 low_um;              ///< the smallest box that holds all cells as spheres
    Vec3 high_um;
    double cell_volume_um3 = 0.0; ///< sum of their volumes
};

/// Everything that a row of the time series is made of; the same on all ranks.
struct Sample {
    Tick now = 0;
    const body::BodyDescription* body = nullptr;
    body::BodyCensus census;
    std::vector<std::vector<organ::FieldSummary>> fields; ///< [organ][field], the matrix last
    double sample_ml = 0.0;
    circulation::BloodSample blood_sample; ///< one draw of that volume
    // Empty unless the case asks for them:
    TypeCounts types;
    PhaseCounts phases;
    std::vector<Shape> shapes; ///< [organ]
    std::vector<Probe> probes;
    std::vector<std::vector<double>> probed; ///< [probe][field], the matrix last
};

/// Draws blood at `now`: the same number whenever the same patient is sampled at the same time.
circulation::BloodSample draw_blood(const body::BodyDescription& body, const body::BodyCensus& census, double sample_ml,
                                    Tick now);

/// Share of the living cells of an organ that have, or descend from cells that have, travelled in the blood; 0 if
/// there are none.
double returned_share(const organ::Census& census);

} // namespace paget::output
