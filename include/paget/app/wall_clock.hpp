#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace paget::app
{

/// Seconds since this process was started (since the clock was made, where the system does not tell). Local.
class WallClock
{
public:
    WallClock();

    double seconds() const { return before_s_ + std::chrono::duration<double>(Clock::now() - made_).count(); }

private:
    using Clock = std::chrono::steady_clock;
    double before_s_; ///< it was made
    Clock::time_point made_ = Clock::now();
};

/// When this run will be ended from outside, in seconds of `clock`: the earlier of what the user said (from the start
/// of the program) and of what SLURM says; nothing if nobody says anything. For one rank. Local.
std::optional<double> wall_limit(const WallClock& clock, std::optional<double> max_wall_time_s);

/// Seconds in a text of the user's: a duration with a unit ("90 min"), or as SLURM writes them ("1:30:00"). Throws
/// InputError.
double read_wall_time(const std::string& text);

} // namespace paget::app
