#pragma once

#include "paget/core/clock.hpp"

#include <cstdint>
#include <optional>

namespace paget::config
{
class Case;
class Catalogue;
} // namespace paget::config

namespace paget::app
{

/// When a run writes checkpoints, and what happens if it cannot.
struct CheckpointPlan {
    Tick every = 0;                     ///< simulated time between two; 0: not by simulated time
    std::optional<double> every_wall_s; ///< wall time between two; 0: not by wall time; nothing: chosen by the run
    double mean_time_between_failures_s = 86400.0;
    std::int64_t keep = 3;            ///< so many stay
    bool go_on_after_failure = false; ///< else the run ends if a checkpoint cannot be written
};

/// Adds the keys that CheckpointPlan is read from.
void declare_checkpoint_plan(config::Catalogue& catalogue);

CheckpointPlan read_checkpoint_plan(config::Case& description);

} // namespace paget::app
