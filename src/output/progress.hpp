#pragma once

#include "paget/core/clock.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace paget::output
{

/// What the progress line says of the run.
struct ProgressState {
    Tick now = 0;
    std::int64_t living = 0;
    std::int64_t circulating = 0; ///< flowing and arrested cells
    std::int64_t seeds = 0;       ///< arrived cells that grow or sleep
};

/// The line: simulated time of `end`, cells, circulating cells, seeds, speed and time left. `wall_seconds` have passed
/// since the start at tick 0.
std::string progress_text(const ProgressState& state, Tick end, double wall_seconds);

/// A duration as a person says it: "42 s", "3 min 5 s", "2 h 10 min", "1 d 4 h".
std::string duration_text(double seconds);

/// True if what this process writes to stdout is seen on a terminal. mpirun gives its ranks a terminal of their own
/// even when its output goes to a file, so where there is an mpirun its stdout counts.
bool stdout_is_terminal();

/// Shows progress on stdout: on a terminal one line that is written again and again, in a log a line now and then. For
/// one rank.
class Progress
{
public:
    /// `earlier_seconds` is the wall time of the runs that this one continues.
    Progress(Tick end, bool terminal, double earlier_seconds = 0.0);

    void show(const ProgressState& state);
    /// Ends the line on the terminal.
    void finish();

    /// Of this run and those that it continues.
    double wall_seconds() const;

private:
    using Clock = std::chrono::steady_clock;

    Tick end_;
    bool terminal_;
    double earlier_seconds_;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_shown_ = start_;
    bool line_open_ = false;
};

} // namespace paget::output
