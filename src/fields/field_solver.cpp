#include "field_solver.hpp"

#include "stencilmg_pc.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/callback.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/vector_view.hpp"

#include <fmt/format.h>

#include <petsc/private/kspimpl.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
namespace
{
using petsc::check;

/// Far more than any sensible solve needs; a solver that does not get there never will.
constexpr int most_iterations = 1000;

double norm_of(Vec x)
{
    double norm = 0.0;
    check(VecNorm(x, NORM_2, &norm));
    return norm;
}
} // namespace

FieldSolver::FieldSolver(StencilMatrix& matrix, BrickSums& sums, std::string options_prefix, double tolerance)
    : matrix_(&matrix),
      sums_(&sums),
      prefix_(std::move(options_prefix))
{
    register_stencilmg();
    check(KSPCreate(matrix.stencil().comm().handle(), solver_.slot()));
    KSP solver = solver_.get();
    check(KSPSetOptionsPrefix(solver, prefix_.c_str()));
    check(KSPSetOperators(solver, matrix.shell(), matrix.shell()));
    check(KSPSetType(solver, KSPCG));
    check(KSPSetTolerances(solver, tolerance, PETSC_DEFAULT, PETSC_DEFAULT, most_iterations));
    check(PCSetType(preconditioner(), "stencilmg"));
    check(KSPConvergedDefaultCreate(&default_test_));
    check(KSPSetFromOptions(solver));
    choose_default_iteration();
    if (!cycles_alone_) {
        check(KSPSetConvergenceTest(solver, test_convergence, this, nullptr));
    }
    read_choices();
}

FieldSolver::~FieldSolver() { KSPConvergedDefaultDestroy(default_test_); }

PC FieldSolver::preconditioner() const
{
    PC preconditioner = nullptr;
    check(KSPGetPC(solver_.get(), &preconditioner));
    return preconditioner;
}

/// Cycles alone, unless the user wants another iteration, other rules for it, or to watch (which PETSc offers only for
/// iterations of its own).
void FieldSolver::choose_default_iteration()
{
    const auto is_type = [](auto object, const char* type) {
        PetscBool same = PETSC_FALSE;
        check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(object), type, &same));
        return same == PETSC_TRUE;
    };
    const auto is_given = [this](const char* option) {
        PetscBool given = PETSC_FALSE;
        check(PetscOptionsHasName(nullptr, prefix_.c_str(), option, &given));
        return given == PETSC_TRUE;
    };
    const bool watched = solver_.get()->numbermonitors > 0;
    const bool other_rules = is_given("-ksp_norm_type") || is_given("-ksp_convergence_test") ||
                             is_given("-ksp_richardson_scale") || is_given("-ksp_richardson_self_scale");
    const bool richardson = is_given("-ksp_type") ? is_type(solver_.get(), KSPRICHARDSON) : true;
    cycles_alone_ = is_type(preconditioner(), "stencilmg") && richardson && !watched && !other_rules;
    if (cycles_alone_) {
        check(KSPSetType(solver_.get(), KSPRICHARDSON));
    }
}

void FieldSolver::read_choices()
{
    PetscBool matrix_free = PETSC_FALSE;
    check(PetscObjectTypeCompareAny(reinterpret_cast<PetscObject>(preconditioner()), &matrix_free, "stencilmg",
                                    PCJACOBI, PCNONE, ""));
    PetscBool multigrid = PETSC_FALSE;
    PetscBool only_once = PETSC_FALSE;
    check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(preconditioner()), PCMG, &multigrid));
    check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(solver_.get()), KSPPREONLY, &only_once));
    direct_ = only_once == PETSC_TRUE;
    coarsens_entries_ = multigrid == PETSC_TRUE;
    needs_entries_ = matrix_free == PETSC_FALSE;
    if (needs_entries_) {
        check(KSPSetDM(solver_.get(), matrix_->grid())); // PCMG makes its coarse grids from it
        check(KSPSetDMActive(solver_.get(), PETSC_FALSE));
    }
}

void FieldSolver::coefficients_changed()
{
    matrix_->coefficients_changed();
    Mat entries = needs_entries_ ? matrix_->assembled() : matrix_->shell();
    check(KSPSetOperators(solver_.get(), coarsens_entries_ ? entries : matrix_->shell(), entries));
}

double FieldSolver::tolerance() const
{
    double relative = 0.0;
    check(KSPGetTolerances(solver_.get(), &relative, nullptr, nullptr, nullptr));
    return relative;
}

double FieldSolver::size_of(Vec x) const
{
    return cycles_alone_ ? sums_->largest_magnitude(petsc::ReadView(x).data()) : norm_of(x);
}

void FieldSolver::set_scale(double largest)
{
    int exponent = 0;
    std::frexp(largest, &exponent);
    matrix_->stencil().set_scale(std::ldexp(1.0, std::clamp(exponent, -1000, 1000)));
}

