#include "paget/organ/vessel_flow.hpp"

#include "made_network.hpp"

#include "blood_rheology.hpp"
#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <numbers>

namespace paget::organ
{
using testing_vessels::MadeNetwork;

namespace
{
constexpr double nl = 1e6;

FlowDescription by_pressure(HaematocritLaw law = HaematocritLaw::mixed)
{
    return {FlowSource::pressure, law, 1.0, 1.2};
}

FlowDescription as_measured() { return {FlowSource::file, HaematocritLaw::mixed, 1.0, 1.2}; }

/// Poiseuille's law written down once more, in SI units.
double poiseuille_nl_per_min(double drop_mmhg, double d_um, double length_um, double haematocrit)
{
    const double d = d_um * 1e-6;
    const double viscosity = 1.2e-3 * relative_viscosity(d_um, haematocrit);
    const double m3_per_s =
        std::numbers::pi * d * d * d * d * drop_mmhg * 133.322387415 / (128.0 * viscosity * length_um * 1e-6);
    return m3_per_s * 1e12 * 60.0;
}

/// A stem that forks into two branches.
MadeNetwork fork(double wide_um, double narrow_um)
{
    MadeNetwork made;
    made.node({0, 0, 0});
    made.node({100, 0, 0});
    made.node({200, 80, 0});
    made.node({200, -60, 0});
    made.vessel(0, 1, 8.0);
    made.vessel(1, 2, wide_um);
    made.vessel(3, 1, narrow_um); // written against the stream
    return made;
}

double length_um(const VesselNetwork& network, std::size_t s) { return network.segments[s].length_um(); }
} // namespace

TEST(VesselFlow, AChainHasTheFlowOfItsResistancesInARow)
{
    MadeNetwork made;
    for (int k = 0; k < 4; ++k) {
        made.node({100.0 * k, 0, 0});
    }
    const double diameters[] = {8.0, 5.0, 12.0};
    double resistance = 0.0;
    for (int s = 0; s < 3; ++s) {
        made.vessel(s, s + 1, diameters[s]);
        resistance += 1.0 / poiseuille_nl_per_min(1.0, diameters[s], 100.0, 0.4);
    }
    made.pressure(0, 30.0);
    made.pressure(3, 12.0);
    ASSERT_EQ(flow_problem(made.network, by_pressure()), "");
    const VesselFlow blood = find_flow(made.network, by_pressure());
    for (std::size_t s = 0; s < 3; ++s) {
        EXPECT_NEAR(blood.flow_um3_per_min[s] / nl, 18.0 / resistance, 1e-12 * 18.0 / resistance);
        EXPECT_DOUBLE_EQ(blood.haematocrit[s], 0.4);
    }
    EXPECT_NEAR(blood.pressure_mmhg[1], 30.0 - 18.0 / resistance / poiseuille_nl_per_min(1.0, 8.0, 100.0, 0.4), 1e-11);
    EXPECT_THAT(blood.nodes_in_order, testing::ElementsAre(0, 1, 2, 3));
}

TEST(VesselFlow, AForkSharesByConductance)
{
    MadeNetwork made = fork(7.0, 5.0);
    made.inflow(0, 3.0);
    made.pressure(2, 15.0);
    made.pressure(3, 15.0);
    const VesselFlow blood = find_flow(made.network, by_pressure());
    const double wide = poiseuille_nl_per_min(1.0, 7.0, length_um(made.network, 1), 0.4);
    const double narrow = poiseuille_nl_per_min(1.0, 5.0, length_um(made.network, 2), 0.4);
    EXPECT_NEAR(blood.flow_um3_per_min[0] / nl, 3.0, 1e-12);
    EXPECT_NEAR(blood.flow_um3_per_min[1] / nl, 3.0 * wide / (wide + narrow), 1e-12);
    EXPECT_NEAR(blood.flow_um3_per_min[2] / nl, -3.0 * narrow / (wide + narrow), 1e-12);
    EXPECT_NEAR(blood.pressure_mmhg[1], 15.0 + 3.0 / (wide + narrow), 1e-11);
}

TEST(VesselFlow, WhereFlowsMeetRedCellsMix)
{
    MadeNetwork made = fork(7.0, 5.0);
    made.inflow(2, 2.0, 0.5);
    made.inflow(3, 1.0, 0.2);
    made.pressure(0, 10.0, 0.9);
    const VesselFlow blood = find_flow(made.network, by_pressure());
    EXPECT_NEAR(blood.flow_um3_per_min[0] / nl, -3.0, 1e-12);
    EXPECT_NEAR(blood.haematocrit[1], 0.5, 1e-15);
    EXPECT_NEAR(blood.haematocrit[2], 0.2, 1e-15);
    EXPECT_NEAR(blood.haematocrit[0], 0.4, 1e-14);
}

TEST(VesselFlow, SeparatedRedCellsPreferTheFastBranchAndNoneIsLost)
{
    MadeNetwork made = fork(8.0, 5.0);
    made.inflow(0, 3.0);
    made.pressure(2, 15.0);
    made.pressure(3, 15.0);
    const VesselFlow blood = find_flow(made.network, by_pressure(HaematocritLaw::separated));
    EXPECT_GT(blood.haematocrit[1], 0.41);
    EXPECT_LT(blood.haematocrit[2], 0.3);
    const double arriving = blood.flow_um3_per_min[0] * blood.haematocrit[0];
    const double leaving =
        blood.flow_um3_per_min[1] * blood.haematocrit[1] - blood.flow_um3_per_min[2] * blood.haematocrit[2];
    EXPECT_NEAR(leaving / arriving, 1.0, 1e-12);
}

TEST(VesselFlow, RedCellShareHasTheLawsLimits)
{
    Fork even{0.5, 8.0, 6.0, 6.0, 0.45};
    EXPECT_NEAR(red_cell_share(even), 0.5, 1e-15);
    even.flow_share = 0.05; // below 0.964 * 0.55 / 8 = 0.066: plasma only
    EXPECT_EQ(red_cell_share(even), 0.0);
    even.flow_share = 0.95;
    EXPECT_NEAR(red_cell_share(even), 1.0, 1e-15);
    even.haematocrit = 0.9; // nothing above 0.95
    even.flow_share = 0.9;
    EXPECT_LE(red_cell_share(even) * 0.9 / 0.9, 0.95);
}

TEST(VesselFlow, ViscosityIsThatOfTheLivingCapillary)
{
    // The law's own figures: wide vessels about 3.2 at 0.45, a maximum in narrow capillaries.
    EXPECT_NEAR(relative_viscosity(1000.0, 0.45), 3.2, 0.05);
    EXPECT_GT(relative_viscosity(5.0, 0.45), relative_viscosity(10.0, 0.45));
    EXPECT_GT(relative_viscosity(10.0, 0.45), relative_viscosity(30.0, 0.45));
    EXPECT_GT(relative_viscosity(8.0, 0.6), relative_viscosity(8.0, 0.3));
    const double coat = (20.0 / 18.9) * (20.0 / 18.9);
    EXPECT_NEAR(relative_viscosity(20.0, 0.0), coat, 1e-14);
}

TEST(VesselFlow, MeasuredFlowsAreTakenAsTheyAreAndTurnedAsTheySay)
{
    MadeNetwork made = fork(7.0, 5.0);
    made.network.flows[0].flow_nl_per_min = 3.0;
    made.network.flows[1].flow_nl_per_min = 2.25;
    made.network.flows[2].flow_nl_per_min = -0.75;
    made.inflow(0, 3.0, 0.35);
    made.pressure(2, 15.0);
    made.pressure(3, 15.0);
    ASSERT_EQ(flow_problem(made.network, as_measured()), "");
    FlowDescription doubled = as_measured();
    doubled.factor = 2.0;
    const VesselFlow blood = find_flow(made.network, doubled);
    EXPECT_THAT(blood.flow_um3_per_min, testing::ElementsAre(6.0 * nl, 4.5 * nl, -1.5 * nl));
    EXPECT_EQ(blood.correction, 0.0);
    EXPECT_THAT(blood.haematocrit, testing::Each(testing::DoubleEq(0.35)));
    EXPECT_TRUE(blood.pressure_mmhg.empty());
    const auto net = net_outflow_um3_per_min(made.network, blood.flow_um3_per_min);
    EXPECT_THAT(net, testing::ElementsAre(6.0 * nl, 0.0, -4.5 * nl, -1.5 * nl));
}

TEST(VesselFlow, RoundedFlowsAreBalanced)
{
    MadeNetwork made = fork(7.0, 5.0);
    made.network.flows[0].flow_nl_per_min = 3.0;
    made.network.flows[1].flow_nl_per_min = 2.26;
    made.network.flows[2].flow_nl_per_min = -0.75; // 0.01 too much leaves
    made.inflow(0, 3.0);
    made.pressure(2, 15.0);
    made.pressure(3, 15.0);
    ASSERT_EQ(flow_problem(made.network, as_measured()), "");
    const VesselFlow blood = find_flow(made.network, as_measured());
    const auto net = net_outflow_um3_per_min(made.network, blood.flow_um3_per_min);
    EXPECT_NEAR(net[1] / nl, 0.0, 1e-15);
    // Every flow bears the same share of 0.01: 1 / 601 of itself.
    EXPECT_NEAR(blood.flow_um3_per_min[0] / nl, 3.0 * (1.0 + 1.0 / 601.0), 1e-12);
    EXPECT_NEAR(blood.flow_um3_per_min[2] / nl, -0.75 * (1.0 - 1.0 / 601.0), 1e-12);
    EXPECT_NEAR(blood.correction, 0.005 / 3.0, 1e-5);
}

TEST(VesselFlow, SaysWhyThereIsNone)
{
    MadeNetwork made = fork(7.0, 5.0);
    EXPECT_THAT(flow_problem(made.network, by_pressure()), testing::HasSubstr("no nodes at which blood comes"));
    made.network.flows[0].flow_nl_per_min = 3.0;
    made.network.flows[1].flow_nl_per_min = 1.0;
    made.inflow(0, 3.0);
    made.inflow(2, -1.0);
    EXPECT_THAT(flow_problem(made.network, as_measured()), testing::HasSubstr("node 101: 3 nl/min come and 1 go"));
    EXPECT_THAT(flow_problem(made.network, by_pressure()), testing::HasSubstr("of which 3 nl/min come and 1 go"));
    EXPECT_EQ(flow_problem(made.network, {}), "");
}

TEST(VesselFlow, ACircleIsRefused)
{
    MadeNetwork made;
    for (int k = 0; k < 4; ++k) {
        made.node({100.0 * (k % 2), 100.0 * (k / 2), 0});
    }
    made.vessel(0, 1, 6.0, 1.0);
    made.vessel(1, 2, 6.0, 1.5);
    made.vessel(2, 3, 6.0, 0.5);
    made.vessel(3, 1, 6.0, 0.5); // back to where it came from
    made.vessel(2, 0, 6.0, 1.0);
    made.inflow(0, 0.0);
    EXPECT_THAT(flow_problem(made.network, as_measured()), testing::HasSubstr("comes in a circle"));
}

TEST(VesselFlow, ACircleThatTheBalanceMakesIsRefused)
{
    // Flows that lose 0.8 % from node to node: the balance lowers the first ones and raises the last ones, and what
    // adds up along the first half turns the small flow beside it round.
    constexpr int nodes = 60;
    MadeNetwork made;
    for (int k = 0; k < nodes; ++k) {
        made.node({10.0 * k, 0, 0});
    }
    for (int k = 0; k + 1 < nodes; ++k) {
        made.vessel(k, k + 1, 6.0, std::pow(0.992, k));
    }
    made.node({300, 50, 0});
    made.vessel(1, nodes, 6.0, 1e-4);
    made.vessel(nodes, nodes / 2, 6.0, 1e-4);
    made.pressure(0, 20.0);
    made.pressure(nodes - 1, 10.0);
    ASSERT_EQ(flow_problem(made.network, as_measured()), "");
    try {
        find_flow(made.network, as_measured());
        FAIL() << "the circle was not found";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("comes in a circle"));
    }
}

