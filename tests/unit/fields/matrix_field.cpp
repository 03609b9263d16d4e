#include "paget/fields/matrix_field.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
/// The slow twin: many small explicit midpoint steps.
double small_steps(double w, double degradation, double deposition, double minutes)
{
    constexpr int steps = 20000;
    const double dt = minutes / steps;
    const auto rate = [&](double x) { return -degradation * x + deposition * (1.0 - x); };
    for (int i = 0; i < steps; ++i) {
        w += dt * rate(w + 0.5 * dt * rate(w));
    }
    return w;
}
} // namespace

TEST(MatrixField, AdvancesExactly)
{
    const mesh::Grid grid{{4, 3, 2}, 20.0};
    const auto comm = parallel::Communicator::self();
    MatrixField matrix(mesh::Partition(grid, {1, 1, 1}), comm, 0.8);
    const auto degradation = values_on(grid.box(), [&](const auto& v) { return random_at(grid, v, 1); });
    matrix.advance(degradation, 0.3, 5.0);
    for_voxels(grid.box(), [&](const mesh::Index3& v) {
        EXPECT_NEAR(matrix.density().at(v), small_steps(0.8, degradation[grid.global_index(v)], 0.3, 5.0), 1e-8);
    });
}

// What is lost and not yet laid down again: the balance of the step.
TEST(MatrixField, LosesWhatIsMissingAndWhatWasLaidDownMeanwhile)
{
    const mesh::Grid grid{{4, 1, 1}, 20.0};
    const auto comm = parallel::Communicator::self();
    MatrixField matrix(mesh::Partition(grid, {1, 1, 1}), comm, 0.8);
    const std::vector<double> degradation{0.0, 1e-9, 0.2, 50.0};
    const std::vector<double> deposition{0.3, 0.0, 0.1, 0.7};
    const double minutes = 5.0;
    const std::vector<double> lost = matrix.loss(degradation, deposition, minutes);
    for (std::size_t v = 0; v < lost.size(); ++v) {
        constexpr int steps = 200000;
        double expected = 0.0;
        double w = 0.8;
        const double dt = minutes / steps;
        const auto rate = [&](double x) { return -degradation[v] * x + deposition[v] * (1.0 - x); };
        for (int i = 0; i < steps; ++i) {
            const double middle = w + 0.5 * dt * rate(w);
            expected += dt * degradation[v] * middle;
            w += dt * rate(middle);
        }
        EXPECT_NEAR(lost[v], expected, 1e-6 * expected);
    }
    EXPECT_EQ(lost[0], 0.0);
    EXPECT_NEAR(lost[1], 4e-9, 1e-16) << "exact where hardly anything is lost";
}

TEST(MatrixField, StaysWhereNothingActs)
{
    const mesh::Grid grid{{3, 1, 1}, 20.0};
    const auto comm = parallel::Communicator::self();
    MatrixField matrix(mesh::Partition(grid, {1, 1, 1}), comm, 0.7);
    matrix.advance(std::vector<double>(3, 0.0), 0.0, 1e6);
    EXPECT_EQ(matrix.density().owned(), std::vector<double>(3, 0.7));
}

TEST(MatrixField, StaysWithinZeroAndOne)
{
    const mesh::Grid grid{{3, 1, 1}, 20.0};
    const auto comm = parallel::Communicator::self();
    MatrixField matrix(mesh::Partition(grid, {1, 1, 1}), comm, 1.0);
    matrix.advance(std::vector<double>{0.0, 1e3, 1e-9}, 0.0, 100.0);
    EXPECT_EQ(matrix.density().at({0, 0, 0}), 1.0);
    EXPECT_EQ(matrix.density().at({1, 0, 0}), 0.0);
    matrix.advance(std::vector<double>{0.0, 0.0, 0.0}, 1e3, 100.0);
    EXPECT_EQ(matrix.density().at({1, 0, 0}), 1.0);
}

} // namespace paget::fields
