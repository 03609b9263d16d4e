#pragma once

#include <petscpc.h>

#include <algorithm>
#include <limits>

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

/// How accurate the next iterations have to be: an error of at most relaxed * tolerance * max(|x|, floor), and of at
/// most whole_share * max(|x|, whole), where x may be a small change of something as large as `whole`.
struct Accuracy {
    double floor = 0.0;
    double relaxed = 1.0;
    double whole = 0.0;
    double whole_share = std::numeric_limits<double>::infinity();

    double allowed(double tolerance, double size) const
    {
        constexpr double least = std::numeric_limits<double>::min(); // infinity times zero is not a number
        return std::min(relaxed * tolerance * std::max(size, floor), whole_share * std::max({size, whole, least}));
    }
};

/// For the next iterations. Local.
void set_accuracy(PC preconditioner, const Accuracy& accuracy);

} // namespace paget::fields
