#include "range.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace paget::fields
{
namespace
{
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> rising(std::size_t count)
{
    std::vector<double> values(count);
    std::iota(values.begin(), values.end(), 1.0);
    return values;
}
} // namespace

TEST(RangeOfValues, ExtremesAreFoundAtEveryPlace)
{
    for (const std::size_t count : {1U, 7U, 16U, 32U, 53U}) {
        for (std::size_t place = 0; place < count; ++place) {
            std::vector<double> values = rising(count);
            values[place] = -5.0;
            EXPECT_EQ(range_of(values).least, -5.0);
            EXPECT_EQ(least_of(values), -5.0);
            values[place] = 500.0;
            EXPECT_EQ(range_of(values).largest, 500.0);
            EXPECT_TRUE(range_of(values).finite);
        }
    }
}

TEST(RangeOfValues, WhatIsNotFiniteIsFoundAtEveryPlace)
{
    for (const double bad : {nan, infinity, -infinity}) {
        for (std::size_t place = 0; place < 53; ++place) {
            std::vector<double> values = rising(53);
            values[place] = bad;
            EXPECT_FALSE(range_of(values).finite);
            EXPECT_EQ(least_of(values), -infinity);
        }
    }
}

TEST(RangeOfValues, NothingHasAnEmptyRange)
{
    EXPECT_GT(range_of({}).least, range_of({}).largest);
    EXPECT_TRUE(range_of({}).finite);
}

} // namespace paget::fields
