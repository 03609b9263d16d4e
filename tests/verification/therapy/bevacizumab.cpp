// V29: bevacizumab as one compartment of clearance 0.207 L/day (Lu et al. 2008) and a half-life of 20 days, hence
// 5.97 L. Published: trough 80.3 ug/mL on day 84 at 5 mg/kg every two weeks (10th to 90th percentile 45 to 128),
// accumulation 2.8 at 10 mg/kg every two weeks (clinical pharmacology of Zirabev).

#include "paget/therapy/therapy.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::therapy
{
namespace
{
constexpr Tick day = 1440 * ticks_per_minute;
constexpr double volume_l = 0.207 * 20.0 / 0.69314718055994530942;

Drug bevacizumab(double mg_per_kg, int doses, double infusion_min)
{
    Drug drug;
    drug.name = "bevacizumab";
    drug.dose_mg = 70.0 * mg_per_kg;
    drug.interval_min = 14.0 * minutes_per_day;
    drug.doses = doses;
    drug.infusion_min = infusion_min;
    drug.volume_l = volume_l;
    drug.clearance_l_per_min = 0.207 / minutes_per_day;
    return drug;
}

double concentration_on(Therapy& therapy, Tick from, Tick to)
{
    for (Tick now = from; now < to; now += day / 4) {
        therapy.advance({now, std::min(day / 4, to - now)});
    }
    return therapy.concentrations()[0];
}
} // namespace

TEST(Bevacizumab, HalfLife)
{
    Therapy therapy({bevacizumab(5.0, 1, 30.0)});
    const double early = concentration_on(therapy, 0, day);
    const double late = concentration_on(therapy, day, 21 * day);
    EXPECT_NEAR(late / early, 0.5, 1e-12);
}

TEST(Bevacizumab, TroughOfDay84)
{
    Therapy therapy({bevacizumab(5.0, 6, 90.0)});
    const double trough = concentration_on(therapy, 0, 84 * day);
    EXPECT_NEAR(trough, 80.3, 0.15 * 80.3);
}

// Short infusions at steady state: troughs are 1/(1 - exp(-k tau)) of the first one, exactly.
TEST(Bevacizumab, Accumulation)
{
    Therapy therapy({bevacizumab(10.0, 60, 90.0)});
    const double first = concentration_on(therapy, 0, 14 * day);
    const double steady = concentration_on(therapy, 14 * day, 60 * 14 * day);
    const double exact = 1.0 / (1.0 - std::exp2(-14.0 / 20.0));
    EXPECT_NEAR(steady / first, exact, 1e-9);
    EXPECT_NEAR(steady / first, 2.8, 0.15 * 2.8);
}

} // namespace paget::therapy
