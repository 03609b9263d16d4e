// Organs without cells cost nothing, and wake when a cell arrives.

#include "small_body.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
using Keys = std::map<std::string, std::string>;

/// Largest |u - expected| of the lung's field over all ranks.
double largest_error(const body::Body& body, std::size_t field, double expected, const parallel::Communicator& world)
{
    const organ::Organ* lung = body.organ(OrganId{1});
    double error = 0.0;
    if (lung != nullptr) {
        for (const double u : lung->fields()[field].concentration().owned()) {
            error = std::max(error, std::fabs(u - expected));
        }
    }
    return world.maximum(error);
}

/// Something that the ranks of the lung agree on, told to all.
std::int64_t of_lung(const body::Body& body, const parallel::Communicator& world, auto what)
{
    const organ::Organ* lung = body.organ(OrganId{1});
    return world.maximum(std::int64_t{lung != nullptr ? what(*lung) : -1});
}

std::int64_t solves(const organ::Organ& organ) { return organ.solver_totals().solves; }
std::int64_t fields_at(const organ::Organ& organ) { return organ.fields_at(); }

std::int64_t resting(const organ::Organ& organ)
{
    const auto& rest = organ.fields_at_rest();
    return std::count(rest.begin(), rest.end(), true);
}

} // namespace

TEST(SleepingOrgan, SolvesNothingOnceItsFieldsRest)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body(nobody_leaves);
    body::Body body(description, world);
    live_until(body, 0,
               8 * one_hour); // the slow field's steps are solved as well as its time tolerance asks, no better
    EXPECT_EQ(of_lung(body, world, resting), 2) << "both fields started from their steady state";
    const std::int64_t before = of_lung(body, world, solves);
    live_until(body, 8 * one_hour, 14 * one_hour);
    EXPECT_EQ(of_lung(body, world, solves), before);
    EXPECT_EQ(of_lung(body, world, fields_at), 14 * one_hour);
}

TEST(SleepingOrgan, TakesLongSteps)
{
    const auto world = parallel::Communicator::world();
    Keys keys = nobody_leaves;
    keys["run.idle_step"] = "4 h";
    const auto description = small_body(keys);
    body::Body body(description, world);
    live_until(body, 0, 3 * one_hour);
    EXPECT_EQ(of_lung(body, world, fields_at), 0);
    live_until(body, 3 * one_hour, 4 * one_hour);
    EXPECT_EQ(of_lung(body, world, fields_at), 4 * one_hour);
}

TEST(SleepingOrgan, LongStepsAreAccurate)
{
    const auto world = parallel::Communicator::world();
    Keys keys = nobody_leaves; // a substance that nothing makes and everything keeps inside decays evenly
    keys["run.idle_step"] = "2 h";
    keys["organ.lung.il6.decay"] = "0.002 1/min";
    keys["field.il6.start"] = "uniform";
    keys["field.il6.initial"] = "1 ng/ml";
    const auto description = small_body(keys);
    body::Body body(description, world);
    live_until(body, 0, 8 * one_hour);
    EXPECT_LT(largest_error(body, 1, std::exp(-0.002 * 480.0), world), 2e-3);
    EXPECT_EQ(of_lung(body, world, resting), 1) << "oxygen rests, IL-6 still decays";
}

TEST(SleepingOrgan, WakesWhenACellArrives)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body({{"run.idle_step", "24 h"}});
    body::Body body(description, world);
    body::StepReport report;
    Tick now = 0;
    while (now < 20 * one_hour && (report.census.organs.empty() || report.census.organs[1].totals.arrived == 0)) {
        EXPECT_EQ(of_lung(body, world, fields_at), 0);
        report = live_until(body, now, now + one_hour);
        now += one_hour;
    }
    ASSERT_GT(report.census.organs[1].totals.arrived, 0);
    EXPECT_EQ(of_lung(body, world, fields_at), now) << "the tissue is as old as the cell that comes into it";
    EXPECT_EQ(of_lung(body, world, resting), 0);
    const std::int64_t before = of_lung(body, world, solves);
    live_until(body, now, now + one_hour);
    EXPECT_GT(of_lung(body, world, solves), before);
    EXPECT_EQ(of_lung(body, world, fields_at), now + one_hour);
}

} // namespace paget::test
