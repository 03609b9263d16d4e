// Steps in time by the estimated error (Scheme::automatic), against solutions that are exact on the grid.

#include "paget/fields/diffusing_field.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paget::fields
{
using namespace testing_fields;

namespace
{
constexpr double spacing_um = 20.0;

/// A closed box whose contents follow modes of the grid: cosines that fall at known rates.
class Modes
{
public:
    Modes(int voxels, double diffusivity) : grid_{{voxels, voxels, 2}, spacing_um}, diffusivity_(diffusivity) {}

    const mesh::Grid& grid() const { return grid_; }

    /// Rate at which half waves along x and y die out on the grid [1/min].
    double rate_per_min(int waves) const
    {
        const double k = diffusivity_ / spacing_um / spacing_um;
        return 2.0 * k * (2.0 - 2.0 * std::cos(std::numbers::pi * waves / grid_.voxels[0]));
    }

    std::vector<double> at(double minutes) const
    {
        return values_on(grid_.box(), [&](const mesh::Index3& v) {
            double u = 4.0;
            for (const int waves : {1, 2, 5}) {
                u += std::cos(std::numbers::pi * waves * (v[0] + 0.5) / grid_.voxels[0]) *
                     std::cos(std::numbers::pi * waves * (v[1] + 0.5) / grid_.voxels[1]) *
                     std::exp(-rate_per_min(waves) * minutes);
            }
            return u;
        });
    }

    Substance substance(double time_tolerance) const
    {
        Substance substance = oxygen();
        substance.walls = {};
        substance.decay_per_min = 0.0;
        substance.diffusivity_um2_per_min = diffusivity_;
        substance.time_tolerance = time_tolerance;
        return substance;
    }

private:
    mesh::Grid grid_;
    double diffusivity_;
};

struct Outcome {
    SolveReport report;
    double error = 0.0; ///< relative to the largest value
};

Outcome advanced(const Modes& modes, double time_tolerance, double minutes)
{
    const auto comm = parallel::Communicator::self();
    DiffusingField field(mesh::Partition(modes.grid(), {1, 1, 1}), comm, modes.substance(time_tolerance), "lung_il6_");
    field.assign(modes.at(0.0));
    const std::vector<double> none(static_cast<std::size_t>(modes.grid().voxel_count()), 0.0);
    Outcome outcome{field.advance({none, none}, minutes)};
    const auto exact = modes.at(minutes);
    const auto found = field.concentration().owned();
    for (std::size_t i = 0; i < exact.size(); ++i) {
        outcome.error = std::max(outcome.error, std::fabs(found[i] - exact[i]) / 7.0);
    }
    return outcome;
}
} // namespace

TEST(ControlledSteps, KeepTheirToleranceAndKnowTheirErrorWhateverTheRate)
{
    for (const double tolerance : {1e-2, 1e-3, 1e-4}) {
        for (const double diffusivity : {1.0, 10.0, 100.0, 1e3, 1e4, 1e5}) {
            const Modes modes(12, diffusivity);
            const Outcome outcome = advanced(modes, tolerance, 1.0);
            EXPECT_FALSE(outcome.report.steady);
            EXPECT_LE(outcome.error, tolerance) << diffusivity;
            EXPECT_LE(outcome.report.time_error, tolerance) << diffusivity;
            EXPECT_LE(outcome.error, 1.2 * outcome.report.time_error + 0.02 * tolerance) << diffusivity;
        }
    }
}

TEST(ControlledSteps, OneStepOfBackwardEulerIsEnoughWhereLittleChanges)
{
    const Outcome slow = advanced(Modes(12, 1.0), 1e-2, 1.0);
    EXPECT_EQ(slow.report.steps, 1);
    EXPECT_EQ(slow.report.solves, 1);
}

TEST(ControlledSteps, AreThirdOrderInTheirLength)
{
    const Modes modes(12, 300.0);
    const Outcome loose = advanced(modes, 1e-3, 1.0);
    const Outcome tight = advanced(modes, 1e-6, 1.0);
    EXPECT_GT(loose.report.steps, 1);
    // With a local order of three, a thousandth of the error needs 10 times as many steps if each step may make it, and
    // 32 times as many if all of them together may.
    const double more = static_cast<double>(tight.report.steps) / loose.report.steps;
    EXPECT_GT(more, 4.0);
    EXPECT_LT(more, 35.0);
    EXPECT_LT(tight.error, 1e-2 * loose.error);
}

namespace
{
/// A cytokine from a few cells into empty tissue.
std::vector<double> cold_start(Scheme scheme, int steps, double minutes, SolveReport& report)
{
    const mesh::Grid grid{{12, 11, 10}, spacing_um};
    const auto comm = parallel::Communicator::self();
    Substance substance = oxygen();
    substance.walls = {};
    substance.initial = 0.0;
    substance.diffusivity_um2_per_min = 3000.0;
    substance.scheme = scheme;
    DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_il6_");
    const auto rates = scattered_cells(grid, grid.box());
    const std::vector<double> none(rates.gain_per_min.size(), 0.0);
    for (int step = 0; step < steps; ++step) {
        report = field.advance({none, rates.gain_per_min}, minutes / steps);
    }
    return field.concentration().owned();
}
} // namespace

TEST(ControlledSteps, DoNotStartACytokineWithOneStepOfBackwardEuler)
{
    SolveReport report;
    const auto exact = cold_start(Scheme::implicit, 400, 4.0, report);
    const auto found = cold_start(Scheme::automatic, 1, 4.0, report);
    EXPECT_GT(report.steps, 2);
    const double largest = *std::max_element(exact.begin(), exact.end());
    for (std::size_t i = 0; i < exact.size(); ++i) {
        EXPECT_NEAR(found[i], exact[i], 1e-3 * largest);
    }
}

TEST(ControlledSteps, NeverGoBelowZero)
{
    for (const double diffusivity : {1.0, 100.0, 1e4}) {
        const mesh::Grid grid{{9, 9, 3}, spacing_um};
        const auto comm = parallel::Communicator::self();
        Substance substance = Modes(9, diffusivity).substance(1e-3);
        DiffusingField field(mesh::Partition(grid, {1, 1, 1}), comm, substance, "lung_il6_");
        field.assign(values_on(grid.box(), [&](const auto& v) { return random_at(grid, v, 3) < 0.1 ? 1.0 : 0.0; }));
        const auto loss =
            values_on(grid.box(), [&](const auto& v) { return random_at(grid, v, 4) < 0.1 ? 50.0 : 0.0; });
        const std::vector<double> none(loss.size(), 0.0);
        for (int step = 0; step < 3; ++step) {
            field.advance({loss, none}, 0.3);
            for (const double u : field.concentration().owned()) {
                ASSERT_GE(u, 0.0);
            }
        }
    }
}

} // namespace paget::fields
