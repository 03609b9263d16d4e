#pragma once

#include "paget/parallel/meter.hpp"

#include <vector>

namespace paget::body
{

/// What this rank spent on the parts of one organ's steps.
struct OrganMeters {
    parallel::Meter fields;   ///< diffusion, decay, uptake, secretion, matrix
    parallel::Meter cells;    ///< sensing, decisions, motion, division, death, recruitment
    parallel::Meter shedding; ///< entry into the blood
    parallel::Meter arrivals; ///< extravasation and seeding
};

/// What this rank spent on the parts of the body's steps.
struct BodyMeters {
    std::vector<OrganMeters> organs; ///< [organ of the case]; nothing where this rank does not work on it
    parallel::Meter blood;           ///< circulation, with cells' way there and back
    parallel::Meter accounts;        ///< census, ledger, niches
};

} // namespace paget::body
