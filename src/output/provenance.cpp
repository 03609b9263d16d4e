#include "paget/output/provenance.hpp"

#include "paget/parallel/communicator.hpp"

#include "paget_revision.hpp"

#include <boost/version.hpp>
#include <fmt/format.h>
#include <hdf5.h>
#include <nlohmann/json.hpp>

namespace paget::output
{
namespace
{
/// MPI tells more than its version; the part up to the first comma or end of line is what a person wants.
std::string mpi_version()
{
    char text[MPI_MAX_LIBRARY_VERSION_STRING] = {};
    int length = 0;
    parallel::check(MPI_Get_library_version(text, &length));
    const std::string version(text);
    return version.substr(0, version.find_first_of(",\n"));
}

std::string hdf5_version()
{
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    H5get_libversion(&major, &minor, &release);
    return fmt::format("{}.{}.{}", major, minor, release);
}
} // namespace

std::map<std::string, std::string> program_versions()
{
    return {{"version", PAGET_VERSION}, {"revision", PAGET_REVISION}, {"build_type", PAGET_BUILD_TYPE}};
}

std::map<std::string, std::string> library_versions()
{
    return {{"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100)},
            {"HDF5", hdf5_version()},
            {"MPI", mpi_version()},
            {"PETSc", PAGET_PETSC_VERSION},
            {"compiler", "g++ " __VERSION__},
            {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
            {"nlohmann-json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                          NLOHMANN_JSON_VERSION_PATCH)}};
}

std::string version_text()
{
    const auto program = program_versions();
    std::string text = fmt::format("paget {} (revision {}, {} build)\n", program.at("version"), program.at("revision"),
                                   program.at("build_type"));
    for (const auto& [name, version] : library_versions()) {
        text += fmt::format("  {:<14} {}\n", name, version);
    }
    return text;
}

} // namespace paget::output
