// Michaelis-Menten uptake.

#include "paget/fields/diffusing_field.hpp"

#include "support/field_case.hpp"

#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
const mesh::Grid single{{1, 1, 1}, 20.0};

Substance closed(double half_saturation, Scheme scheme)
{
    Substance substance = oxygen();
    substance.walls = {};
    substance.decay_per_min = 0.2;
    substance.half_saturation = half_saturation;
    substance.scheme = scheme;
    return substance;
}

/// du/dt of a single voxel.
double rate(double u, double s, double half, double gain) { return gain - 0.2 * u - s * u / (1.0 + u / half); }

/// Runge and Kutta's method with very short steps.
double integrated(double u, double s, double half, double gain, double minutes)
{
    constexpr int steps = 20'000;
    const double h = minutes / steps;
    for (int step = 0; step < steps; ++step) {
        const double a = rate(u, s, half, gain);
        const double b = rate(u + 0.5 * h * a, s, half, gain);
        const double c = rate(u + 0.5 * h * b, s, half, gain);
        const double d = rate(u + h * c, s, half, gain);
        u += h / 6.0 * (a + 2.0 * b + 2.0 * c + d);
    }
    return u;
}
} // namespace

TEST(SaturatingLoss, SteadyStateOfASingleVoxelIsTheRootOfAQuadratic)
{
    const auto comm = parallel::Communicator::self();
    for (const double half : {0.01, 2.0, 1e4}) {
        for (const double s : {0.5, 10.0, 1e4}) {
            for (const double gain : {0.01, 5.0, 500.0}) {
                DiffusingField field(mesh::Partition(single, {1, 1, 1}), comm, closed(half, Scheme::steady), "a_o_");
                const std::vector<double> none{0.0};
                const std::vector<double> supply{gain};
                const std::vector<double> uptake{s};
                field.solve_steady({none, supply, uptake});
                // decay u^2 / K + (decay + s - gain / K) u - gain = 0
                const double b = 0.2 + s - gain / half;
                const double a = 0.2 / half;
                const double root = std::sqrt(b * b + 4.0 * a * gain);
                const double exact = b > 0.0 ? 2.0 * gain / (b + root) : (root - b) / (2.0 * a);
                EXPECT_NEAR(field.concentration().at({0, 0, 0}), exact, 2e-6 * exact)
                    << half << ' ' << s << ' ' << gain;
            }
        }
    }
}

TEST(SaturatingLoss, ImplicitStepsAreOfSecondOrderAndControlledOnesKeepTheirTolerance)
{
    const auto comm = parallel::Communicator::self();
    const std::vector<double> none{0.0};
    const std::vector<double> supply{3.0};
    const std::vector<double> uptake{4.0};
    const double exact = integrated(38.0, 4.0, 2.0, 3.0, 4.0);
    std::vector<double> errors;
    for (const int steps : {8, 16, 32}) {
        DiffusingField field(mesh::Partition(single, {1, 1, 1}), comm, closed(2.0, Scheme::implicit), "a_o_");
        for (int step = 0; step < steps; ++step) {
            field.advance({none, supply, uptake}, 4.0 / steps);
        }
        errors.push_back(std::fabs(field.concentration().at({0, 0, 0}) - exact));
    }
    EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2.0, 0.3);
    EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.3);
    DiffusingField controlled(mesh::Partition(single, {1, 1, 1}), comm, closed(2.0, Scheme::automatic), "a_o_");
    const SolveReport report = controlled.advance({none, supply, uptake}, 4.0);
    EXPECT_NEAR(controlled.concentration().at({0, 0, 0}), exact, 1e-3 * 38.0);
    EXPECT_GT(report.steps, 1);
}

TEST(SaturatingLoss, WithAHugeHalfSaturationIsFirstOrder)
{
    const mesh::Grid grid{{11, 9, 6}, 20.0};
    const auto comm = parallel::Communicator::self();
    const auto rates = scattered_cells(grid, grid.box());
    const std::vector<double> none(rates.gain_per_min.size(), 0.0);
    for (const Scheme scheme : {Scheme::steady, Scheme::implicit}) {
        Substance substance = oxygen();
        substance.scheme = scheme;
        DiffusingField linear(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_oxygen_");
        substance.half_saturation = 1e12;
        DiffusingField saturating(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_oxygen_");
        linear.advance(rates.reaction(), 0.1);
        saturating.advance({none, rates.gain_per_min, rates.loss_per_min}, 0.1);
        for (std::size_t i = 0; i < none.size(); ++i) {
            EXPECT_NEAR(saturating.concentration().owned()[i], linear.concentration().owned()[i], 1e-4);
        }
    }
}

TEST(SaturatingLoss, StaysPositiveWhereAllIsEatenUp)
{
    const mesh::Grid grid{{20, 8, 4}, 20.0};
    const auto comm = parallel::Communicator::self();
    const auto voxels = static_cast<std::size_t>(grid.voxel_count());
    const std::vector<double> none(voxels, 0.0);
    const std::vector<double> uptake(voxels, 1e5);
    for (const Scheme scheme : {Scheme::steady, Scheme::implicit, Scheme::automatic}) {
        Substance substance = oxygen();
        substance.scheme = scheme;
        substance.half_saturation = 0.05;
        DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_oxygen_");
        for (int step = 0; step < 2; ++step) {
            field.advance({none, none, uptake}, 0.5);
            for (const double u : field.concentration().owned()) {
                ASSERT_GE(u, 0.0);
                ASSERT_LE(u, 38.0 * (1.0 + 1e-6));
            }
        }
    }
}

TEST(SaturatingLoss, IsRefusedWhereItMakesNoSense)
{
    const auto comm = parallel::Communicator::self();
    const std::vector<double> one{1.0};
    const std::vector<double> negative{-1.0};
    DiffusingField field(mesh::Partition(single, {1, 1, 1}), comm, closed(1.0, Scheme::steady), "a_o_");
    EXPECT_THROW(field.solve_steady({one, one, negative}), NumericalError);
    DiffusingField without(mesh::Partition(single, {1, 1, 1}), comm, closed(0.0, Scheme::steady), "a_o_");
    EXPECT_THROW(without.solve_steady({one, one, one}), BugError);
}

} // namespace paget::fields
