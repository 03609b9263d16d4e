#include "blood_transport.hpp"

#include "made_network.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <numeric>

namespace paget::organ
{
using testing_vessels::MadeNetwork;

namespace
{
constexpr double nl_um3 = 1e6;
constexpr double diffusivity = 1.2e5;
const mesh::Grid room({40, 12, 12}, 10.0);

BloodCarriage plasma_only()
{
    BloodCarriage carriage;
    carriage.carried = true;
    carriage.permeability_um_per_min = 1e4;
    carriage.inflow = 50.0;
    return carriage;
}

/// Oxygen as in the problem of Secomb et al. 2004, per volume of tissue.
BloodCarriage oxygen()
{
    BloodCarriage carriage = plasma_only();
    carriage.tissue_solubility = 3e-5;
    carriage.blood_solubility = 3.1e-5;
    carriage.binding_capacity = 0.5;
    carriage.binding_half = 38.0;
    carriage.binding_hill = 3.0;
    carriage.unit_per_mmhg = 1.0;
    return carriage;
}

VesselFlow measured(const VesselNetwork& network)
{
    return find_flow(network, {FlowSource::file, HaematocritLaw::mixed, 1.0, 1.2});
}

/// One straight vessel of 390 um through the room, in so many segments.
MadeNetwork straight(int segments, double flow_nl_per_min, double haematocrit = 0.4)
{
    MadeNetwork made;
    for (int k = 0; k <= segments; ++k) {
        made.node({5.0 + 390.0 * k / segments, 60.0, 60.0});
    }
    for (int s = 0; s < segments; ++s) {
        made.vessel(s, s + 1, 8.0, flow_nl_per_min, haematocrit);
    }
    made.inflow(0, flow_nl_per_min, haematocrit, 60.0);
    made.inflow(segments, -flow_nl_per_min, haematocrit, 60.0);
    return made;
}

struct Transported {
    Transported(MadeNetwork network, const BloodCarriage& carriage, const mesh::Grid& grid = room)
        : made(std::move(network)),
          flow(measured(made.network)),
          elements(cut_into_elements(made.network, flow, carriage, diffusivity, grid)),
          transport(made.network, flow, carriage, elements)
    {
    }

    BloodPassage pass(double tissue) const { return transport.pass(std::vector<double>(elements.all.size(), tissue)); }

