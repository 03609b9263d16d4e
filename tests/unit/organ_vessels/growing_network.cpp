#include "growing_network.hpp"

#include "growing_case.hpp"

#include <gtest/gtest.h>

#include <set>

namespace paget::organ
{
namespace
{
using testing_vessels::parallel_vessels;

/// Ends of segments are their nodes, ids are unique, tips stand at the ends of their stalks.
void expect_whole(const GrownVessels& vessels)
{
    const auto& network = vessels.network;
    ASSERT_EQ(network.flows.size(), network.segments.size());
    ASSERT_EQ(vessels.lives.size(), network.segments.size());
    ASSERT_EQ(vessels.sprouted.size(), network.nodes.size());
    std::set<std::int64_t> ids;
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        EXPECT_EQ(network.segments[s].start_um, network.nodes[place(network.flows[s].from_node)].position_um);
        EXPECT_EQ(network.segments[s].end_um, network.nodes[place(network.flows[s].to_node)].position_um);
        EXPECT_TRUE(ids.insert(network.segments[s].name).second);
        EXPECT_LT(network.segments[s].name, vessels.next_id);
    }
    for (const TipCell& tip : vessels.tips) {
        EXPECT_LT(place(tip.node), network.nodes.size());
        if (tip.segment >= 0) {
            EXPECT_EQ(network.flows[place(tip.segment)].to_node, tip.node);
        }
    }
}

TEST(GrowingNetwork, ACutKeepsLengthAndEnds)
{
    GrownVessels vessels = grown_from(parallel_vessels({{100, 200, 0}, {300, 200, 0}}).network);
    const double length_um = vessels.network.total_length_um();
    const std::int32_t node = node_on(vessels, 1, 0.25);
    expect_whole(vessels);
    EXPECT_EQ(node, 4);
    EXPECT_EQ(vessels.network.segments.size(), 3U);
    EXPECT_DOUBLE_EQ(vessels.network.total_length_um(), length_um);
    EXPECT_EQ(vessels.network.segments[1].name, 1) << "the first half is the old one";
    EXPECT_DOUBLE_EQ(vessels.network.segments[1].length_um(), 100.0);
    EXPECT_EQ(vessels.network.segments[2].maturity, 1.0);
    EXPECT_EQ(vessels.lives[2].sprout, 0);
    EXPECT_EQ(node_on(vessels, 1, 0.99), 4) << "the end is near enough";
    EXPECT_EQ(node_on(vessels, 1, 0.01), 2);
    EXPECT_EQ(vessels.network.segments.size(), 3U);
}

/// A sprout of three pieces with a tip, and what becomes of it when a piece goes.
TEST(GrowingNetwork, WhatIsCutOffGoes)
{
    for (const std::size_t lost : {0U, 1U, 2U}) {
        GrownVessels vessels = grown_from(parallel_vessels({{100, 200, 0}}).network);
        TipCell tip;
        tip.id = vessels.next_id++;
        tip.node = node_on(vessels, 0, 0.5);
        const std::size_t first = vessels.network.segments.size();
        for (int i = 1; i <= 3; ++i) {
            const auto next = add_node(vessels, {100.0 + 20.0 * i, 200, 200});
            tip.segment = add_segment(vessels, tip.node, next, 3.0, tip.id, 7);
            tip.node = next;
        }
        vessels.tips.push_back(tip);
        std::vector<bool> gone(vessels.network.segments.size(), false);
        gone[first + lost] = true;
        EXPECT_EQ(remove_segments(vessels, gone), static_cast<std::int64_t>(3 - lost));
        expect_whole(vessels);
        EXPECT_EQ(vessels.network.segments.size(), first + lost);
        EXPECT_TRUE(vessels.tips.empty());
    }
}

TEST(GrowingNetwork, WhatHangsOnAnotherVesselStays)
{
    GrownVessels vessels = grown_from(parallel_vessels({{100, 200, 0}, {160, 200, 0}}).network);
    const auto left = node_on(vessels, 0, 0.5);
    const auto middle = add_node(vessels, {130, 200, 200});
    const auto right = node_on(vessels, 1, 0.5);
    const auto lost = add_segment(vessels, left, middle, 3.0, 9, 0);
    add_segment(vessels, middle, right, 3.0, 9, 0);
    TipCell tip;
    tip.id = 77;
    tip.node = add_node(vessels, {130, 230, 200});
    tip.segment = add_segment(vessels, middle, tip.node, 3.0, 77, 0);
    vessels.tips.push_back(tip);
    std::vector<bool> gone(vessels.network.segments.size(), false);
    gone[place(lost)] = true;
    EXPECT_EQ(remove_segments(vessels, gone), 1);
    expect_whole(vessels);
    ASSERT_EQ(vessels.tips.size(), 1U);
    EXPECT_EQ(vessels.network.nodes[place(vessels.tips[0].node)].position_um, (Vec3{130, 230, 200}));
}
} // namespace
} // namespace paget::organ
