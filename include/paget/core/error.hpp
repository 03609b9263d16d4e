#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace paget
{

/// Exit codes of the program. They are a public interface (documented in docs/exit_codes.md) and never change meaning.
enum class ExitCode : int {
    done = 0,
    bad_input = 1,
    numerical_failure = 2,
    bug = 3,
    input_output_failed = 4,
    stopped_early = 85,
    no_progress = 86
};

/// Base of all errors that Paget throws; it knows with which code the program has to end.
class Error : public std::runtime_error
{
public:
    Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

    ExitCode code() const noexcept { return code_; }

private:
    ExitCode code_;
};

/// The user's input cannot be used. Message: `<what> (<why it matters>). <what to do>`, with file and line if known.
class InputError : public Error
{
public:
    explicit InputError(const std::string& message) : Error(ExitCode::bad_input, message) {}
};

/// A computation did not reach its tolerance, or left its range of validity.
class NumericalError : public Error
{
public:
    explicit NumericalError(const std::string& message) : Error(ExitCode::numerical_failure, message) {}
};

/// A file could not be read or written; earlier files are intact.
class FileError : public Error
{
public:
    explicit FileError(const std::string& message) : Error(ExitCode::input_output_failed, message) {}
};

/// Paget contradicts itself: a defect of the program, never of the input.
class BugError : public Error
{
public:
    explicit BugError(const std::string& message) : Error(ExitCode::bug, message) {}
};

/// Throws BugError with the caller's location unless `holds`. For preconditions and invariants, also in release builds.
void ensure(bool holds, const char* message, std::source_location where = std::source_location::current());

} // namespace paget
