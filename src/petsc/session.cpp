#include "paget/petsc/session.hpp"

#include "paget/petsc/check.hpp"

#include <petscoptions.h>

#include <exception>

namespace paget::petsc
{

Session::Session(const std::vector<std::string>& options)
{
    // Signals are Paget's own business: with PETSc's handlers a stop signal would not reach the run loop.
    std::vector<std::string> words{"paget", "-no_signal_handler", "true"};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> pointers;
    for (auto& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    int argc = static_cast<int>(words.size());
    char** argv = pointers.data();
    check(PetscInitialize(&argc, &argv, nullptr, nullptr));
    // The words are gone after this function; PETSc keeps copies of the options only.
    check(PetscPushErrorHandler(PetscIgnoreErrorHandler, nullptr));
}

Session::~Session()
{
    if (std::uncaught_exceptions() == 0) {
        PetscFinalize();
    }
}

std::vector<std::string> Session::unused_options() const
{
    PetscInt count = 0;
    char** names = nullptr;
    char** values = nullptr;
    check(PetscOptionsLeftGet(nullptr, &count, &names, &values));
    std::vector<std::string> unused;
    for (PetscInt i = 0; i < count; ++i) {
        unused.push_back(std::string("-") + names[i]);
    }
    check(PetscOptionsLeftRestore(nullptr, &count, &names, &values));
    return unused;
}

} // namespace paget::petsc
