#include "paget/petsc/check.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

namespace paget::petsc
{

void check(PetscErrorCode code, std::source_location where)
{
    if (code == 0) {
        return;
    }
    const char* text = nullptr;
    char* specific = nullptr;
    PetscErrorMessage(code, &text, &specific);
    throw BugError(fmt::format("PETSc call failed: {}: {} ({}:{})", text != nullptr ? text : "unknown error",
                               specific != nullptr ? specific : "", where.file_name(), where.line()));
}

} // namespace paget::petsc
