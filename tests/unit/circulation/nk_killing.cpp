#include "paget/circulation/nk_killing.hpp"

#include "paget/core/math.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
JourneyParameters ichise()
{
    JourneyParameters journey;
    journey.nk_encounters_per_min = 1.0 / 120.0;
    journey.nk_lethality = 0.5;
    return journey;
}

double lethality(const JourneyParameters& j, double t)
{
    return j.nk_lethality * ramp(t, j.nk_lethality_end_min, j.nk_lethality_plateau_min);
}

/// Slow twin: midpoint sums.
double summed_lethality(const JourneyParameters& j, double until, int pieces = 200000)
{
    double sum = 0.0;
    for (int i = 0; i < pieces; ++i) {
        sum += lethality(j, (i + 0.5) * until / pieces) * until / pieces;
    }
    return sum;
}
} // namespace

TEST(NkKilling, SurvivalAfterADayIsThatOfIchise)
{
    const JourneyParameters j = ichise();
    const auto survival = [&](double t) { return std::exp(-j.nk_encounters_per_min * lethality_integral_min(j, t)); };
    EXPECT_NEAR(survival(240.0), std::exp(-1.0), 1e-14);
    EXPECT_NEAR(survival(1440.0), std::exp(-3.5), 1e-14);
    EXPECT_EQ(survival(1440.0), survival(1e6)); // flat after a day
}

TEST(NkKilling, IntegralAgreesWithSums)
{
    JourneyParameters j = ichise();
    for (const double t : {0.0, 10.0, 240.0, 500.0, 1440.0, 2000.0}) {
        EXPECT_NEAR(lethality_integral_min(j, t), summed_lethality(j, t), 1e-3) << t;
    }
    j.nk_lethality_plateau_min = j.nk_lethality_end_min = 100.0; // a step instead of a ramp
    EXPECT_DOUBLE_EQ(lethality_integral_min(j, 300.0), 50.0);
}

TEST(NkKilling, DeathTimeInvertsTheIntegral)
{
    const JourneyParameters j = ichise();
    for (const double since : {0.0, 100.0, 239.0, 240.0, 700.0, 1400.0}) {
        for (const double until : {since + 1e-3, since + 50.0, since + 300.0}) {
            const double exposure =
                j.nk_encounters_per_min * (lethality_integral_min(j, until) - lethality_integral_min(j, since));
            const double found = nk_death_after_min(j, since, exposure);
            const bool harmless_at_the_end = until >= j.nk_lethality_end_min;
            EXPECT_TRUE(harmless_at_the_end || std::fabs(found - (until - since)) < 1e-6) << since << " " << until;
        }
    }
}

TEST(NkKilling, SomeCellsAreNeverKilled)
{
    const JourneyParameters j = ichise();
    EXPECT_TRUE(std::isfinite(nk_death_after_min(j, 0.0, 3.4999)));
    EXPECT_TRUE(std::isinf(nk_death_after_min(j, 0.0, 3.5001)));
    EXPECT_TRUE(std::isinf(nk_death_after_min(j, 1440.0, 1e-9)));
    EXPECT_TRUE(std::isinf(nk_death_after_min(JourneyParameters{}, 0.0, 0.1))); // no NK cells at all
    JourneyParameters step = j;
    step.nk_lethality_end_min = step.nk_lethality_plateau_min;
    EXPECT_TRUE(std::isinf(nk_death_after_min(step, 0.0, 1.001)));
    EXPECT_NEAR(nk_death_after_min(step, 0.0, 0.999), 239.76, 1e-9);
}

} // namespace paget::circulation
