#include "reproducible_vector.hpp"

#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <petsc/private/vecimpl.h>

#include <cmath>
#include <memory>
#include <vector>

namespace paget::fields
{
namespace
{
using petsc::callback;
using petsc::check;
using petsc::ReadView;
using petsc::WriteView;

constexpr const char* attachment = "paget_reproducible";

using Duplicate = PetscErrorCode (*)(Vec, Vec*);

/// What a reproducible vector carries with it.
struct Arithmetic {
    BrickSums* sums;
    Duplicate original_duplicate;
};

const Arithmetic& arithmetic_of(Vec vector)
{
    PetscContainer container = nullptr;
    void* arithmetic = nullptr;
    check(PetscObjectQuery(reinterpret_cast<PetscObject>(vector), attachment,
                           reinterpret_cast<PetscObject*>(&container)));
    check(PetscContainerGetPointer(container, &arithmetic));
    return *static_cast<const Arithmetic*>(arithmetic);
}

PetscErrorCode dot(Vec x, Vec y, PetscScalar* result)
{
    return callback([&] { *result = arithmetic_of(x).sums->dot(ReadView(x).data(), ReadView(y).data()); });
}

PetscErrorCode several_dots(Vec x, PetscInt count, const Vec y[], PetscScalar* results)
{
    return callback([&] {
        std::vector<std::unique_ptr<ReadView>> views;
        std::vector<const double*> data;
        for (PetscInt m = 0; m < count; ++m) {
            data.push_back(views.emplace_back(std::make_unique<ReadView>(y[m]))->data());
        }
        const ReadView view(x);
        arithmetic_of(x).sums->dots(view.data(), data, std::span(results, static_cast<std::size_t>(count)));
    });
}

/// PETSc's "dotnorm2": s.t and t.t
PetscErrorCode dot_and_square(Vec s, Vec t, PetscScalar* s_dot_t, PetscScalar* t_dot_t)
{
    return callback([&] {
        const ReadView first(s);
        const ReadView second(t);
        const std::array<const double*, 2> operands{first.data(), second.data()};
        std::array<double, 2> results{};
        arithmetic_of(s).sums->dots(second.data(), operands, results);
        *s_dot_t = results[0];
        *t_dot_t = results[1];
    });
}

PetscErrorCode norm(Vec x, NormType type, PetscReal* result)
{
    return callback([&] {
        BrickSums& sums = *arithmetic_of(x).sums;
        const ReadView view(x);
        if (type == NORM_INFINITY) {
            *result = sums.largest_magnitude(view.data());
            return;
        }
        if (type == NORM_1 || type == NORM_1_AND_2) {
            *result++ = sums.sum_of_magnitudes(view.data());
        }
        if (type != NORM_1) {
            *result = std::sqrt(sums.dot(view.data(), view.data()));
        }
    });
}

/// y[i] = f(x[i], y[i])
template <class F>
PetscErrorCode update(Vec y, Vec x, F f)
{
    return callback([&] {
        const ReadView from(x);
        const WriteView into(y);
        const double* a = from.data();
        double* __restrict__ b = into.data();
        for (std::size_t i = 0; i < into.values().size(); ++i) {
            b[i] = f(a[i], b[i]);
        }
    });
}

PetscErrorCode axpy(Vec y, PetscScalar alpha, Vec x)
{
    return update(y, x, [alpha](double a, double b) { return b + alpha * a; });
}

PetscErrorCode aypx(Vec y, PetscScalar beta, Vec x)
{
    return update(y, x, [beta](double a, double b) { return a + beta * b; });
}

PetscErrorCode axpby(Vec y, PetscScalar alpha, PetscScalar beta, Vec x)
{
    return update(y, x, [alpha, beta](double a, double b) { return alpha * a + beta * b; });
}

PetscErrorCode maxpy(Vec y, PetscInt count, const PetscScalar* alpha, Vec* x)
{
    for (PetscInt m = 0; m < count; ++m) {
        const PetscErrorCode code = axpy(y, alpha[m], x[m]);
        if (code != 0) {
            return code;
        }
    }
    return 0;
}

PetscErrorCode waxpy(Vec w, PetscScalar alpha, Vec x, Vec y)
{
    return callback([&] {
        const ReadView first(x);
        const ReadView second(y);
        const WriteView into(w);
        for (std::size_t i = 0; i < into.values().size(); ++i) {
            into.data()[i] = second.data()[i] + alpha * first.data()[i];
        }
    });
}

PetscErrorCode axpbypcz(Vec z, PetscScalar alpha, PetscScalar beta, PetscScalar gamma, Vec x, Vec y)
{
    return callback([&] {
        const ReadView first(x);
        const ReadView second(y);
        const WriteView into(z);
        for (std::size_t i = 0; i < into.values().size(); ++i) {
            into.data()[i] = (alpha * first.data()[i] + beta * second.data()[i]) + gamma * into.data()[i];
        }
    });
}

PetscErrorCode forget(void* arithmetic)
{
    delete static_cast<Arithmetic*>(arithmetic);
    return 0;
}

void attach(Vec vector, BrickSums& sums)
{
    PetscContainer container = nullptr;
    check(PetscContainerCreate(PetscObjectComm(reinterpret_cast<PetscObject>(vector)), &container));
    check(PetscContainerSetUserDestroy(container, forget));
    check(PetscContainerSetPointer(container, new Arithmetic{&sums, vector->ops->duplicate}));
    check(PetscObjectCompose(reinterpret_cast<PetscObject>(vector), attachment,
                             reinterpret_cast<PetscObject>(container)));
    check(PetscContainerDestroy(&container));
}

PetscErrorCode duplicate(Vec vector, Vec* copy)
{
    return callback([&] {
        const Arithmetic& arithmetic = arithmetic_of(vector);
        check(arithmetic.original_duplicate(vector, copy));
        // PETSc may or may not have copied the table of operations; what counts is what the original had.
        (*copy)->ops->duplicate = arithmetic.original_duplicate;
        make_reproducible(*copy, *arithmetic.sums);
    });
}
} // namespace

void make_reproducible(Vec vector, BrickSums& sums)
{
    attach(vector, sums);
    auto& ops = *vector->ops;
    ops.duplicate = duplicate;
    ops.dot = dot;
    ops.tdot = dot;
    ops.mdot = several_dots;
    ops.mtdot = several_dots;
    ops.dotnorm2 = dot_and_square;
    ops.norm = norm;
    ops.axpy = axpy;
    ops.aypx = aypx;
    ops.axpby = axpby;
    ops.maxpy = maxpy;
    ops.waxpy = waxpy;
    ops.axpbypcz = axpbypcz;
}

} // namespace paget::fields
