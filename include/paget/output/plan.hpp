#pragma once

#include "paget/core/clock.hpp"

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::output
{

/// What a run writes, and when.
struct Plan {
    Tick series_every = 0;   ///< between rows of the time series
    Tick snapshot_every = 0; ///< between snapshots; 0: only at the start and the end
    double sample_ml = 7.5;  ///< blood drawn for the liquid biopsy
};

/// Adds the keys `output.*`.
void declare_parameters(config::Catalogue& catalogue);

Plan read_plan(config::Case& description);

} // namespace paget::output
