#pragma once

#include <petscpc.h>

namespace paget::fields
{

/// Makes PETSc know the preconditioner type `stencilmg` (Paget's geometric multigrid), which works on matrices made by
/// StencilMatrix. As a preconditioner it is symmetric. Under KSPRICHARDSON with PETSc's default convergence test it
/// takes over the whole iteration, with interpolation that converges faster. Local; may be called again.
void register_stencilmg();

/// How an iteration taken over by `stencilmg` ended.
struct CyclesOutcome {
    int cycles = 0;
    double relative_error = 0.0; ///< estimated, in the maximum norm, against the larger of the solution and the floor
    double largest = 0.0;        ///< value of the solution, in magnitude
};

/// Of the last such iteration. Local.
CyclesOutcome cycles_outcome(PC preconditioner);

/// How accurate the next iterations have to be: an error of relaxed * tolerance * max(|x|, floor).
struct Accuracy {
    double floor = 0.0;
    double relaxed = 1.0;
};

/// For the next iterations. Local.
void set_accuracy(PC preconditioner, const Accuracy& accuracy);

} // namespace paget::fields
