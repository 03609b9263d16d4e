#pragma once

#include <petscdm.h>
#include <petscksp.h>
#include <petscmat.h>
#include <petscvec.h>

#include <exception>
#include <utility>

namespace paget::petsc
{

/// Owns one PETSc object. Move-only. The destructor never throws; it leaves the object alone when PETSc has ended, or
/// while an exception unwinds: destroying is collective, and the other ranks may not come.
template <class T, PetscErrorCode (*destroy)(T*)>
class Handle
{
public:
    Handle() = default;
    explicit Handle(T object) : object_(object) {}
    Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Handle()
    {
        PetscBool finalised = PETSC_FALSE;
        PetscFinalized(&finalised);
        if (object_ != nullptr && finalised == PETSC_FALSE && std::uncaught_exceptions() == 0) {
            destroy(&object_);
        }
    }

    T get() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }
    /// Where a PETSc creator writes a new object; the handle must be empty.
    T* slot() { return &object_; }

private:
    T object_ = nullptr;
};

using Grid = Handle<DM, DMDestroy>;
using Vector = Handle<Vec, VecDestroy>;
using Matrix = Handle<Mat, MatDestroy>;
using LinearSolver = Handle<KSP, KSPDestroy>;

} // namespace paget::petsc