TEST(VesselFlow, WhereEndsHaveFlowsOnlyTheyAreBalancedToWhatComes)
{
    MadeNetwork made = fork(7.0, 5.0);
    made.inflow(0, 3.0);
    made.inflow(2, -2.0);
    made.inflow(3, -1.01);
    ASSERT_EQ(flow_problem(made.network, by_pressure()), "");
    const VesselFlow blood = find_flow(made.network, by_pressure());
    EXPECT_NEAR(blood.flow_um3_per_min[1] / nl, 2.0 * 3.0 / 3.01, 1e-12);
    EXPECT_NEAR(blood.flow_um3_per_min[2] / nl, -1.01 * 3.0 / 3.01, 1e-12);
}

class MeasuredFlows : public testing::TestWithParam<const char*>
{
};

/// Solved by pressure and as measured: no node keeps blood or red cells back.
TEST_P(MeasuredFlows, NothingIsKeptBackAtNodes)
{
    const auto path = std::filesystem::path(PAGET_MEASURED_VESSELS) / GetParam();
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << "skipped: data not present";
    }
    const mesh::Grid grid({64, 64, 32}, 10.0);
    const VesselNetwork network = read_vessel_network(path, grid);
    for (const FlowDescription& description : {as_measured(), by_pressure(), by_pressure(HaematocritLaw::separated)}) {
        ASSERT_EQ(flow_problem(network, description), "");
        const VesselFlow blood = find_flow(network, description);
        EXPECT_LT(blood.correction, 1e-3);
        auto net = net_outflow_um3_per_min(network, blood.flow_um3_per_min);
        std::vector<double> red_cells(blood.flow_um3_per_min);
        for (std::size_t s = 0; s < red_cells.size(); ++s) {
            red_cells[s] *= blood.haematocrit[s];
        }
        auto net_cells = net_outflow_um3_per_min(network, red_cells);
        for (const FlowBoundary& end : network.boundary) {
            net[static_cast<std::size_t>(end.node)] = net_cells[static_cast<std::size_t>(end.node)] = 0.0;
        }
        EXPECT_THAT(net, testing::Each(testing::DoubleNear(0.0, 1e-11 * 10.0 * nl)));
        EXPECT_THAT(net_cells, testing::Each(testing::DoubleNear(0.0, 1e-11 * 10.0 * nl)));
        for (const double haematocrit : blood.haematocrit) {
            EXPECT_TRUE(haematocrit >= 0.0 && haematocrit <= 0.95) << haematocrit;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Files, MeasuredFlows, testing::Values("rat-mammary-carcinoma.dat", "rat-cerebral-cortex.dat"));

} // namespace paget::organ
