#include "paget/petsc/handles.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace paget::petsc
{
namespace
{
Vector vector_of_three()
{
    Vector vector;
    check(VecCreateSeq(PETSC_COMM_SELF, 3, vector.slot()));
    check(VecSet(vector.get(), 2.0));
    return vector;
}

PetscInt references(Vec vector)
{
    PetscInt count = 0;
    check(PetscObjectGetReference(reinterpret_cast<PetscObject>(vector), &count));
    return count;
}

/// What PETSc calls when it multiplies; fails as C++ code does.
PetscErrorCode failing_multiply(Mat, Vec, Vec)
{
    return callback([] { throw std::runtime_error("the operator has no coefficients"); });
}
} // namespace

TEST(Handles, GiveTheirReferenceBackAndMoveIt)
{
    const Vector first = vector_of_three();
    check(PetscObjectReference(reinterpret_cast<PetscObject>(first.get())));
    EXPECT_EQ(references(first.get()), 2);
    {
        Vector second(first.get());
        const Vector third(std::move(second));
        EXPECT_FALSE(second);
        EXPECT_TRUE(third);
        EXPECT_EQ(references(first.get()), 2);
    }
    EXPECT_EQ(references(first.get()), 1);
}

TEST(VectorViews, ReadAndWrite)
{
    const Vector vector = vector_of_three();
    {
        const WriteView view(vector.get());
        view.values()[1] = 7.0;
    }
    EXPECT_THAT(ReadView(vector.get()).values(), testing::ElementsAre(2.0, 7.0, 2.0));
}

TEST(Check, ThrowsAProgramErrorWithPetscsReason)
{
    const Vector vector = vector_of_three();
    EXPECT_THAT([&] { check(VecSetType(vector.get(), "no such type")); },
                testing::ThrowsMessage<BugError>(testing::HasSubstr("no such type")));
}

TEST(Callback, ExceptionsBecomePetscErrorsAndExceptionsAgain)
{
    const Vector x = vector_of_three();
    const Vector y = vector_of_three();
    Matrix matrix;
    check(MatCreateShell(PETSC_COMM_SELF, 3, 3, 3, 3, nullptr, matrix.slot()));
    check(MatShellSetOperation(matrix.get(), MATOP_MULT, reinterpret_cast<void (*)(void)>(failing_multiply)));
    EXPECT_THAT([&] { check(MatMult(matrix.get(), x.get(), y.get())); },
                testing::ThrowsMessage<BugError>(testing::HasSubstr("the operator has no coefficients")));
}

} // namespace paget::petsc
