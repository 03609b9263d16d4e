#include "time_step.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace paget::fields
{
using namespace testing_fields;

TEST(TimeStep, GammaIsThatOfTheLStableScheme)
{
    EXPECT_DOUBLE_EQ(sdirk_gamma, 1.0 - 1.0 / std::sqrt(2.0));
    EXPECT_DOUBLE_EQ(sdirk_ratio, (1.0 - sdirk_gamma) / sdirk_gamma);
}

TEST(TimeStep, RelaxationCountsHeldWallsPerAxis)
{
    Substance substance = oxygen();
    const double half_wave = 1e5 * std::pow(std::numbers::pi / 1000.0, 2);
    EXPECT_NEAR(slowest_relaxation_per_min(substance, {{50, 50, 50}, 20.0}, 2.0), 2.1 + 3.0 * half_wave, 1e-12);
    EXPECT_NEAR(slowest_relaxation_per_min(substance, {{50, 50, 1}, 20.0}, 2.0), 2.1 + 2.0 * half_wave, 1e-12);
    substance.walls = {38.0, std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt};
    EXPECT_NEAR(slowest_relaxation_per_min(substance, {{50, 50, 50}, 20.0}, 0.0), 0.1 + 0.25 * half_wave, 1e-12);
}

TEST(TimeStep, AutomaticIsSteadyOnlyWhereDisturbancesDieOutWithinTheStep)
{
    Substance substance = oxygen();
    const mesh::Grid grid{{50, 50, 50}, 20.0};
    EXPECT_TRUE(takes_steady(substance, grid, 0.0, 6.0));
    EXPECT_FALSE(takes_steady(substance, grid, 0.0, 1.0));
    EXPECT_TRUE(takes_steady(substance, grid, 7.0, 1.0));
    substance.scheme = Scheme::implicit;
    EXPECT_FALSE(takes_steady(substance, grid, 7.0, 6.0));
    substance.scheme = Scheme::steady;
    EXPECT_TRUE(takes_steady(substance, grid, 0.0, 0.01));
}

} // namespace paget::fields
