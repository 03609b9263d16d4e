#pragma once

#include "paget/app/command_line.hpp"
#include "paget/core/error.hpp"
#include "paget/parallel/communicator.hpp"

#include <string>

namespace paget::app
{

/// The whole program after MPI has started: reads the words, validates the input on one rank before any other
/// collective work, carries out the command. Returns the exit code, the same on all ranks. Errors of one rank alone end
/// the job (see report_failure). Collective over the world.
ExitCode run_program(const std::vector<std::string>& words, const parallel::Communicator& world);

/// `paget check`: what the case describes and how it would be laid out. Local.
std::string describe_case(const struct LoadedCase& loaded, int ranks);

/// `paget run`, on a good case; `from`: where it goes on, null for a new run. Collective.
ExitCode run_case(const CommandLine& line, const struct LoadedCase& loaded, const parallel::Communicator& world,
                  struct Continuation* from);

/// Prints an error of the input that all ranks know of, once, and returns the code for it. Local.
ExitCode refuse(const parallel::Communicator& world, const std::string& error);

/// Prints an error that may have happened on this rank alone, and ends the whole job with its exit code. Where all
/// ranks fail alike only rank 0's message is seen: the others give it a second to end the job first.
[[noreturn]] void report_failure(const std::string& message, ExitCode code, int rank);

} // namespace paget::app
