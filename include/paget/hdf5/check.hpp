#pragma once

#include <hdf5.h>

#include <string>

namespace paget::hdf5
{

/// While it lives HDF5 prints no errors of its own on this thread; what was set before comes back with its end, so that
/// other users of HDF5 in the process notice nothing.
class SilentErrors
{
public:
    SilentErrors();
    ~SilentErrors();
    SilentErrors(const SilentErrors&) = delete;
    SilentErrors& operator=(const SilentErrors&) = delete;

private:
    H5E_auto2_t function_ = nullptr;
    void* data_ = nullptr;
};

/// The innermost messages of HDF5's present error stack, e.g. "unable to open file: No such file or directory".
std::string error_text();

/// Throws FileError "cannot <doing> <file>: <HDF5's own text>".
[[noreturn]] void throw_file_error(const std::string& file, const std::string& doing);

/// Makes an HDF5 call, silently, and returns what it returned; throws FileError if that is negative. `doing` completes
/// "cannot ... <file>", e.g. "create" or "write data set /organs/lung/cells/id of".
template <class Call>
auto checked(const std::string& file, const std::string& doing, Call&& call)
{
    const SilentErrors silent;
    const auto result = call();
    if (result < 0) {
        throw_file_error(file, doing);
    }
    return result;
}

} // namespace paget::hdf5
