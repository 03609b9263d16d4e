#include "paget/fields/diffusing_field.hpp"

#include "dense_twin.hpp"
#include "support/field_case.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
class DiffusingFieldOn : public testing::TestWithParam<mesh::Index3>
{
protected:
    DiffusingField field(const Substance& substance) const
    {
        return {mesh::Partition(grid_, {1, 1, 1}), comm_, substance, "lung_oxygen_"};
    }

    const mesh::Grid grid_{GetParam(), 20.0};
    const parallel::Communicator comm_ = parallel::Communicator::self();
    const Rates rates_ = scattered_cells(grid_, grid_.box());
};

void expect_near(const std::vector<double>& actual, const std::vector<double>& expected, double tolerance)
{
    ASSERT_EQ(actual.size(), expected.size());
    const double largest = *std::max_element(expected.begin(), expected.end());
    for (std::size_t i = 0; i < actual.size(); ++i) {
        EXPECT_NEAR(actual[i], expected[i], tolerance * largest) << i;
    }
}

/// The tolerance bounds the error of every voxel, relative to the largest value; with two stages, twice that.
constexpr double largest_error = 2e-6;

/// SDIRK2 with the dense matrix, stage by stage as in the textbook.
std::vector<double> dense_sdirk(const mesh::Grid& grid, const Substance& substance, const Reaction& reaction,
                                const std::vector<double>& u, double minutes)
{
    const double gamma = 1.0 - 1.0 / std::sqrt(2.0);
    const double shift = 1.0 / (gamma * minutes);
    const DenseTwin twin(grid, substance, reaction, shift);
    std::vector<double> rhs = twin.rhs();
    std::vector<double> slope(u.size());
    for (std::size_t i = 0; i < u.size(); ++i) {
        rhs[i] += shift * u[i];
    }
    const auto first = twin.solve(rhs);
    rhs = twin.rhs();
    for (std::size_t i = 0; i < u.size(); ++i) {
        slope[i] = shift * (first[i] - u[i]);
        rhs[i] += shift * (u[i] + (1.0 - gamma) * minutes * slope[i]);
    }
    return twin.solve(rhs);
}
} // namespace

TEST_P(DiffusingFieldOn, SteadyStateIsTheDenseSolution)
{
    auto oxygen_field = field(oxygen());
    const SolveReport report = oxygen_field.solve_steady(rates_.reaction());
    EXPECT_TRUE(report.steady);
    EXPECT_LE(report.relative_residual, 1e-6);
    EXPECT_LE(report.iterations, 12);
    expect_near(oxygen_field.concentration().owned(), DenseTwin(grid_, oxygen(), rates_.reaction(), 0.0).solve(),
                largest_error);
}

TEST_P(DiffusingFieldOn, ImplicitStepIsTheDenseOne)
{
    Substance substance = oxygen();
    substance.scheme = Scheme::implicit;
    substance.walls = {};
    substance.diffusivity_um2_per_min = 3000.0;
    auto cytokine = field(substance);
    const auto before = values_on(grid_.box(), [&](const auto& v) { return 5.0 + random_at(grid_, v, 7); });
    cytokine.assign(before);
    const SolveReport report = cytokine.advance(rates_.reaction(), 0.05);
    EXPECT_FALSE(report.steady);
    EXPECT_EQ(report.solves, 2);
    expect_near(cytokine.concentration().owned(), dense_sdirk(grid_, substance, rates_.reaction(), before, 0.05),
                largest_error);
}

TEST_P(DiffusingFieldOn, WarmStartOnlyNeedsToSeeThatItIsDone)
{
    auto oxygen_field = field(oxygen());
    oxygen_field.solve_steady(rates_.reaction());
    const auto before = oxygen_field.concentration().owned();
    EXPECT_LE(oxygen_field.solve_steady(rates_.reaction()).iterations, 1);
    expect_near(oxygen_field.concentration().owned(), before, oxygen().tolerance);
}

TEST_P(DiffusingFieldOn, NothingSuppliedIsExactlyZero)
{
    Substance substance = oxygen();
    substance.walls = {};
    substance.initial = 0.0;
    for (const Scheme scheme : {Scheme::steady, Scheme::implicit}) {
        substance.scheme = scheme;
        auto empty = field(substance);
        const std::vector<double> none(rates_.gain_per_min.size(), 0.0);
        EXPECT_EQ(empty.advance({rates_.loss_per_min, none}, 6.0).iterations, 0);
        EXPECT_EQ(empty.concentration().owned(), none);
    }
}

TEST_P(DiffusingFieldOn, HeldVoxelsReachTheirValueAndTheRestFollows)
{
    const double held = 1e8 * 250.0;
    Rates rates = rates_;
    for_voxels(grid_.box(), [&](const mesh::Index3& v) {
        if (random_at(grid_, v, 21) < 0.1) {
            rates.loss_per_min[grid_.global_index(v)] = held;
            rates.gain_per_min[grid_.global_index(v)] = held * 38.0;
        }
    });
    Substance substance = oxygen();
    substance.walls = {};
    auto oxygen_field = field(substance);
    const SolveReport report = oxygen_field.solve_steady(rates.reaction());
    EXPECT_LE(report.iterations, 25);
    expect_near(oxygen_field.concentration().owned(), DenseTwin(grid_, substance, rates.reaction(), 0.0).solve(), 1e-5);
}

