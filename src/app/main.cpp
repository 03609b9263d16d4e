#include "paget/app/program.hpp"
#include "paget/parallel/session.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>

int main(int argc, char** argv)
{
    using namespace paget;
    std::signal(SIGXFSZ, SIG_IGN); // a file that grows beyond a limit is an error of the write, told as such
    std::signal(SIGUSR1, SIG_IGN); // requests that come before the run listens must not end it
    std::signal(SIGUSR2, SIG_IGN);
    const parallel::Session mpi(argc, argv);
    const auto world = parallel::Communicator::world();
    try {
        const ExitCode code = app::run_program({argv + 1, argv + argc}, world);
        return static_cast<int>(code);
    } catch (const Error& error) {
        app::report_failure(error.what(), error.code(), world.rank());
    } catch (const std::exception& error) {
        app::report_failure(error.what(), ExitCode::bug, world.rank());
    }
}
