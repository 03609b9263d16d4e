// V23 (Ichise et al. 2022): NK cells meet an arrested cell every 2 h; half of the encounters kill in the first 4 h,
// none after 24 h. Survival exp(-1) at 4 h, exp(-3.5) at 24 h, flat after.

#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{

// 2e4 cells, once in coupling steps of 6 min and once in steps that do not divide the day; 3 standard errors: a new
// seed fails one of six in 62.
TEST(NkSurvival, IsThatOfTheLungAssay)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.nk_encounters_per_min = 1.0 / 120.0;
    journey.nk_lethality = 0.5;
    constexpr int cells = 20000;
    constexpr Tick hour = 60 * ticks_per_minute;
    for (const Tick step : {6 * ticks_per_minute, 47 * ticks_per_minute + 31}) {
        Circulation blood(VascularGraph(cases::small_body(1.0), 0.001, 0.14), journey, world, {{0}, {0}},
                          RandomNumbers(50));
        blood.collect(cases::singles(1, cells));
        Tick now = 0;
        const auto survivors_at = [&](Tick end) {
            while (now < end) {
                const Tick length = std::min(step, end - now);
                blood.advance({now, length});
                now += length;
            }
            return static_cast<double>(blood.count().arrested_cells);
        };
        EXPECT_LT(std::fabs(cases::standard_errors(survivors_at(4 * hour), cells, std::exp(-1.0))), 3.0);
        const double after_a_day = survivors_at(24 * hour);
        EXPECT_LT(std::fabs(cases::standard_errors(after_a_day, cells, std::exp(-3.5))), 3.0);
        EXPECT_EQ(survivors_at(30 * hour), after_a_day);
    }
}

} // namespace paget::circulation
