// Solvers whose method depends on the cut may differ in bits, but not in the solution; and failures reach every rank.

#include "paget/fields/diffusing_field.hpp"

#include "support/field_case.hpp"

#include "paget/core/error.hpp"
#include "paget/petsc/check.hpp"

#include <gtest/gtest.h>

#include <petscoptions.h>

#include <cmath>
#include <limits>
#include <string>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
const mesh::Grid grid{{37, 20, 16}, 20.0};

DiffusingField solved(const std::string& options, const mesh::Partition& partition, const parallel::Communicator& comm)
{
    petsc::check(PetscOptionsInsertString(nullptr, options.c_str()));
    DiffusingField field(partition, comm, oxygen(), "lung_oxygen_");
    petsc::check(PetscOptionsClear(nullptr));
    field.solve_steady(scattered_cells(grid, partition.box(comm.rank())).reaction());
    return field;
}

class SolverChoices : public testing::TestWithParam<std::string>
{
};
} // namespace

TEST_P(SolverChoices, ReachTheSameSolutionOnAnyNumberOfRanks)
{
    const auto world = parallel::Communicator::world();
    const auto alone = parallel::Communicator::self();
    const auto partition = all_partitions(grid, world.size()).back();
    const auto exact = solved("-lung_oxygen_ksp_rtol 1e-12", mesh::Partition(grid, {1, 1, 1}), alone);
    const auto chosen = solved("-lung_oxygen_ksp_rtol 1e-8 " + GetParam(), partition, world);
    for_voxels(chosen.concentration().box(), [&](const mesh::Index3& v) {
        ASSERT_NEAR(chosen.concentration().at(v), exact.concentration().at(v), 38.0 * 1e-6);
    });
}

INSTANTIATE_TEST_SUITE_P(Petsc, SolverChoices,
                         testing::Values("-lung_oxygen_pc_type stencilmg", "-lung_oxygen_pc_type jacobi",
                                         "-lung_oxygen_pc_type gamg", "-lung_oxygen_pc_type hypre",
                                         "-lung_oxygen_pc_type bjacobi", "-lung_oxygen_pc_type asm",
                                         "-lung_oxygen_ksp_type gmres", "-lung_oxygen_ksp_type bcgs",
                                         "-lung_oxygen_ksp_type preonly -lung_oxygen_pc_type cholesky "
                                         "-lung_oxygen_pc_factor_mat_solver_type mumps"));

TEST(FieldErrors, ReachEveryRank)
{
    const auto world = parallel::Communicator::world();
    const auto partition = all_partitions(grid, world.size()).front();
    DiffusingField field(partition, world, oxygen(), "bone_oxygen_");
    Rates rates = scattered_cells(grid, partition.box(world.rank()));
    if (world.rank() == world.size() - 1) {
        rates.gain_per_min.back() = std::numeric_limits<double>::infinity();
    }
    EXPECT_THROW(field.solve_steady(rates.reaction()), NumericalError);
}

} // namespace paget::fields
