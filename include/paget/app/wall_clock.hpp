#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace paget::app
{

/// Seconds since it was made. Local.
class WallClock
{
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

/// When this run will be ended from outside, in seconds of `clock`: the earlier of what the user said (from the clock's
/// start) and of what SLURM says; nothing if nobody says anything. For one rank. Local.
std::optional<double> wall_limit(const WallClock& clock, std::optional<double> max_wall_time_s);

/// Seconds in a text of the user's: a duration with a unit ("90 min"), or as SLURM writes them ("1:30:00"). Throws
/// InputError.
double read_wall_time(const std::string& text);

} // namespace paget::app
