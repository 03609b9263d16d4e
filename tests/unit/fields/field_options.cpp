// The user's PETSc options for one field of one organ.

#include "paget/fields/diffusing_field.hpp"

#include "support/field_case.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <petscoptions.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
/// Options for the fields made while it lives.
class Options
{
public:
    explicit Options(std::string words) : words_(std::move(words))
    {
        petsc::check(PetscOptionsInsertString(nullptr, words_.c_str()));
    }
    ~Options() { PetscOptionsClear(nullptr); }
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;

private:
    std::string words_;
};

struct Solved {
    std::vector<double> values;
    SolveReport report;
};

Solved solve(const std::string& words, const std::string& prefix = "lung_oxygen_")
{
    const mesh::Grid grid{{16, 16, 8}, 20.0};
    const auto comm = parallel::Communicator::self();
    const Options options(words);
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, oxygen(), prefix);
    const auto rates = scattered_cells(grid, grid.box());
    field.assign(std::vector<double>(rates.gain_per_min.size(), 0.0));
    const SolveReport report = field.solve_steady(rates.reaction());
    return {field.concentration().owned(), report};
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b)
{
    double largest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::fabs(a[i] - b[i]));
    }
    return largest;
}
} // namespace

class SolverChoice : public testing::TestWithParam<std::string>
{
};

TEST_P(SolverChoice, ReachesTheSameSolution)
{
    const Solved exact = solve("-lung_oxygen_ksp_rtol 1e-12");
    const Solved chosen = solve(GetParam() + " -lung_oxygen_ksp_rtol 1e-8");
    EXPECT_GT(chosen.report.iterations, 0);
    EXPECT_LT(largest_difference(chosen.values, exact.values), 38.0 * 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Petsc, SolverChoice,
    testing::Values("-lung_oxygen_pc_type jacobi", "-lung_oxygen_pc_type none", "-lung_oxygen_pc_type gamg",
                    "-lung_oxygen_pc_type hypre", "-lung_oxygen_pc_type bjacobi", "-lung_oxygen_pc_type ilu",
                    "-lung_oxygen_ksp_type preonly -lung_oxygen_pc_type lu",
                    "-lung_oxygen_pc_type mg -lung_oxygen_pc_mg_levels 2 -lung_oxygen_pc_mg_galerkin",
                    "-lung_oxygen_ksp_type gmres", "-lung_oxygen_ksp_type fgmres", "-lung_oxygen_ksp_type richardson",
                    "-lung_oxygen_ksp_type bcgs", "-lung_oxygen_ksp_type pipecg",
                    "-lung_oxygen_ksp_norm_type unpreconditioned", "-lung_oxygen_ksp_norm_type natural"));

TEST(FieldOptions, ReachOnlyTheFieldThatTheyName)
{
    const Solved untouched = solve("");
    const Solved tight = solve("-lung_oxygen_ksp_rtol 1e-11");
    const Solved other = solve("-bone_oxygen_ksp_rtol 1e-11");
    EXPECT_GT(tight.report.iterations, untouched.report.iterations);
    EXPECT_LE(tight.report.relative_residual, 1e-11);
    EXPECT_EQ(other.values, untouched.values);
}

TEST(FieldOptions, NonConvergenceIsAnErrorThatNamesTheField)
{
    EXPECT_THAT([] { solve("-lung_oxygen_ksp_max_it 2"); },
                testing::ThrowsMessage<NumericalError>(
                    testing::AllOf(testing::HasSubstr("lung_oxygen_: the field solve did not converge"),
                                   testing::HasSubstr("relative residual"), testing::HasSubstr("after 2 iterations"),
                                   testing::HasSubstr("-lung_oxygen_ksp_max_it"))));
}

} // namespace paget::fields
