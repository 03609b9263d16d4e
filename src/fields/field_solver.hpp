#pragma once

#include "brick_sums.hpp"
#include "stencil_matrix.hpp"
#include "stencilmg_pc.hpp"

#include "paget/fields/substance.hpp"
#include "paget/petsc/handles.hpp"

#include <string>

namespace paget::fields
{

/// Solves A x = b for one field by PETSc's KSP. Default: KSPRICHARDSON with `stencilmg`, that is, cycles of Paget's own
/// multigrid; the user's options under the prefix choose anything else (another preconditioner comes with conjugate
/// gradients, unless `-<prefix>ksp_type` says otherwise).
///
/// A solve ends when the estimated error of x is at most relaxed * tolerance * max(|x|, floor). For cycles alone the
/// error is estimated from successive corrections (CycleErrors), in the maximum norm. For other solvers it is |B r| in
/// the 2-norm, where B is the preconditioner and r = b - A x: since a cycle of multigrid nearly inverts A, B r nearly
/// is the error. The plain residual would be a poor judge: one voxel with a large loss (a held one) outweighs all
/// others in it. With another norm type (-<prefix>ksp_norm_type) PETSc's own test, |r| <= tolerance |b|, is used.
class FieldSolver
{
public:
    /// Collective.
    FieldSolver(StencilMatrix& matrix, BrickSums& sums, std::string options_prefix, double tolerance);
    ~FieldSolver();
    FieldSolver(const FieldSolver&) = delete; // PETSc holds a pointer to it
    FieldSolver& operator=(const FieldSolver&) = delete;

    /// Tells the solver that the operator's coefficients changed. Collective.
    void coefficients_changed();

    /// Size of a vector in the norm in which this solver judges errors. Collective.
    double size_of(Vec x) const;

    /// Solves from the present x, or from zero; adds to `report`. Throws NumericalError on all ranks if the right-hand
    /// side is not finite or the solve does not converge. Collective.
    void solve(Vec rhs, Vec x, bool from_present, const Accuracy& accuracy, SolveReport& report);

    /// Relative error at which an accurate solve ends: the substance's, or the user's (`-<prefix>ksp_rtol`). Local.
    double tolerance() const;

private:
    static PetscErrorCode test_convergence(KSP solver, PetscInt iteration, PetscReal norm, KSPConvergedReason* reason,
                                           void* self);
    KSPConvergedReason judge(KSP solver, PetscInt iteration, double norm);
    double reference_for(KSP solver, double norm, double relative);
    void choose_default_iteration();
    void read_choices();
    PC preconditioner() const;
    void set_scale(double largest);
    void finish(SolveReport& report);
    [[noreturn]] void fail(KSPConvergedReason reason, int iterations) const;

    StencilMatrix* matrix_;
    BrickSums* sums_;
    std::string prefix_;
    petsc::LinearSolver solver_;
    void* default_test_ = nullptr;
    bool needs_entries_ = false;    ///< the chosen preconditioner works on stored entries
    bool coarsens_entries_ = false; ///< PETSc's own multigrid, which multiplies matrices
    bool cycles_alone_ = false;     ///< `stencilmg` runs the iteration
    bool direct_ = false;           ///< the chosen solver applies its preconditioner once, to a zero guess
    Accuracy accuracy_;
    double first_norm_ = 0.0;
    double reference_ = 0.0;       ///< last known max(|x|, floor)
    double reference_bound_ = 0.0; ///< what it can have become since
    double relative_residual_ = 0.0;
};

} // namespace paget::fields
