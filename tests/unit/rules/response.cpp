// Responses against their closed forms in plain double precision.

#include "paget/rules/response.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace paget::rules
{
namespace
{
constexpr double relative_error = 1e-12;

void expect_close(double value, double expected) { EXPECT_NEAR(value, expected, relative_error * std::abs(expected)); }

/// The slow twin: what docs/model/rules.md says, by the C library.
double twin(const std::vector<Influence>& influences, const double* signals)
{
    double sum = 0.0;
    for (const Influence& influence : influences) {
        const double signal = std::max(0.0, signals[influence.signal]);
        sum += std::pow(signal / influence.half, influence.hill);
    }
    return sum / (1.0 + sum);
}
} // namespace

TEST(JointHill, OfOneSignalIsTheHillFunction)
{
    for (const double hill : {0.3, 1.0, 1.7, 2.0, 3.0, 3.7, 4.0, 7.0, 12.5, 20.0}) {
        for (const double signal : {1e-3, 0.2, 1.9, 2.0, 2.5, 37.0, 4e3}) {
            const double expected = std::pow(signal, hill) / (std::pow(signal, hill) + std::pow(2.0, hill));
            expect_close(joint_hill({{0, 2.0, hill}}, &signal), expected);
        }
    }
    const double at_half = 21.5;
    EXPECT_EQ(joint_hill({{0, 21.5, 4.0}}, &at_half), 0.5);
}

TEST(JointHill, AddsUpSignalsBeforeTheySaturate)
{
    const std::array signals{7.0, 0.3, 5.0, 11.0};
    const std::vector<Influence> three{{3, 10.0, 2.0}, {1, 0.4, 3.3}, {2, 6.0, 1.0}}; // the first is not listened to
    expect_close(joint_hill(three, signals.data()), twin(three, signals.data()));
    // Two signals at half: 2/3, not the 3/4 of two that act apart.
    const std::array halves{1.0, 5.0};
    expect_close(joint_hill({{0, 1.0, 4.0}, {1, 5.0, 2.5}}, halves.data()), 2.0 / 3.0);
}

TEST(JointHill, OfNothingIsNothing)
{
    const std::array signals{1e9};
    EXPECT_EQ(joint_hill({}, signals.data()), 0.0);
}

TEST(JointHill, SignalsAtOrBelowZeroDoNotCount)
{
    for (const double nothing : {0.0, -0.0, -1e-300, -3.0, -std::numeric_limits<double>::infinity(),
                                 std::numeric_limits<double>::quiet_NaN()}) {
        for (const double hill : {1.0, 2.0, 3.0, 4.0, 0.7}) {
            const std::array signals{nothing, 2.0};
            EXPECT_EQ(joint_hill({{0, 1.0, hill}}, signals.data()), 0.0) << nothing << " " << hill;
            EXPECT_EQ(joint_hill({{0, 1.0, hill}, {1, 2.0, hill}}, signals.data()), 0.5) << nothing << " " << hill;
        }
    }
}

TEST(JointHill, NeitherOverflowsNorFails)
{
    const double huge = std::numeric_limits<double>::max();
    const double tiny = std::numeric_limits<double>::denorm_min();
    for (const double hill : {0.05, 1.0, 2.0, 3.5, 4.0, 20.0}) {
        for (const double signal : {huge, std::numeric_limits<double>::infinity(), 1e200, 1e13, 1e12, 1e-200, tiny}) {
            for (const double half : {tiny, 1.0, huge}) {
                const std::array signals{signal, signal};
                const double joint = joint_hill({{0, half, hill}, {1, half, hill}}, signals.data());
                EXPECT_GE(joint, 0.0) << signal << " " << half << " " << hill; // and a number
                EXPECT_LE(joint, 1.0) << signal << " " << half << " " << hill;
            }
        }
        EXPECT_GT(joint_hill({{0, 1.0, hill}}, &huge), 0.7) << hill;
    }
    EXPECT_EQ(joint_hill({{0, 1.0, 2.0}}, &huge), 1.0);
    EXPECT_EQ(joint_hill({{0, 1.0, 2.0}}, &tiny), 0.0);
}

TEST(JointHill, RisesWithItsSignal)
{
    for (const double hill : {0.5, 1.0, 2.0, 2.5, 4.0, 4.001, 20.0}) {
        double last = 0.0;
        for (double signal = 0.01; signal < 20.0; signal *= 1.3) {
            const double now = joint_hill({{0, 1.5, hill}}, &signal);
            EXPECT_GE(now, last) << hill << " " << signal;
            last = now;
        }
        EXPECT_GT(last, 0.75);
    }
}

TEST(ValueOf, RaisingGoesFromTheBaseToTheMost)
{
    Response response;
    response.most = 7.2e-4;
    response.raising = {{0, 21.5, 4.0}};
    for (const double oxygen : {0.0, 3.0, 21.5, 60.0, 1e9}) {
        const double u = std::pow(oxygen / 21.5, 4) / (1.0 + std::pow(oxygen / 21.5, 4));
        expect_close(value_of(response, 1e-4, &oxygen), 1e-4 + u * (7.2e-4 - 1e-4));
    }
    const double none = 0.0;
    EXPECT_EQ(value_of(response, 1e-4, &none), 1e-4);
}

TEST(ValueOf, LoweringGoesFromTheBaseToTheLeast)
{
    Response response;
    response.least = 0.1;
    response.lowering = {{0, 0.5, 3.5}};
    for (const double pressure : {0.0, 0.2, 0.5, 3.0}) {
        const double d = std::pow(pressure / 0.5, 3.5) / (1.0 + std::pow(pressure / 0.5, 3.5));
        expect_close(value_of(response, 0.9, &pressure), 0.9 - d * (0.9 - 0.1));
    }
}

TEST(ValueOf, WhatLowersActsOnWhatIsRaised)
{
    Response response;
    response.most = 5.0;
    response.least = 0.5;
    response.raising = {{0, 2.0, 2.0}, {2, 3.0, 1.3}};
    response.lowering = {{1, 0.4, 4.0}, {3, 8.0, 6.0}};
    const std::array signals{1.7, 0.35, 2.2, 7.0};
    const double up = twin(response.raising, signals.data());
    const double down = twin(response.lowering, signals.data());
    const double raised = 1.0 + up * 4.0;
    expect_close(value_of(response, 1.0, signals.data()), raised + down * (0.5 - raised));
    // Whatever raises: a strong lowering signal has its way.
    const std::array strong{1e9, 1e9, 1e9, 1e9};
    EXPECT_NEAR(value_of(response, 1.0, strong.data()), 0.5, 1e-12);
}

TEST(ValueOf, OneSignalMayRaiseAndLower)
{
    Response response; // a window: most in the middle
    response.most = 1.0;
    response.raising = {{0, 1.0, 4.0}};
    response.lowering = {{0, 10.0, 4.0}};
    const auto at = [&](double signal) { return value_of(response, 0.0, &signal); };
    for (const double signal : {0.3, 3.0, 30.0}) {
        const double up = std::pow(signal, 4) / (1.0 + std::pow(signal, 4));
        const double down = std::pow(signal / 10.0, 4) / (1.0 + std::pow(signal / 10.0, 4));
        expect_close(at(signal), (1.0 - down) * up);
    }
    EXPECT_GT(at(3.0), at(0.3));
    EXPECT_GT(at(3.0), at(30.0));
}

TEST(ValueOf, AGivenBaseReplacesItsOwn)
{
    Response response;
    response.most = 3.0;
    response.raising = {{0, 1.0, 2.0}};
    const std::array signals{1.0};
    EXPECT_EQ(value_of(response, 1.0, signals.data()), 2.0);
    response.base = 0.0;
    EXPECT_EQ(value_of(response, 1.0, signals.data()), 1.5);
}

} // namespace paget::rules
