#pragma once

#include "paget/app/checkpoint_plan.hpp"

#include <optional>

namespace paget::app
{

/// What is to be done after a step.
struct Due {
    bool checkpoint = false;
    bool stop = false; ///< a stop comes after a checkpoint

    bool operator==(const Due&) const = default;
};

/// Decides when a run writes checkpoints and when it has to stop for its wall-time limit, from what steps and
/// checkpoints were seen to take. Never changes a step. Times are seconds on one clock of the caller's, the same for
/// all calls. Pure: no clock, no communication; one rank decides for all.
class CheckpointSchedule
{
public:
    /// The run goes on from `now` at time `now_s`; `limit_s` is when it will be ended from outside, if it is known.
    /// `first_guess_s` is what a checkpoint may take until one was seen.
    CheckpointSchedule(const CheckpointPlan& plan, Tick now, double now_s, std::optional<double> limit_s,
                       double first_guess_s);

    /// A step with all that was written after it, but no checkpoint, took so long.
    void note_step(double seconds);
    /// A checkpoint was tried at `now` and took so long; at `now_s` it was over.
    void note_checkpoint(Tick now, double now_s, double seconds);

    /// At the end of the step that reached `now`.
    Due due(Tick now, double now_s) const;

    /// Wall time from the end of one checkpoint to the next, nothing if there is none by wall time. The automatic one
    /// is sqrt(2 C M) (Young 1974; Daly 2006), but not so short that checkpoints cost over 2 % of the time.
    std::optional<double> wall_interval_s() const;
    /// Upper estimates for the next step and checkpoint.
    double longest_step_s() const { return longest_step_s_; }
    double longest_checkpoint_s() const { return longest_checkpoint_s_; }

private:
    bool is_last_chance(double now_s) const;

    CheckpointPlan plan_;
    std::optional<double> limit_s_;
    Tick last_tick_;
    double last_s_;
    double longest_step_s_ = 0.0;
    double longest_checkpoint_s_;
    bool checkpoint_seen_ = false;
};

} // namespace paget::app
