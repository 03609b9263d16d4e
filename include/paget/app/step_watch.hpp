#pragma once

#include "paget/app/checkpoint_schedule.hpp"
#include "paget/app/stop_signal.hpp"
#include "paget/app/wall_clock.hpp"
#include "paget/parallel/communicator.hpp"

#include <optional>

namespace paget::app
{

/// Knows after each step what all ranks are to do: it joins the signals of all ranks and the schedule, which rank 0
/// keeps by its clock, in one reduction of two numbers.
class StepWatch
{
public:
    /// `clock` has run since the start of the program; `limit_s` and `first_guess_s` as for CheckpointSchedule (only
    /// rank 0's count). All references must outlive the watch.
    StepWatch(const CheckpointPlan& plan, const parallel::Communicator& world, StopSignal& signals,
              const WallClock& clock, Tick now, std::optional<double> limit_s, double first_guess_s);

    /// To be called when the step that reached `now` is over and its outputs are written. Collective.
    Due after_step(Tick now);

    /// To be called after a checkpoint at `now` was tried. Local.
    void after_checkpoint(Tick now);

private:
    const parallel::Communicator* world_;
    StopSignal* signals_;
    const WallClock* clock_;
    CheckpointSchedule schedule_;
    double last_s_; ///< when the last step or checkpoint was over
};

} // namespace paget::app