TEST_P(DiffusingFieldOn, WorksWithoutDiffusion)
{
    Substance substance = oxygen();
    substance.diffusivity_um2_per_min = 0.0;
    substance.walls = {};
    auto still = field(substance);
    still.solve_steady(rates_.reaction());
    std::vector<double> expected;
    for (std::size_t i = 0; i < rates_.gain_per_min.size(); ++i) {
        expected.push_back(rates_.gain_per_min[i] / (0.1 + rates_.loss_per_min[i]));
    }
    const double largest = *std::max_element(expected.begin(), expected.end());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_NEAR(still.concentration().owned()[i], expected[i], 1e-6 * largest + 1e-12);
    }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DiffusingFieldOn,
                         testing::Values(mesh::Index3{7, 6, 5}, mesh::Index3{15, 14, 1}, mesh::Index3{90, 1, 1},
                                         mesh::Index3{1, 1, 1}));

TEST(DiffusingField, NearlySingularProblemsConverge)
{
    const mesh::Grid grid{{20, 19, 9}, 20.0};
    const auto comm = parallel::Communicator::self();
    Substance substance = oxygen();
    substance.walls = {};
    substance.decay_per_min = 1e-6;
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_vegf_");
    const auto rates = scattered_cells(grid, grid.box());
    const std::vector<double> none(rates.gain_per_min.size(), 0.0);
    EXPECT_LE(field.solve_steady({none, rates.gain_per_min}).iterations, 12);
    double supplied = 0.0;
    double removed = 0.0;
    for_voxels(grid.box(), [&](const mesh::Index3& v) {
        supplied += rates.gain_per_min[grid.global_index(v)];
        removed += 1e-6 * field.concentration().at(v);
    });
    EXPECT_NEAR(removed, supplied, 1e-5 * supplied);
}

namespace
{
/// A step that SDIRK2 takes below zero: everything is gone from the middle voxel within the step.
void expect_positive_after_sudden_loss(double diffusivity)
{
    const mesh::Grid grid{{9, 9, 1}, 20.0};
    const auto comm = parallel::Communicator::self();
    Substance substance = oxygen();
    substance.walls = {};
    substance.diffusivity_um2_per_min = diffusivity;
    substance.scheme = Scheme::implicit;
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_oxygen_");
    std::vector<double> loss(81, 0.0);
    loss[40] = 5.0;
    const SolveReport report = field.advance({loss, std::vector<double>(81, 0.0)}, 1.0);
    EXPECT_EQ(report.solves, 4) << "two stages, then two steps of backward Euler";
    for (const double u : field.concentration().owned()) {
        EXPECT_GT(u, 0.0);
    }
}
} // namespace

TEST(DiffusingField, StaysPositiveWhereSdirkUndershoots)
{
    expect_positive_after_sudden_loss(0.0);
    expect_positive_after_sudden_loss(1.0);
}

TEST(DiffusingField, SlowChangesAreNotLostBelowTheTolerance)
{
    const mesh::Grid grid{{8, 8, 8}, 20.0};
    const auto comm = parallel::Communicator::self();
    Substance substance = oxygen();
    substance.walls = {};
    substance.decay_per_min = 1e-5; // a change of 1e-7 in a step, below the tolerance of 1e-6
    substance.scheme = Scheme::implicit;
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_il6_");
    const std::vector<double> none(512, 0.0);
    for (int step = 0; step < 100; ++step) {
        field.advance({none, none}, 0.01);
    }
    const double change = 38.0 * 1e-5;
    EXPECT_NEAR(field.concentration().at({3, 3, 3}), 38.0 * std::exp(-1e-5), 1e-3 * change);
}

TEST(DiffusingField, SaysThatThereIsNoSteadyState)
{
    const mesh::Grid grid{{8, 8, 8}, 20.0};
    const auto comm = parallel::Communicator::self();
    Substance substance = oxygen();
    substance.walls = {};
    substance.decay_per_min = 0.0;
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "bone_vegf_");
    const std::vector<double> none(512, 0.0);
    const std::vector<double> some(512, 1.0);
    EXPECT_THAT(
        [&] {
            field.solve_steady({none, some});
        },
        testing::ThrowsMessage<NumericalError>(testing::HasSubstr("bone_vegf_")));
    EXPECT_EQ(field.advance({none, some}, 1.0).steady, false) << "automatic goes implicit";
    EXPECT_NEAR(field.concentration().at({1, 2, 3}), 39.0, 1e-3) << "far below the time tolerance";
}

TEST(DiffusingField, RefusesRatesThatMakeNoSense)
{
    const mesh::Grid grid{{8, 8, 8}, 20.0};
    const auto comm = parallel::Communicator::self();
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, oxygen(), "bone_oxygen_");
    std::vector<double> loss(512, 0.0);
    std::vector<double> gain(512, 0.0);
    loss[100] = -1.0;
    EXPECT_THROW(field.solve_steady({loss, gain}), NumericalError);
    loss[100] = std::numeric_limits<double>::quiet_NaN();
    EXPECT_THROW(field.solve_steady({loss, gain}), NumericalError);
    loss[100] = 0.0;
    gain[7] = std::numeric_limits<double>::infinity();
    EXPECT_THROW(field.advance({loss, gain}, 6.0), NumericalError);
    EXPECT_THROW(field.solve_steady({{loss.data(), 511}, gain}), BugError);
}

} // namespace paget::fields
