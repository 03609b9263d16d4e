#include "paget/app/step_watch.hpp"

#include <array>
#include <cstdint>

namespace paget::app
{

StepWatch::StepWatch(const CheckpointPlan& plan, const parallel::Communicator& world, StopSignal& signals,
                     const WallClock& clock, Tick now, std::optional<double> limit_s, double first_guess_s)
    : world_(&world),
      signals_(&signals),
      clock_(&clock),
      schedule_(plan, now, clock.seconds(), limit_s, first_guess_s),
      last_s_(clock.seconds())
{
}

Due StepWatch::after_step(Tick now)
{
    const double now_s = clock_->seconds();
    schedule_.note_step(now_s - last_s_);
    const Due by_clock = world_->is_root() ? schedule_.due(now, now_s) : Due{};
    const Wishes wishes = signals_->take_wishes();
    std::array<std::int64_t, 2> votes{by_clock.checkpoint || wishes.checkpoint ? 1 : 0,
                                      by_clock.stop || wishes.stop ? 1 : 0};
    world_->maximum(votes);
    last_s_ = clock_->seconds();
    return {votes[0] + votes[1] > 0, votes[1] > 0};
}

void StepWatch::after_checkpoint(Tick now)
{
    const double now_s = clock_->seconds();
    schedule_.note_checkpoint(now, now_s, now_s - last_s_);
    last_s_ = now_s;
}

} // namespace paget::app
