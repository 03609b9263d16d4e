#pragma once

#include <petscsys.h>

#include <source_location>

namespace paget::petsc
{

/// Throws BugError with PETSc's message and the caller's location if `code` is not 0.
void check(PetscErrorCode code, std::source_location where = std::source_location::current());

} // namespace paget::petsc
