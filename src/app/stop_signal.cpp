#include "paget/app/stop_signal.hpp"

#include "paget/core/error.hpp"

#include <atomic>
#include <cstdint>
#include <cstdlib>

#include <csignal>
#include <ctime>

namespace paget::app
{
namespace
{
constexpr int stop_signals[] = {SIGINT, SIGTERM, SIGUSR1};
constexpr std::int64_t one_request_ns = 200'000'000;

// Atomics without locks: signals may come to any thread.
std::atomic<std::int64_t> asked_to_stop_ns{0}; ///< when; 0: not yet
std::atomic<bool> asked_for_checkpoint{false};
static_assert(std::atomic<std::int64_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

std::int64_t now_ns()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now); // may be called in a signal handler
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec + 1;
}

extern "C" void note_stop(int /*signal*/)
{
    std::int64_t first = 0;
    const std::int64_t now = now_ns();
    if (!asked_to_stop_ns.compare_exchange_strong(first, now) && now - first > one_request_ns) {
        std::_Exit(static_cast<int>(ExitCode::stopped_early));
    }
}

extern "C" void note_checkpoint(int /*signal*/) { asked_for_checkpoint = true; }

void install(int signal, void (*handler)(int))
{
    struct sigaction action {
    };
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
}
} // namespace

StopSignal::StopSignal()
{
    asked_to_stop_ns = 0;
    asked_for_checkpoint = false;
    for (const int signal : stop_signals) {
        install(signal, note_stop);
    }
    install(SIGUSR2, note_checkpoint);
}

/// Once the run has ended as asked, a further signal (SLURM sends one at the limit) must not spoil its exit code.
StopSignal::~StopSignal()
{
    for (const int signal : stop_signals) {
        install(signal, asked_to_stop_ns != 0 ? SIG_IGN : SIG_DFL);
    }
    install(SIGUSR2, SIG_IGN);
}

Wishes StopSignal::take_wishes() { return {asked_to_stop_ns != 0, asked_for_checkpoint.exchange(false)}; }

} // namespace paget::app
