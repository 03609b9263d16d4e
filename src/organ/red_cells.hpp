#pragma once

#include "paget/organ/vessel_flow.hpp"

#include <vector>

namespace paget::organ
{

/// Discharge haematocrit of every segment, carried along by the flow from where blood comes in: nodes pass on all red
/// cells that they get. `flow` and `order` as in VesselFlow. Segments without flow keep the file's. Local.
std::vector<double> carry_red_cells(const VesselNetwork& network, const std::vector<double>& flow_um3_per_min,
                                    const std::vector<std::int32_t>& order, HaematocritLaw law);

} // namespace paget::organ
