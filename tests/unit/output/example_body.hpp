#pragma once

#include "paget/body/description.hpp"
#include "paget/body/step_report.hpp"
#include "sample.hpp"

namespace paget::test
{

/// A primary tumour in "breast" (4 x 3 x 2 voxels of 20 um, one field, one vessel) and a "lung" of one layer at
/// x = 100 um of the scene.
body::BodyDescription example_body();

/// 10 living and 2 dead cells in the breast, of which 1 has travelled; 1 dormant cell in the lung; 3 cells in flow.
body::BodyCensus example_census();

output::Sample example_sample(const body::BodyDescription& body);

} // namespace paget::test
