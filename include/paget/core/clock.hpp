#pragma once

#include <cstdint>

namespace paget
{

/// Simulated time as an integer, so that long runs do not drift. One tick is 1/1000 minute (60 ms).
using Tick = std::int64_t;

inline constexpr Tick ticks_per_minute = 1000;
inline constexpr double minutes_per_hour = 60.0;
inline constexpr double minutes_per_day = 1440.0;

constexpr double minutes_from_ticks(Tick ticks)
{
    return static_cast<double>(ticks) / static_cast<double>(ticks_per_minute);
}

/// Nearest whole number of ticks.
constexpr Tick ticks_from_minutes(double minutes)
{
    return static_cast<Tick>(minutes * static_cast<double>(ticks_per_minute) + (minutes < 0 ? -0.5 : 0.5));
}

/// A step from `begin` to `begin + length`.
struct TimeStep {
    Tick begin = 0;
    Tick length = 0;

    constexpr Tick end() const { return begin + length; }
    constexpr double minutes() const { return minutes_from_ticks(length); }
    constexpr double days_at_end() const { return minutes_from_ticks(end()) / minutes_per_day; }
};

} // namespace paget
