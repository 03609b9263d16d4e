#include "fixed_point_steps.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::organ
{
namespace
{
/// A slow linear map: its error falls by 2 % only each time it is applied.
std::vector<double> slow(const std::vector<double>& x)
{
    std::vector<double> image(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double rate = 0.98 - 0.3 * static_cast<double>(i % 4);
        image[i] = 1.0 + static_cast<double>(i) + rate * (x[i] - 1.0 - static_cast<double>(i));
    }
    return image;
}

double distance(const std::vector<double>& x, const std::vector<double>& y)
{
    double most = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        most = std::max(most, std::fabs(x[i] - y[i]));
    }
    return most;
}
} // namespace

TEST(FixedPointSteps, FindTheFixedPointOfALinearMapInAsManyStepsAsItHasRates)
{
    FixedPointSteps steps(8);
    std::vector<double> x(40, 0.0);
    for (int i = 0; i < 5; ++i) {
        x = steps.next(x, slow(x));
    }
    EXPECT_LT(distance(x, slow(x)), 1e-8);
    EXPECT_NEAR(x[7], 8.0, 1e-6);
}

TEST(FixedPointSteps, StayWhereTheyHaveArrived)
{
    FixedPointSteps steps(3);
    const std::vector<double> x{1.0, 2.0, 3.0};
    EXPECT_EQ(steps.next(x, x), x);
    EXPECT_EQ(steps.next(x, x), x); // the difference of nothing is no direction
}

TEST(FixedPointSteps, SolveACurvedMapToo)
{
    FixedPointSteps steps(5);
    std::vector<double> x{0.5, 0.9};
    for (int i = 0; i < 12; ++i) {
        x = steps.next(x, {std::cos(x[1]), std::cos(x[0])});
    }
    EXPECT_NEAR(x[0], 0.7390851332151607, 1e-12);
}

} // namespace paget::organ