void FieldSolver::solve(Vec rhs, Vec x, bool from_present, const Accuracy& accuracy, SolveReport& report)
{
    const double largest = sums_->largest_magnitude(petsc::ReadView(rhs).data());
    ++report.solves;
    if (!std::isfinite(largest)) {
        throw NumericalError(
            fmt::format("{}: the sources of the field are not finite (or so large that they overflow). "
                        "Check the secretion, supply and loss rates of this substance",
                        prefix_));
    }
    if (largest == 0.0) {
        check(VecSet(x, 0.0));
        return;
    }
    set_scale(largest);
    accuracy_ = accuracy;
    if (cycles_alone_) {
        set_accuracy(preconditioner(), accuracy);
    }
    check(KSPSetInitialGuessNonzero(solver_.get(), from_present && !direct_ ? PETSC_TRUE : PETSC_FALSE));
    check(KSPSolve(solver_.get(), rhs, x));
    if (direct_ && !std::isfinite(sums_->largest_magnitude(petsc::ReadView(x).data()))) {
        fail(KSP_DIVERGED_NANORINF, 1); // nothing else looks at what a direct solver gives
    }
    finish(report);
}

void FieldSolver::finish(SolveReport& report)
{
    KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
    PetscInt iterations = 0;
    check(KSPGetConvergedReason(solver_.get(), &reason));
    check(KSPGetIterationNumber(solver_.get(), &iterations));
    if (cycles_alone_) {
        relative_residual_ = cycles_outcome(preconditioner()).relative_error;
    }
    if (reason < 0) {
        fail(reason, static_cast<int>(iterations));
    }
    report.iterations += static_cast<int>(iterations);
    report.relative_residual = std::max(report.relative_residual, relative_residual_);
}

void FieldSolver::fail(KSPConvergedReason reason, int iterations) const
{
    throw NumericalError(fmt::format(
        "{0}: the field solve did not converge (PETSc says {1}): relative residual {2:.3g} "
        "after {3} iterations, wanted {4:.3g}. Give more iterations (-{0}ksp_max_it), a "
        "larger tolerance (-{0}ksp_rtol), another solver (-{0}ksp_type, -{0}pc_type; "
        "'richardson' with 'stencilmg' is the default, 'cg' more patient), or a shorter coupling step",
        prefix_, KSPConvergedReasons[reason], relative_residual_, iterations, accuracy_.relaxed * tolerance()));
}

/// |x| is a sum over all ranks, so it is computed only where the solve could be over: since |B r| estimates the error,
/// |x| will not exceed its last value by more than about |B r| of that time. Should it, one more iteration is made.
double FieldSolver::reference_for(KSP solver, double norm, double relative)
{
    if (norm <= relative * std::max(reference_bound_, accuracy_.floor)) {
        Vec x = nullptr;
        check(KSPBuildSolution(solver, nullptr, &x));
        reference_ = std::max(norm_of(x), accuracy_.floor);
        reference_bound_ = reference_ + 2.0 * norm;
    }
    return reference_;
}

KSPConvergedReason FieldSolver::judge(KSP solver, PetscInt iteration, double norm)
{
    double tolerance = 0.0;
    double absolute = 0.0;
    double divergence = 0.0;
    check(KSPGetTolerances(solver, &tolerance, &absolute, &divergence, nullptr));
    if (!std::isfinite(norm)) {
        return KSP_DIVERGED_NANORINF;
    }
    if (iteration == 0) {
        PetscBool from_present = PETSC_FALSE;
        check(KSPGetInitialGuessNonzero(solver, &from_present));
        first_norm_ = norm;
        reference_ = std::max(norm, accuracy_.floor);
        reference_bound_ = from_present == PETSC_TRUE ? std::numeric_limits<double>::max() : 2.0 * norm;
    }
    const double reference = reference_for(solver, norm, accuracy_.relaxed * tolerance);
    relative_residual_ = reference > 0.0 ? norm / reference : 0.0;
    if (norm <= accuracy_.allowed(tolerance, reference)) {
        return KSP_CONVERGED_RTOL;
    }
    if (norm <= absolute) {
        return KSP_CONVERGED_ATOL;
    }
    return norm > divergence * std::max(first_norm_, reference) ? KSP_DIVERGED_DTOL : KSP_CONVERGED_ITERATING;
}

PetscErrorCode FieldSolver::test_convergence(KSP solver, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason,
                                             void* self)
{
    auto& field_solver = *static_cast<FieldSolver*>(self);
    KSPNormType type = KSP_NORM_DEFAULT;
    PetscErrorCode code = KSPGetNormType(solver, &type);
    if (code == 0 && type != KSP_NORM_PRECONDITIONED) {
        field_solver.first_norm_ = iteration == 0 ? norm : field_solver.first_norm_;
        field_solver.relative_residual_ = norm / field_solver.first_norm_;
        return KSPConvergedDefault(solver, iteration, norm, reason, field_solver.default_test_);
    }
    return petsc::callback([&] { *reason = field_solver.judge(solver, iteration, norm); });
}

} // namespace paget::fields
