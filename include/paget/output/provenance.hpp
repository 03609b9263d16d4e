#pragma once

#include <map>
#include <string>

namespace paget::output
{

/// Version of Paget, git revision (with "-dirty") and build type it was built from.
std::map<std::string, std::string> program_versions();

/// Versions of the libraries in use: Open MPI, PETSc, HDF5, Boost, UDUNITS-2, {fmt}, compiler.
std::map<std::string, std::string> library_versions();

/// The text of `paget --version`.
std::string version_text();

} // namespace paget::output
