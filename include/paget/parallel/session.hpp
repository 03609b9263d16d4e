#pragma once

namespace paget::parallel
{

/// Owns MPI from construction to destruction. MPI's error handler is set to "return", so that failed calls throw.
/// If destroyed while an exception unwinds, MPI is aborted, not finalised: the other ranks may wait in a collective for
/// this one, and MPI_Finalize would wait for them (promise 4: nothing hangs). Collective.
class Session
{
public:
    Session(int& argc, char**& argv);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
};

/// Ends all ranks of the job at once with `exit_code`. Does not return.
[[noreturn]] void abort_all(int exit_code) noexcept;

} // namespace paget::parallel
