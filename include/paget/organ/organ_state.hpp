#pragma once

#include "paget/agents/cell.hpp"
#include "paget/core/clock.hpp"
#include "paget/organ/growing_vessels.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace paget::organ
{

/// All of an organ that changes in time, as one of its ranks gets it from a saved state.
struct OrganState {
    std::vector<std::vector<double>> fields; ///< [field], this rank's voxels, x fastest
    std::vector<double> matrix;              ///< density, likewise
    std::vector<agents::CellRecord> cells; ///< a part; those of all ranks make up the organ's cells, wherever they lie
    std::uint64_t next_number = 0;         ///< of the next cell born here
    Tick fields_at = 0;                    ///< see Organ::fields_at()
    std::vector<bool> fields_at_rest;
    std::optional<GrownVessels> vessels{}; ///< where they grow, the same on all ranks
    agents::Tally totals;                  ///< of the whole organ, the same on all ranks
};

} // namespace paget::organ
