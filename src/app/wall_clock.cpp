#include "paget/app/wall_clock.hpp"

#include "paget/app/lock_owner.hpp"
#include "paget/app/slurm.hpp"
#include "paget/core/error.hpp"
#include "paget/core/units.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <ctime>
#include <unistd.h>

namespace paget::app
{
namespace
{
/// By the clock in which the table of processes tells when this one was started.
double age_of_this_process_s()
{
    timespec now{};
    const auto ticks_per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto started = static_cast<double>(this_process().started) / ticks_per_second;
    if (started <= 0.0 || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0) {
        return 0.0;
    }
    return std::max(0.0, static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) - started);
}
} // namespace

WallClock::WallClock() : before_s_(age_of_this_process_s()) {}

std::optional<double> wall_limit(const WallClock& clock, std::optional<double> max_wall_time_s)
{
    std::optional<double> limit_s = max_wall_time_s;
    if (const auto left_s = seconds_left_of_job()) {
        limit_s = std::min(limit_s.value_or(clock.seconds() + *left_s), clock.seconds() + *left_s);
    }
    return limit_s;
}

double read_wall_time(const std::string& text)
{
    if (text.find(':') != std::string::npos) { // a bare number would be minutes for SLURM and seconds for others
        if (const auto seconds = seconds_of_duration(text)) {
            return *seconds;
        }
    } else if (!text.empty() && text.find_first_not_of("0123456789.") != std::string::npos) {
        try {
            if (const double seconds = UnitSystem().read(text, "s"); seconds > 0.0) {
                return seconds;
            }
        } catch (const InputError&) { // told below, with the option and a remedy
        }
    }
    throw InputError(
        fmt::format("'{}' is no wall time for --max-wall-time (the run stops before it, with a "
                    "checkpoint). Write a duration with its unit, as '90 min', or as SLURM does, '1:30:00'.",
                    text));
}

} // namespace paget::app
