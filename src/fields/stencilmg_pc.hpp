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

/// The error of the next iterations is to be judged against at least this size. Local.
void set_error_floor(PC preconditioner, double floor);

} // namespace paget::fields
