#include "paget/core/math.hpp"
#include "paget/core/whole_power.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace paget
{

TEST(PortableMath, ExpAgreesWithTheLibrary)
{
    for (double x = -700.0; x < 700.0; x += 0.7371) {
        EXPECT_NEAR(portable_exp(x) / std::exp(x), 1.0, 4e-16) << x;
    }
    EXPECT_EQ(portable_exp(0.0), 1.0);
    EXPECT_EQ(portable_exp(-1e4), 0.0);
    EXPECT_TRUE(std::isinf(portable_exp(1e4)));
}

TEST(PortableMath, LogAgreesWithTheLibrary)
{
    for (double x = 1e-300; x < 1e300; x *= 3.7) {
        EXPECT_NEAR(portable_log(x), std::log(x), 3e-16 * std::fabs(std::log(x))) << x;
    }
    for (double x = 0.5; x < 2.0; x += 0.00137) {
        EXPECT_NEAR(portable_log(x), std::log(x), 2.3e-16) << x;
    }
    EXPECT_EQ(portable_log(1.0), 0.0);
    EXPECT_TRUE(std::isnan(portable_log(-1.0)));
}

TEST(PortableMath, EventProbabilityKeepsRareEvents)
{
    EXPECT_DOUBLE_EQ(event_probability(1e-18, 1.0), 1e-18);
    EXPECT_DOUBLE_EQ(event_probability(0.1, 3.0), -std::expm1(-0.3));
    EXPECT_DOUBLE_EQ(event_probability(2.0, 3.0), -std::expm1(-6.0));
    EXPECT_EQ(event_probability(0.0, 3.0), 0.0);
}

TEST(PortableMath, HillIsHalfAtItsHalfPoint)
{
    EXPECT_DOUBLE_EQ(hill(0.1, 0.1, 2.0), 0.5);
    EXPECT_DOUBLE_EQ(hill(0.3, 0.1, 2.0), 0.9);
    EXPECT_EQ(hill(0.0, 0.1, 2.0), 0.0);
    EXPECT_EQ(hill(1e200, 1e-200, 2.0), 1.0);
}

TEST(PortableMath, RampIsLinearBetweenItsEnds)
{
    EXPECT_DOUBLE_EQ(ramp(10.0, 5.0, 15.0), 0.5);
    EXPECT_EQ(ramp(1.0, 5.0, 15.0), 0.0);
    EXPECT_EQ(ramp(20.0, 5.0, 15.0), 1.0);
    EXPECT_DOUBLE_EQ(ramp(3.0, 5.0, 2.5), 0.8); // falling
}

TEST(WholePower, IsTheProduct)
{
    for (const double x : {0.0, 1.0, -1.5, 3.7, 1e-3}) {
        double product = 1.0;
        for (unsigned n = 0; n <= 20; ++n) {
            EXPECT_NEAR(whole_power(x, n), product, 1e-14 * std::abs(product)) << x << " " << n;
            product *= x;
        }
    }
    EXPECT_EQ(whole_power(1.1, 3), 1.1 * 1.1 * 1.1); // up to the third the bits are those of any order
    static_assert(whole_power(2.0, 10) == 1024.0);
}

} // namespace paget
