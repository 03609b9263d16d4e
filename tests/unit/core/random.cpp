#include "paget/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget
{

TEST(RandomNumbers, DependOnEveryPartOfTheKey)
{
    const RandomNumbers random(7);
    const double u = random.uniform(Purpose::cycle, 1, 2, 3);
    EXPECT_EQ(u, RandomNumbers(7).uniform(Purpose::cycle, 1, 2, 3));
    EXPECT_NE(u, RandomNumbers(8).uniform(Purpose::cycle, 1, 2, 3));
    EXPECT_NE(u, random.uniform(Purpose::apoptosis, 1, 2, 3));
    EXPECT_NE(u, random.uniform(Purpose::cycle, 2, 2, 3));
    EXPECT_NE(u, random.uniform(Purpose::cycle, 1, 3, 3));
    EXPECT_NE(u, random.uniform(Purpose::cycle, 1, 2, 4));
}

// 10 bins, 1e5 numbers: chi-square with 9 degrees of freedom above 33.7 has probability 1e-4 (the seed is fixed).
TEST(RandomNumbers, AreUniform)
{
    const RandomNumbers random(1);
    std::array<double, 10> bins{};
    for (std::uint64_t i = 0; i < 100000; ++i) {
        bins[static_cast<std::size_t>(10.0 * random.uniform(Purpose::test, i, 5))] += 1.0;
    }
    double chi2 = 0.0;
    for (const double count : bins) {
        chi2 += (count - 1e4) * (count - 1e4) / 1e4;
    }
    EXPECT_LT(chi2, 33.7);
}

// 1e5 numbers: the mean has a s.d. of 0.0032, the variance of 0.0045, the fourth moment of 0.031; 5 s.d. each is 6e-7.
TEST(RandomNumbers, AreNormal)
{
    const RandomNumbers random(3);
    double mean = 0.0;
    double square = 0.0;
    double fourth = 0.0;
    double within = 0.0;
    for (std::uint64_t i = 0; i < 100000; ++i) {
        const double z = random.normal(Purpose::test, i, 7);
        mean += 1e-5 * z;
        square += 1e-5 * z * z;
        fourth += 1e-5 * z * z * z * z;
        within += std::fabs(z) < 1.0 ? 1e-5 : 0.0;
    }
    EXPECT_NEAR(mean, 0.0, 5.0 * 0.0032);
    EXPECT_NEAR(square, 1.0, 5.0 * 0.0045);
    EXPECT_NEAR(fourth, 3.0, 5.0 * 0.031);
    EXPECT_NEAR(within, 0.682689, 5.0 * 0.0015);
}

// Mean of each component over 1e5 directions: s.d. 1/sqrt(3e5) in 3-D, 1/sqrt(2e5) in 2-D; 5 s.d. is 6e-7 each.
TEST(RandomNumbers, DirectionsAreUnitAndIsotropic)
{
    const RandomNumbers random(2);
    for (const bool planar : {false, true}) {
        Vec3 mean;
        double squares_of_x = 0.0;
        for (std::uint64_t i = 0; i < 100000; ++i) {
            const Vec3 v = random.unit_vector(Purpose::test, i, 0, planar);
            EXPECT_NEAR(norm(v), 1.0, 1e-15);
            mean += 1e-5 * v;
            squares_of_x += 1e-5 * v.x * v.x;
        }
        EXPECT_LT(std::fabs(mean.x), 5.0 / std::sqrt(2e5));
        EXPECT_LT(std::fabs(mean.y), 5.0 / std::sqrt(2e5));
        EXPECT_LT(std::fabs(mean.z), planar ? 1e-300 : 5.0 / std::sqrt(2e5));
        EXPECT_NEAR(squares_of_x, planar ? 0.5 : 1.0 / 3.0, 0.006);
    }
}

} // namespace paget
