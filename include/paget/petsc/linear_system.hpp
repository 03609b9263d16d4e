#pragma once

#include <span>
#include <string>
#include <vector>

namespace paget::petsc
{

/// One entry of a sparse matrix; entries of the same place are added.
struct MatrixEntry {
    int row = 0;
    int column = 0;
    double value = 0.0;
};

/// Solves A x = b by PETSc's own LU factorisation with nested dissection, on the calling rank alone: every rank that
/// hands in the same system gets the same bits. For sparse systems that fit on one rank, e.g. the nodes of a vessel
/// network. `what` names the system in errors. Throws BugError for places outside the matrix, NumericalError if it is
/// singular. Local.
std::vector<double> solve_linear_system(std::vector<MatrixEntry> entries, std::span<const double> right_hand_side,
                                        const std::string& what);

} // namespace paget::petsc
