#include "paget/core/superaccumulator.hpp"

#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace paget
{
namespace
{
double exact_sum(const std::vector<double>& values)
{
    SuperAccumulator sum;
    for (const double value : values) {
        sum.add(value);
    }
    return sum.round();
}

std::vector<double> wild_numbers()
{
    const RandomNumbers random(3);
    std::vector<double> values;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const auto u = random.uniforms(Purpose::test, i, 0);
        values.push_back(std::ldexp(u[0] - 0.5, static_cast<int>(400.0 * (u[1] - 0.5))));
    }
    return values;
}
} // namespace

TEST(SuperAccumulator, IsExactWhereDoublesAreNot)
{
    EXPECT_EQ(exact_sum({1e300, 1.0, -1e300}), 1.0);
    EXPECT_EQ(exact_sum({1.0, 1e-30, -1.0}), 1e-30);
    EXPECT_EQ(exact_sum({-5e-324, 0.0}), -5e-324);
    EXPECT_EQ(exact_sum({std::numeric_limits<double>::max(), -1.0}), std::numeric_limits<double>::max());
    EXPECT_EQ(exact_sum({}), 0.0);
}

TEST(SuperAccumulator, DoesNotDependOnOrderOrGrouping)
{
    auto values = wild_numbers();
    const double forward = exact_sum(values);
    std::reverse(values.begin(), values.end());
    EXPECT_EQ(std::bit_cast<std::uint64_t>(exact_sum(values)), std::bit_cast<std::uint64_t>(forward));
    SuperAccumulator left;
    SuperAccumulator right;
    for (std::size_t i = 0; i < values.size(); ++i) {
        (i % 3 == 0 ? left : right).add(values[i]);
    }
    left.add(right);
    EXPECT_EQ(left.round(), forward);
}

TEST(SuperAccumulator, CancelsToZeroAndKeepsSigns)
{
    auto values = wild_numbers();
    const auto count = values.size();
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(-values[i]);
    }
    EXPECT_EQ(exact_sum(values), 0.0);
    values.push_back(-3.25);
    EXPECT_EQ(exact_sum(values), -3.25);
}

TEST(SuperAccumulator, NonFiniteBecomesNan)
{
    EXPECT_TRUE(std::isnan(exact_sum({1.0, std::numeric_limits<double>::infinity()})));
}

} // namespace paget
