#include "paget/app/stop_signal.hpp"

#include "paget/core/error.hpp"

#include <csignal>
#include <cstdlib>

namespace paget::app
{
namespace
{
constexpr int stop_signals[] = {SIGINT, SIGTERM, SIGUSR1};

volatile std::sig_atomic_t asked = 0;

extern "C" void note_signal(int /*signal*/)
{
    if (asked != 0) {
        std::_Exit(static_cast<int>(ExitCode::stopped_early));
    }
    asked = 1;
}

void install(void (*handler)(int))
{
    for (const int signal : stop_signals) {
        struct sigaction action {
        };
        action.sa_handler = handler;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        sigaction(signal, &action, nullptr);
    }
}
} // namespace

StopSignal::StopSignal()
{
    asked = 0;
    install(note_signal);
}

StopSignal::~StopSignal() { install(SIG_DFL); }

bool StopSignal::requested(const parallel::Communicator& world) const { return world.any(asked != 0); }

} // namespace paget::app
