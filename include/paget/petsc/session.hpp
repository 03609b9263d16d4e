#pragma once

#include <string>
#include <vector>

namespace paget::petsc
{

/// Owns PETSc (inside a running MPI) from construction to destruction. PETSc's own signal handlers stay off, its error
/// handler returns codes that checked calls turn into exceptions. Collective over all ranks of the job.
class Session
{
public:
    /// `options` are PETSc's own command-line words, e.g. {"-lung_oxygen_ksp_rtol", "1e-9"}.
    explicit Session(const std::vector<std::string>& options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Options that were given and that nothing has read (misspelt ones), as `-name`. Local.
    std::vector<std::string> unused_options() const;
};

} // namespace paget::petsc
