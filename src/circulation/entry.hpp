#pragma once

#include "blood.hpp"

#include <vector>

namespace paget::circulation
{

/// What becomes of cells that were shed together as they enter the blood. Each cell of a cluster leaves it with the
/// probability of disaggregation and is a single from then on; so is the last one that stays. Singles survive
/// detachment one by one, what is left of the cluster as a whole (Franssen et al. 2019; after Aceto et al. 2014).
/// The survivors have not begun to flow.
std::vector<Convoy> enter_blood(const Convoy& shed, const Blood& blood, BloodLedger& ledger);

} // namespace paget::circulation
