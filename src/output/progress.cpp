#include "progress.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

namespace paget::output
{
namespace
{
constexpr std::chrono::milliseconds terminal_interval{200};
constexpr std::chrono::seconds log_interval{30};

bool is_terminal(const std::string& path)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    const bool terminal = file >= 0 && ::isatty(file) == 1;
    if (file >= 0) {
        ::close(file);
    }
    return terminal;
}
} // namespace

std::string duration_text(double seconds)
{
    const auto s = static_cast<long long>(std::llround(seconds));
    if (s < 60) {
        return fmt::format("{} s", s);
    }
    if (s < 3600) {
        return fmt::format("{} min {} s", s / 60, s % 60);
    }
    if (s < 86400) {
        return fmt::format("{} h {} min", s / 3600, s / 60 % 60);
    }
    return fmt::format("{} d {} h", s / 86400, s / 3600 % 24);
}

std::string progress_text(const ProgressState& state, Tick end, double wall_seconds)
{
    const double done_h = minutes_from_ticks(state.now) / minutes_per_hour;
    const double end_h = minutes_from_ticks(end) / minutes_per_hour;
    std::string text = fmt::format("{:.1f} of {:.1f} h | {} cells | {} in blood | {} seeds", done_h, end_h,
                                   state.living, state.circulating, state.seeds);
    if (done_h > 0.0 && wall_seconds > 0.0) {
        const double hours_per_second = done_h / wall_seconds;
        text += fmt::format(" | {:.1f} h/min | {} left", 60.0 * hours_per_second,
                            duration_text((end_h - done_h) / hours_per_second));
    }
    return text;
}

bool stdout_is_terminal()
{
    if (::isatty(STDOUT_FILENO) != 1) {
        return false;
    }
    const bool under_mpirun = std::getenv("OMPI_COMM_WORLD_SIZE") != nullptr;
    return !under_mpirun || is_terminal(fmt::format("/proc/{}/fd/1", ::getppid()));
}

Progress::Progress(Tick end, bool terminal, double earlier_seconds)
    : end_(end),
      terminal_(terminal),
      earlier_seconds_(earlier_seconds)
{
}

void Progress::show(const ProgressState& state)
{
    const auto now = Clock::now();
    if (now - last_shown_ < (terminal_ ? std::chrono::duration_cast<Clock::duration>(terminal_interval)
                                       : std::chrono::duration_cast<Clock::duration>(log_interval))) {
        return;
    }
    last_shown_ = now;
    const std::string text = progress_text(state, end_, wall_seconds());
    // ESC [K clears what an earlier, longer line left.
    fmt::print("{}{}{}", terminal_ ? "\r" : "", text, terminal_ ? "\x1b[K" : "\n");
    std::fflush(stdout);
    line_open_ = terminal_;
}

void Progress::finish()
{
    if (line_open_) {
        fmt::print("\r\x1b[K");
        std::fflush(stdout);
        line_open_ = false;
    }
}

double Progress::wall_seconds() const
{
    return earlier_seconds_ + std::chrono::duration<double>(Clock::now() - start_).count();
}

} // namespace paget::output
