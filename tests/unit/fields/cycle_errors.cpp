#include "cycle_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace paget::fields
{

TEST(CycleErrors, BoundWhatIsLeftOfAGeometricSeries)
{
    for (const double ratio : {0.05, 0.3, 0.8}) {
        CycleErrors errors;
        double correction = 7.0;
        for (int cycle = 1; cycle <= 10; ++cycle) {
            errors.add(correction);
            correction *= ratio;
            const double left = correction / (1.0 - ratio);
            if (cycle > 2) {
                EXPECT_GE(errors.estimate(), left);
                EXPECT_LE(errors.estimate(), ratio < 0.1 ? 0.2 * correction / ratio : 2.0 * left);
            }
        }
        EXPECT_EQ(errors.cycles(), 10);
        EXPECT_FALSE(errors.hopeless());
    }
}

TEST(CycleErrors, AreCarefulBeforeTheContractionIsKnown)
{
    CycleErrors errors;
    errors.add(3.0);
    EXPECT_GE(errors.estimate(), 3.0);
}

TEST(CycleErrors, ExpectBetterContractionWhereItIsKnown)
{
    CycleErrors errors(0.004);
    errors.add(1.0);
    EXPECT_GE(errors.estimate(), 5.0 * 0.004);
    EXPECT_LE(errors.estimate(), 0.03);
    errors.add(0.003); // better than expected
    EXPECT_GE(errors.estimate(), 0.004 * 0.003);
    EXPECT_LE(errors.estimate(), 0.005 * 0.003);
    errors.add(0.003 * 0.3); // worse
    EXPECT_GE(errors.estimate(), 0.3 * 0.003 * 0.3 / 0.7);
}

TEST(CycleErrors, TakeTheWorseOfTheLastTwoContractions)
{
    CycleErrors errors;
    for (const double correction : {1.0, 0.5, 0.005}) {
        errors.add(correction);
    }
    EXPECT_GE(errors.estimate(), 0.005);
}

TEST(CycleErrors, NothingToCorrectMeansNoError)
{
    CycleErrors errors;
    errors.add(0.0);
    EXPECT_EQ(errors.estimate(), 0.0);
}

TEST(CycleErrors, SeeThatAnIterationWillNotConverge)
{
    CycleErrors growing;
    CycleErrors infinite;
    double correction = 1.0;
    for (int cycle = 0; cycle < 30; ++cycle, correction *= 1.1) {
        growing.add(correction);
    }
    EXPECT_TRUE(growing.hopeless());
    EXPECT_EQ(growing.estimate(), std::numeric_limits<double>::infinity());
    infinite.add(std::numeric_limits<double>::infinity());
    EXPECT_TRUE(infinite.hopeless());
}

} // namespace paget::fields
