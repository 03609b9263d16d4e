#include "paget/therapy/therapy.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace paget::therapy
{
namespace
{
constexpr Tick minute = ticks_per_minute;

Drug some_drug()
{
    Drug drug;
    drug.name = "paclitaxel";
    drug.dose_mg = 200.0;
    drug.first_dose_min = 30.0;
    drug.interval_min = 600.0;
    drug.doses = 3;
    drug.infusion_min = 45.0;
    drug.volume_l = 20.0;
    drug.clearance_l_per_min = 0.2;
    drug.kill_per_min = 0.001;
    drug.ic50_mg_per_l = 2.0;
    return drug;
}

/// Slow twin: small steps of the classic Runge-Kutta method, with the mean by Simpson's rule on the way.
struct Integrated {
    double concentration = 0.0;
    double mean = 0.0;
};

Integrated integrate(const Drug& drug, double start, double from_min, double to_min, int steps)
{
    Integrated result{start, 0.0};
    const double h = (to_min - from_min) / steps;
    for (int i = 0; i < steps; ++i) {
        const double middle = from_min + (i + 0.5) * h;
        double inflow = 0.0; // constant within a small step: infusions begin and end between two
        for (int dose = 0; dose < drug.doses; ++dose) {
            const double begin = drug.first_dose_min + dose * drug.interval_min;
            inflow += begin < middle && middle < begin + drug.infusion_min ? drug.dose_mg / drug.infusion_min : 0.0;
        }
        const auto slope = [&](double c) { return (inflow - drug.clearance_l_per_min * c) / drug.volume_l; };
        const double c = result.concentration;
        const double k1 = slope(c);
        const double k2 = slope(c + 0.5 * h * k1);
        const double k3 = slope(c + 0.5 * h * k2);
        const double k4 = slope(c + h * k3);
        const double next = c + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
        const double half = c + 0.5 * h * (k1 + k2) / 2.0;
        result.mean += (c + 4.0 * half + next) / 6.0 / steps;
        result.concentration = next;
    }
    return result;
}

Therapy after(const std::vector<Drug>& drugs, Tick end, Tick step)
{
    Therapy therapy(drugs);
    for (Tick now = 0; now < end; now += step) {
        therapy.advance({now, std::min(step, end - now)});
    }
    return therapy;
}
} // namespace

TEST(Therapy, FollowsTheInfusions)
{
    const Drug drug = some_drug();
    Therapy therapy({drug});
    double start = 0.0;
    for (int hour = 0; hour < 30; ++hour) {
        const Integrated slow = integrate(drug, start, 60.0 * hour, 60.0 * (hour + 1), 240);
        const Plasma plasma = therapy.advance({hour * 60 * minute, 60 * minute});
        EXPECT_NEAR(therapy.concentrations()[0], slow.concentration, 1e-9) << hour;
        EXPECT_NEAR(plasma.concentration_mg_per_l[0], slow.mean, 1e-6) << hour;
        const double mean = plasma.concentration_mg_per_l[0];
        EXPECT_NEAR(plasma.death_per_min, 0.001 * mean / (mean + 2.0), 1e-15);
        start = therapy.concentrations()[0];
    }
    EXPECT_GT(start, 0.0);
}

TEST(Therapy, DoesNotDependOnTheStep)
{
    const std::vector<Drug> drugs{some_drug()};
    const double once = after(drugs, 2000 * minute, 2000 * minute).concentrations()[0];
    EXPECT_NEAR(after(drugs, 2000 * minute, 6 * minute).concentrations()[0] / once, 1.0, 1e-12);
    EXPECT_NEAR(after(drugs, 2000 * minute, 7777).concentrations()[0] / once, 1.0, 1e-12);
}

// What flows in is there or was cleared: dose = V C + CL * integral of C.
TEST(Therapy, DrugIsConserved)
{
    Drug drug = some_drug();
    for (const double clearance : {0.0, 1e-9, 0.01, 0.2, 100.0}) {
        drug.clearance_l_per_min = clearance;
        Therapy therapy({drug});
        double area = 0.0;
        for (Tick now = 0; now < 3000 * minute; now += 50 * minute) {
            area += 50.0 * therapy.advance({now, 50 * minute}).concentration_mg_per_l[0];
        }
        EXPECT_NEAR(drug.volume_l * therapy.concentrations()[0] + clearance * area, 600.0, 1e-9) << clearance;
    }
}

TEST(Therapy, InfusionsMayOverlap)
{
    Drug drug = some_drug();
    drug.clearance_l_per_min = 0.0;
    drug.interval_min = 15.0; // shorter than the infusion of 45 min
    EXPECT_NEAR(after({drug}, 75 * minute, 5 * minute).concentrations()[0], (45.0 + 30.0 + 15.0) / 45.0 * 10.0, 1e-12);
    EXPECT_NEAR(after({drug}, 200 * minute, 200 * minute).concentrations()[0], 30.0, 1e-12);
}

TEST(Therapy, HazardsOfDrugsAddUp)
{
    Drug other = some_drug();
    other.name = "other";
    other.kill_per_min = 0.5;
    Therapy both({some_drug(), other});
    Therapy one({some_drug()});
    Therapy two({other});
    const TimeStep step{0, 100 * minute};
    EXPECT_DOUBLE_EQ(both.advance(step).death_per_min,
                     one.advance(step).death_per_min + two.advance(step).death_per_min);
    EXPECT_EQ(Therapy({}).advance(step).death_per_min, 0.0);
}

TEST(Therapy, TellsWhenInflowChanges)
{
    const Therapy therapy({some_drug()});
    std::vector<Tick> events;
    for (auto next = therapy.next_event(-1); next; next = therapy.next_event(*next)) {
        events.push_back(*next / minute);
    }
    EXPECT_EQ(events, (std::vector<Tick>{30, 75, 630, 675, 1230, 1275}));
    EXPECT_EQ(Therapy({}).next_event(0), std::nullopt);
    Drug earlier = some_drug();
    earlier.first_dose_min = 10.0;
    EXPECT_EQ(Therapy({some_drug(), earlier}).next_event(0), 10 * minute);
}

TEST(Therapy, GoesOnFromASavedState)
{
    const std::vector<Drug> drugs{some_drug()};
    Therapy saved = after(drugs, 50 * minute, 10 * minute);
    Therapy restored(drugs);
    restored.restore(saved.concentrations());
    const TimeStep step{50 * minute, 100 * minute};
    EXPECT_EQ(saved.advance(step).concentration_mg_per_l, restored.advance(step).concentration_mg_per_l);
    EXPECT_EQ(saved.concentrations(), restored.concentrations());
    EXPECT_THROW(restored.restore({}), BugError);
}

TEST(Therapy, RefusesDrugsThatMakeNoSense)
{
    Drug drug = some_drug();
    drug.volume_l = 0.0;
    drug.interval_min = 0.0;
    drug.infusion_min = 0.0;
    drug.dose_mg = -1.0;
    drug.ic50_mg_per_l = std::numeric_limits<double>::quiet_NaN();
    try {
        const Therapy therapy({drug});
        FAIL() << "taken";
    } catch (const InputError& error) {
        for (const char* part : {"drug paclitaxel: volume is 0 (it divides). Give a number above 0.", "interval is 0",
                                 "infusion is 0", "dose is -1", "ic50 is nan"}) {
            EXPECT_THAT(error.what(), testing::HasSubstr(part));
        }
    }
}

} // namespace paget::therapy
