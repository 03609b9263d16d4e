#pragma once

#include "paget/body/description.hpp"
#include "paget/body/step_report.hpp"
#include "paget/circulation/liquid_biopsy.hpp"
#include "paget/organ/census.hpp"

#include <vector>

namespace paget::output
{

/// Everything that a row of the time series is made of; the same on all ranks.
struct Sample {
    Tick now = 0;
    const body::BodyDescription* body = nullptr;
    body::BodyCensus census;
    std::vector<std::vector<organ::FieldSummary>> fields; ///< [organ][field], the matrix last
    double sample_ml = 0.0;
    circulation::BloodSample blood_sample; ///< one draw of that volume
};

/// Draws blood at `now`: the same number whenever the same patient is sampled at the same time.
circulation::BloodSample draw_blood(const body::BodyDescription& body, const body::BodyCensus& census, double sample_ml,
                                    Tick now);

/// Share of the living cells of an organ that have, or descend from cells that have, travelled in the blood; 0 if
/// there are none.
double returned_share(const organ::Census& census);

} // namespace paget::output
