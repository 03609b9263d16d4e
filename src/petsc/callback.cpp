#include "paget/petsc/callback.hpp"

namespace paget::petsc
{

PetscErrorCode callback_failed(const char* message)
{
    return PetscError(PETSC_COMM_SELF, __LINE__, "callback", __FILE__, PETSC_ERR_LIB, PETSC_ERROR_INITIAL, "%s",
                      message);
}

} // namespace paget::petsc
