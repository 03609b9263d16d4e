#include "paget/petsc/linear_system.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/check.hpp"
#include "paget/petsc/handles.hpp"
#include "paget/petsc/vector_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace paget::petsc
{
namespace
{
bool same_place(const MatrixEntry& a, const MatrixEntry& b) { return a.row == b.row && a.column == b.column; }

/// Sorted by rows and columns, one entry per place. Entries of a place are added in the order in which they came.
std::vector<MatrixEntry> merged(std::vector<MatrixEntry> entries)
{
    std::stable_sort(entries.begin(), entries.end(), [](const MatrixEntry& a, const MatrixEntry& b) {
        return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    });
    std::vector<MatrixEntry> sums;
    for (const MatrixEntry& entry : entries) {
        if (!sums.empty() && same_place(sums.back(), entry)) {
            sums.back().value += entry.value;
        } else {
            sums.push_back(entry);
        }
    }
    return sums;
}

Matrix make_matrix(const std::vector<MatrixEntry>& entries, PetscInt size)
{
    std::vector<PetscInt> per_row(static_cast<std::size_t>(size), 0);
    for (const MatrixEntry& entry : entries) {
        ensure(entry.row >= 0 && entry.row < size && entry.column >= 0 && entry.column < size,
               "an entry lies outside its linear system");
        ++per_row[static_cast<std::size_t>(entry.row)];
    }
    Matrix matrix;
    check(MatCreateSeqAIJ(PETSC_COMM_SELF, size, size, 0, per_row.data(), matrix.slot()));
    for (const MatrixEntry& entry : entries) {
        check(MatSetValue(matrix.get(), entry.row, entry.column, entry.value, INSERT_VALUES));
    }
    check(MatAssemblyBegin(matrix.get(), MAT_FINAL_ASSEMBLY));
    check(MatAssemblyEnd(matrix.get(), MAT_FINAL_ASSEMBLY));
    return matrix;
}

LinearSolver make_solver(Mat matrix)
{
    LinearSolver solver;
    check(KSPCreate(PETSC_COMM_SELF, solver.slot()));
    check(KSPSetOperators(solver.get(), matrix, matrix));
    check(KSPSetType(solver.get(), KSPPREONLY));
    PC factors = nullptr;
    check(KSPGetPC(solver.get(), &factors));
    check(PCSetType(factors, PCLU));
    check(PCFactorSetMatSolverType(factors, MATSOLVERPETSC)); // others may use threads, and sum in another order
    check(PCFactorSetMatOrderingType(factors, MATORDERINGND));
    return solver;
}
} // namespace

std::vector<double> solve_linear_system(std::vector<MatrixEntry> entries, std::span<const double> right_hand_side,
                                        const std::string& what)
{
    std::vector<double> solution(right_hand_side.size(), 0.0);
    if (solution.empty()) {
        return solution;
    }
    const Matrix matrix = make_matrix(merged(std::move(entries)), static_cast<PetscInt>(solution.size()));
    const LinearSolver solver = make_solver(matrix.get());
    Vector x;
    check(VecCreateSeq(PETSC_COMM_SELF, static_cast<PetscInt>(solution.size()), x.slot()));
    {
        const WriteView view(x.get());
        std::copy(right_hand_side.begin(), right_hand_side.end(), view.values().begin());
    }
    check(KSPSolve(solver.get(), x.get(), x.get()));
    KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
    check(KSPGetConvergedReason(solver.get(), &reason));
    const ReadView view(x.get());
    std::copy(view.values().begin(), view.values().end(), solution.begin());
    const bool finite = std::all_of(solution.begin(), solution.end(), [](double v) { return std::isfinite(v); });
    if (reason < 0 || !finite) {
        throw NumericalError(fmt::format("{}: the equations have no single solution (PETSc says {})", what,
                                         KSPConvergedReasons[reason]));
    }
    return solution;
}

} // namespace paget::petsc
