// Vessels that grow in a body: blood carries oxygen through what has grown, a drug stops it, and steps add up.

#include "small_body.hpp"

#include "support/obtained.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::test
{
namespace
{
std::map<std::string, std::string> plus(std::map<std::string, std::string> keys,
                                        const std::map<std::string, std::string>& more)
{
    keys.insert(more.begin(), more.end());
    return keys;
}

organ::VesselSummary vessels_after(const body::BodyDescription& description, Tick end)
{
    const auto world = parallel::Communicator::world();
    body::Body body(description, world);
    return live_until(body, 0, end).census.vessels.at(0);
}

TEST(BodyAngiogenesis, OxygenIsConservedInVesselsThatHaveGrown)
{
    const auto world = parallel::Communicator::world();
    // The balance is that of the last step, in which the vessels did not change.
    const auto description = small_body(
        plus(with_growth(), {{"organ.breast.angiogenesis.interval", "2 hour"}, {"field.oxygen.tolerance", "1e-9"}}));
    body::Body body(description, world);
    const auto report = live_until(body, 0, 31 * one_hour);
    const organ::VesselSummary& now = report.census.vessels.at(0);
    EXPECT_GT(now.events.number[organ::VesselEvents::fusions], 0);
    EXPECT_GT(now.flowing_um, 16 * 320.0 + 20.0) << "grown vessels have flow";
    const organ::Organ* organ = body.organ(OrganId{0});
    if (organ != nullptr) {
        const organ::SupplyReport& supply = organ->carried(0)->supply();
        EXPECT_GT(supply.given_off, 0.0);
        EXPECT_NEAR(supply.carried_in - supply.carried_out, supply.given_off, 1e-9 * supply.carried_in);
        if (organ->communicator().is_root()) {
            test::obtained(
                fmt::format("oxygen received over given off, {:.0f} of {:.0f} um flow", now.flowing_um, now.length_um),
                fmt::format("1 {:+.1e}", supply.received / supply.given_off - 1.0), 1.0);
        }
        EXPECT_NEAR(supply.received / supply.given_off, 1.0, 1e-6);
        const auto net = organ::net_outflow_um3_per_min(organ->vessels(), organ->blood_flow()->flow_um3_per_min);
        double largest = 0.0;
        for (const double flow : organ->blood_flow()->flow_um3_per_min) {
            largest = std::max(largest, std::fabs(flow));
        }
        for (std::size_t node = organ->growing_vessels()->state().first_nodes; node < net.size(); ++node) {
            EXPECT_NEAR(net[node], 0.0, 1e-8 * largest);
        }
    }
}

TEST(BodyAngiogenesis, ABoundFieldCallsNoVessels)
{
    const std::string drug = "[drug.trap]\ndose = 1000 mg\ndoses = 1\ninfusion = 1 min\nkill = 0 1/h\nvolume = 1 L\n"
                             "clearance = 1e-6 L/min\n";
    const auto free = small_body(with_growth(), drug);
    const auto bound = small_body(plus(with_growth(), {{"organ.breast.angiogenesis.blocker", "trap"},
                                                       {"organ.breast.angiogenesis.blocker_kd", "1e-9 mg/L"}}),
                                  drug);
    EXPECT_GT(vessels_after(free, 12 * one_hour).events.number[organ::VesselEvents::sprouts], 3);
    EXPECT_EQ(vessels_after(bound, 12 * one_hour).events.number[organ::VesselEvents::sprouts], 0);
}

TEST(BodyAngiogenesis, UpdatesComeWhenTheirTimeHasCome)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body(plus(with_growth(), {{"organ.breast.angiogenesis.interval", "3 hour"}}));
    body::Body body(description, world);
    for (int step = 0; step < 8; ++step) {
        body.advance({step * one_hour, one_hour});
        const organ::Organ* organ = body.organ(OrganId{0});
        if (organ != nullptr) {
            EXPECT_EQ(organ->growing_vessels()->state().advanced_to, (step + 1) / 3 * 3 * one_hour);
        }
    }
}
} // namespace
} // namespace paget::test
