#pragma once

#include <petscsys.h>

#include <exception>

namespace paget::petsc
{

/// Turns the message of a failed callback into PETSc's error state and returns its code.
PetscErrorCode callback_failed(const char* message);

/// Runs the body of a function that PETSc calls: exceptions must not cross PETSc's C frames, so they become its error
/// codes, and the checked call around the PETSc routine throws again.
template <class Body>
PetscErrorCode callback(Body&& body) noexcept
{
    try {
        body();
        return 0;
    } catch (const std::exception& error) {
        return callback_failed(error.what());
    }
}

} // namespace paget::petsc
