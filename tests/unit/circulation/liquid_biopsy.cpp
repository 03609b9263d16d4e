#include "paget/circulation/liquid_biopsy.hpp"

#include "paget/core/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace paget::circulation
{

TEST(LiquidBiopsy, ExpectsItsShareOfTheBlood)
{
    EXPECT_DOUBLE_EQ(expected_in_sample(3333, 5000.0, cellsearch_volume_ml), 4.9995);
    EXPECT_EQ(expected_in_sample(0, 5000.0, cellsearch_volume_ml), 0.0);
    EXPECT_THROW(expected_in_sample(1, 0.0, 7.5), BugError);
    EXPECT_THROW(expected_in_sample(1, 5000.0, 0.0), BugError);
}

TEST(LiquidBiopsy, ProbabilitiesOfThePoissonLaw)
{
    EXPECT_EQ(probability_at_least(0, 3.0), 1.0);
    EXPECT_NEAR(probability_at_least(1, 3.0), 1.0 - std::exp(-3.0), 1e-15);
    EXPECT_EQ(probability_at_least(1, 0.0), 0.0);
}

TEST(LiquidBiopsy, ADrawDependsOnItsKeyOnly)
{
    const RandomNumbers random(1);
    const auto draws = [&](std::uint64_t key, Tick begin) { // five: one pair agrees by chance once in a hundred times
        std::vector<std::int64_t> cells;
        for (Tick tick = begin; tick < begin + 5; ++tick) {
            cells.push_back(blood_sample(1000000, 5000.0, 7.5, random, key, tick).cells);
        }
        return cells;
    };
    EXPECT_EQ(draws(1, 10), draws(1, 10));
    EXPECT_NE(draws(1, 10), draws(1, 20));
    EXPECT_NE(draws(1, 10), draws(2, 10));
    EXPECT_DOUBLE_EQ(blood_sample(1000000, 5000.0, 7.5, random, 1, 1).expected_cells, 1500.0);
    EXPECT_EQ(blood_sample(0, 5000.0, 7.5, random, 1, 1).cells, 0);
}

// Means on both sides of the size at which a draw is made in parts. 20000 draws each: mean within 4 standard errors
// (beyond: once in 16000), variance within 5 of its standard errors sqrt((2 + 1/m)/n).
TEST(LiquidBiopsy, MeanAndVarianceAreEqual)
{
    const RandomNumbers random(2);
    constexpr int draws = 20000;
    for (const std::int64_t mean : {1, 15, 17, 400}) {
        double sum = 0.0;
        double squares = 0.0;
        for (int i = 0; i < draws; ++i) {
            const auto n = static_cast<double>(
                blood_sample(1000 * mean, 1000.0, 1.0, random, static_cast<std::uint64_t>(i), mean).cells);
            sum += n;
            squares += n * n;
        }
        const auto m = static_cast<double>(mean);
        const double average = sum / draws;
        EXPECT_NEAR(average, m, 4.0 * std::sqrt(m / draws));
        EXPECT_NEAR(squares / draws - average * average, m, 5.0 * m * std::sqrt((2.0 + 1.0 / m) / draws));
    }
}

} // namespace paget::circulation
