#include "paget/app/checkpoint_schedule.hpp"

#include <algorithm>
#include <cmath>

namespace paget::app
{
namespace
{
constexpr double safety = 1.25;           ///< of an upper estimate over what was seen
constexpr double forgetting = 0.999;      ///< per step: what was seen once is half forgotten after 700
constexpr double dearest_share = 0.02;    ///< of the wall time, for checkpoints at automatic intervals
constexpr double shortest_margin_s = 1.0; ///< for what is written at the end besides the checkpoint
} // namespace

CheckpointSchedule::CheckpointSchedule(const CheckpointPlan& plan, Tick now, double now_s,
                                       std::optional<double> limit_s, double first_guess_s)
    : plan_(plan),
      limit_s_(limit_s),
      last_tick_(now),
      last_s_(now_s),
      longest_checkpoint_s_(first_guess_s)
{
}

void CheckpointSchedule::note_step(double seconds)
{
    longest_step_s_ = std::max(forgetting * longest_step_s_, safety * seconds);
}

void CheckpointSchedule::note_checkpoint(Tick now, double now_s, double seconds)
{
    longest_checkpoint_s_ = checkpoint_seen_ ? std::max(longest_checkpoint_s_, safety * seconds) : safety * seconds;
    checkpoint_seen_ = true;
    last_tick_ = now;
    last_s_ = now_s;
}

std::optional<double> CheckpointSchedule::wall_interval_s() const
{
    if (plan_.every_wall_s) {
        return *plan_.every_wall_s > 0.0 ? plan_.every_wall_s : std::nullopt;
    }
    const double cost_s = longest_checkpoint_s_;
    return std::max(std::sqrt(2.0 * cost_s * plan_.mean_time_between_failures_s), cost_s / dearest_share);
}

/// After one more step there would be no time any more for a checkpoint, and for one that takes twice as long.
bool CheckpointSchedule::is_last_chance(double now_s) const
{
    return limit_s_ && *limit_s_ - now_s < longest_step_s_ + 2.0 * longest_checkpoint_s_ + shortest_margin_s;
}

Due CheckpointSchedule::due(Tick now, double now_s) const
{
    if (is_last_chance(now_s)) {
        return {true, true};
    }
    const bool by_time = plan_.every > 0 && now / plan_.every > last_tick_ / plan_.every;
    const auto interval_s = wall_interval_s();
    return {by_time || (interval_s && now_s - last_s_ >= *interval_s), false};
}

} // namespace paget::app
