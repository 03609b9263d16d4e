// Signals ask for a stop or a checkpoint; a second one ends the program at once.

#include "paget/app/stop_signal.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include <sys/wait.h>
#include <unistd.h>

namespace paget::app
{
namespace
{
/// Wait status of a child that takes the two signals with a pause between them and then ends by itself with code 7.
int status_after(int first, int second, useconds_t pause_us)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const StopSignal stop;
        std::raise(first);
        ::usleep(pause_us);
        std::raise(second);
        std::_Exit(7);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}
} // namespace

TEST(StopSignal, AsksForAStop)
{
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
        StopSignal stop;
        EXPECT_FALSE(stop.take_wishes().stop);
        std::raise(signal);
        EXPECT_TRUE(stop.take_wishes().stop);
        EXPECT_TRUE(stop.take_wishes().stop); // it stays
        EXPECT_FALSE(stop.take_wishes().checkpoint);
    }
}

TEST(StopSignal, AsksForACheckpointOnce)
{
    StopSignal stop;
    std::raise(SIGUSR2);
    EXPECT_TRUE(stop.take_wishes().checkpoint);
    EXPECT_FALSE(stop.take_wishes().checkpoint);
    EXPECT_FALSE(stop.take_wishes().stop);
}

TEST(StopSignal, TheSecondOneEndsTheProgramWith85)
{
    const int status = status_after(SIGUSR1, SIGTERM, 250'000);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 85);
}

TEST(StopSignal, OneRequestOnTwoWaysCountsOnce)
{
    const int status = status_after(SIGTERM, SIGINT, 1000);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(StopSignal, AfterTheStopNothingSpoilsTheExitCode)
{
    {
        const StopSignal stop;
        std::raise(SIGUSR1);
    }
    std::raise(SIGTERM);
    {
        const StopSignal next; // forgets what came before
    }
    struct sigaction action {
    };
    sigaction(SIGTERM, nullptr, &action);
    EXPECT_EQ(action.sa_handler, SIG_DFL);
}

} // namespace paget::app
