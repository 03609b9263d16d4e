#include "paget/parallel/session.hpp"

#include "paget/parallel/communicator.hpp"
#include "paget/parallel/message_counts.hpp"

#include <cstdlib>
#include <exception>

namespace paget::parallel
{

Session::Session(int& argc, char**& argv)
{
    check(MPI_Init(&argc, &argv));
    check(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
    check(MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN));
    count_processor_time(Communicator::world().shares_processors());
}

Session::~Session()
{
    if (std::uncaught_exceptions() > 0) {
        abort_all(EXIT_FAILURE);
    }
    MPI_Finalize();
}

void abort_all(int exit_code) noexcept
{
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::_Exit(exit_code);
}

} // namespace paget::parallel
