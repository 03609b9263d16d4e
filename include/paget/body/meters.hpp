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

    /// Time on cells, without MPI.
    std::int64_t computing_cells_ns() const
    {
        return cells.use().computing_nanoseconds() + shedding.use().computing_nanoseconds() +
               arrivals.use().computing_nanoseconds();
    }
};

/// What this rank spent on the parts of the body's steps.
struct BodyMeters {
    std::vector<OrganMeters> organs; ///< [organ of the case]; nothing where this rank does not work on it
    parallel::Meter blood;           ///< circulation, with cells' way there and back
    parallel::Meter accounts;        ///< census, ledger, niches

    /// Time in steps, without MPI.
    std::int64_t computing_nanoseconds() const
    {
        std::int64_t sum = blood.use().computing_nanoseconds() + accounts.use().computing_nanoseconds();
        for (const OrganMeters& organ : organs) {
            sum += organ.fields.use().computing_nanoseconds() + organ.computing_cells_ns();
        }
        return sum;
    }
};

} // namespace paget::body
