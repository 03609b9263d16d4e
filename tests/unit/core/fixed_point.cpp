#include "paget/core/fixed_point.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

namespace paget
{

TEST(FixedPoint, KeepsMultiplesOfItsQuantum)
{
    for (const double x : {0.0, 1.0, -1.0, 0.5, 0x1p-32, -0x1p-32, 123456.0 + 0x1p-20, -2147482999.0}) {
        EXPECT_EQ(fixed_point::to_double(fixed_point::from_double(x)), x);
    }
}

TEST(FixedPoint, RoundsToTheNearest)
{
    const double quantum = 0x1p-32;
    EXPECT_EQ(fixed_point::from_double(0.49 * quantum), 0);
    EXPECT_EQ(fixed_point::from_double(0.51 * quantum), 1);
    EXPECT_EQ(fixed_point::from_double(-0.51 * quantum), -1);
    EXPECT_EQ(fixed_point::from_double(0.5 * quantum), 0); // ties to even, so that signs do not matter
    EXPECT_EQ(fixed_point::from_double(1.5 * quantum), 2);
    EXPECT_EQ(fixed_point::from_double(-1.5 * quantum), -2);
}

TEST(FixedPoint, TakesNumbersUpToItsLimit)
{
    const double below = std::nextafter(fixed_point::largest, 0.0);
    EXPECT_GT(fixed_point::from_double(below), 0);
    EXPECT_LT(fixed_point::from_double(-below), 0);
    EXPECT_NEAR(fixed_point::to_double(fixed_point::from_double(below)), below, 1e-6);
}

TEST(FixedPoint, RefusesWhatCannotBeSummed)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    for (const double x : {fixed_point::largest, -fixed_point::largest, 1e300, infinity, -infinity,
                           std::numeric_limits<double>::quiet_NaN()}) {
        EXPECT_THROW(fixed_point::from_double(x), BugError) << x;
    }
}

TEST(FixedPoint, SumsDoNotDependOnTheOrder)
{
    std::mt19937_64 engine(1);
    std::uniform_real_distribution<double> numbers(-1000.0, 1000.0);
    std::vector<double> values(1000);
    for (double& value : values) {
        value = numbers(engine);
    }
    std::int64_t forth = 0;
    std::int64_t back = 0;
    long double exact = 0.0L;
    for (std::size_t i = 0; i < values.size(); ++i) {
        forth += fixed_point::from_double(values[i]);
        back += fixed_point::from_double(values[values.size() - 1 - i]);
        exact += static_cast<long double>(values[i]);
    }
    EXPECT_EQ(forth, back);
    EXPECT_NEAR(fixed_point::to_double(forth), static_cast<double>(exact), 1000 * 0x1p-33);
}

} // namespace paget