    MadeNetwork made;
    VesselFlow flow;
    VesselElements elements;
    BloodTransport transport;
};

double exchange_per_um(const Transported& of)
{
    const double sum = std::accumulate(of.elements.all.begin(), of.elements.all.end(), 0.0,
                                       [](double s, const VesselElement& e) { return s + e.um3_per_min; });
    return sum / of.made.network.total_length_um();
}
} // namespace

TEST(BloodContent, FollowsHillsCurveAndFindsItsWayBack)
{
    const BloodContent content(oxygen());
    EXPECT_NEAR(content.at(38.0, 0.4) * 3e-5, 3.1e-5 * 38.0 + 0.4 * 0.5 * 0.5, 1e-15);
    EXPECT_EQ(content.at(0.0, 0.4), 0.0);
    for (const double p : {0.01, 3.0, 38.0, 50.0, 95.0, 500.0}) {
        for (const double conductance : {0.0, 1e6, 1e10}) {
            const double amount = 2e6 * content.at(p, 0.4) + conductance * p;
            EXPECT_NEAR(content.concentration(amount, 2e6, 0.4, conductance) / p, 1.0, 1e-11);
        }
        const double step = 1e-5 * p;
        EXPECT_NEAR(content.slope(p, 0.4) * 2.0 * step, content.at(p + step, 0.4) - content.at(p - step, 0.4),
                    1e-8 * content.slope(p, 0.4) * step);
    }
    EXPECT_EQ(content.concentration(-1.0, 1e6, 0.4), 0.0);
}

TEST(BloodCarriage, WallsAreInterpolatedByDiameterOrFollowFromPermeability)
{
    BloodCarriage carriage;
    carriage.walls = {{4.0, 2.4}, {8.0, 1.4}};
    EXPECT_DOUBLE_EQ(carriage.wall_min_per_um2(5.0), 2.15);
    EXPECT_DOUBLE_EQ(carriage.wall_min_per_um2(8.0), 1.4);
    EXPECT_DOUBLE_EQ(carriage.wall_min_per_um2(2.0), 2.4);
    EXPECT_DOUBLE_EQ(carriage.wall_min_per_um2(20.0), 1.4);
    EXPECT_DOUBLE_EQ(plasma_only().wall_min_per_um2(8.0), 1.0 / (std::numbers::pi * 8.0 * 1e4));
}

TEST(BloodTransport, PlasmaFallsExponentiallyTowardsTheTissueExactly)
{
    for (const double flow : {0.02, 0.5, 30.0}) {
        const Transported of(straight(3, flow), plasma_only());
        const BloodPassage passage = of.pass(12.0);
        const double q = flow * nl_um3;
        const double end = 12.0 + 38.0 * std::exp(-exchange_per_um(of) * 390.0 / q);
        EXPECT_NEAR(passage.carried_in, 50.0 * q, 1e-9 * q);
        EXPECT_NEAR(passage.carried_out, end * q, 1e-9 * q);
        EXPECT_NEAR(passage.given_off, (50.0 - end) * q, 1e-9 * q);
    }
}

/// dp/dx Q c'(p) = -g (p - u) by the classical Runge-Kutta method in short steps.
TEST(BloodTransport, OxygenFallsAsTheDifferentialEquationSays)
{
    const double flow = 0.6;
    double coarse_error = 0.0;
    for (const double voxel : {10.0, 5.0}) {
        const mesh::Grid grid({static_cast<int>(400.0 / voxel), 12, 12}, voxel);
        BloodCarriage carriage = oxygen();
        carriage.walls = {{8.0, 1.44 * 3e-5 / 60.0}};
        const Transported of(straight(1, flow), carriage, grid);
        const double g = exchange_per_um(of);
        const BloodContent content(carriage);
        const auto fall = [&](double p) { return -g * (p - 15.0) / (flow * nl_um3 * content.slope(p, 0.4)); };
        double p = 60.0;
        const double dx = 390.0 / 4000;
        for (int i = 0; i < 4000; ++i) {
            const double k1 = fall(p);
            const double k2 = fall(p + 0.5 * dx * k1);
            const double k3 = fall(p + 0.5 * dx * k2);
            const double k4 = fall(p + dx * k3);
            p += dx / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
        }
        const BloodPassage passage = of.pass(15.0);
        const double end = content.concentration(passage.carried_out, flow * nl_um3, 0.4);
        ASSERT_LT(p, 45.0); // it does fall
        const double error = std::fabs(end - p);
        EXPECT_LT(error, 1e-3);
        if (coarse_error > 0.0) {
            EXPECT_LT(error, 0.3 * coarse_error); // second order in the length of elements
        }
        coarse_error = error;
    }
}

TEST(BloodTransport, BloodNeverPassesTheTissueHoweverSlowItIs)
{
    const Transported of(straight(2, 1e-6), oxygen());
    const BloodPassage passage = of.pass(7.0);
    for (const double p : passage.blood) {
        EXPECT_GE(p, 7.0 - 1e-12);
        EXPECT_LE(p, 60.0);
    }
    EXPECT_NEAR(passage.blood.back(), 7.0, 1e-9);
    const BloodPassage from_rich_tissue = of.pass(90.0);
    EXPECT_NEAR(from_rich_tissue.blood.back(), 90.0, 1e-9);
    EXPECT_LT(from_rich_tissue.given_off, 0.0);
}

TEST(BloodTransport, WhereBloodMeetsContentsMixNotPressures)
{
    MadeNetwork made;
    made.node({50, 20, 60});
    made.node({50, 100, 60});
    made.node({150, 60, 60});
    made.node({300, 60, 60});
    made.vessel(0, 2, 8.0, 2.0);
    made.vessel(3, 2, 8.0, -3.0); // written against the stream
    made.vessel(1, 2, 8.0, 1.0);
    made.inflow(0, 2.0, 0.5, 80.0);
    made.inflow(1, 1.0, 0.2, 30.0);
    made.inflow(3, -3.0);
    BloodCarriage carriage = oxygen();
    carriage.permeability_um_per_min = 1e-9; // nothing leaves on the way
    const Transported of(made, carriage);
    const BloodPassage passage = of.pass(0.0);
    const BloodContent content(carriage);
    const double brought = nl_um3 * (2.0 * content.at(80.0, 0.5) + 1.0 * content.at(30.0, 0.2));
    EXPECT_NEAR(passage.carried_in / brought, 1.0, 1e-14);
    const double mixed = content.concentration(brought, 3.0 * nl_um3, 0.4);
    const auto downstream = static_cast<std::size_t>(of.elements.first[1]);
    EXPECT_NEAR(passage.blood[downstream], mixed, 1e-6);
    EXPECT_TRUE(mixed > 30.0 && mixed < 80.0);
}

TEST(BloodTransport, WhatIsGivenOffIsWhatIsMissingAtTheEnds)
{
    MadeNetwork made;
    made.node({10, 60, 60});
    made.node({120, 60, 60});
    made.node({240, 100, 60});
    made.node({240, 20, 60});
    made.node({380, 60, 60});
    made.vessel(0, 1, 9.0, 3.0);
    made.vessel(1, 2, 7.0, 2.2);
    made.vessel(1, 3, 5.0, 0.8);
    made.vessel(2, 4, 7.0, 2.2);
    made.vessel(3, 4, 5.0, 0.8);
    made.inflow(0, 3.0);
    made.inflow(4, -3.0);
    const Transported of(made, oxygen());
    std::vector<double> tissue(of.elements.all.size());
    for (std::size_t e = 0; e < tissue.size(); ++e) {
        tissue[e] = 5.0 + 0.5 * static_cast<double>(e % 17);
    }
    const BloodPassage passage = of.transport.pass(tissue);
    double through_walls = 0.0;
    for (std::size_t e = 0; e < tissue.size(); ++e) {
        through_walls += of.elements.all[e].um3_per_min * (passage.blood[e] - tissue[e]);
    }
    EXPECT_GT(passage.given_off, 0.05 * passage.carried_in);
    EXPECT_NEAR(passage.given_off, through_walls, 1e-12 * passage.carried_in);
    EXPECT_NEAR(passage.carried_in - passage.carried_out, through_walls, 1e-12 * passage.carried_in);
}

} // namespace paget::organ
