// V16 with a second route: the share s of what the breast sheds goes by lymph. A chain of two nodes with captures c1
// and c2 and delays T1 and T2 keeps s c1 and s (1-c1) c2; the rest, s (1-c1) (1-c2), enters the veins at T1 + T2.

#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr double lymph_share = 0.4;
constexpr std::array<double, 2> node_capture{0.9, 0.5};
constexpr std::array<double, 2> node_delay_min{2160.0, 720.0};
constexpr double veins_min = 0.6;

/// A lung that holds everything back: when a cell arrests there tells which way it came.
VascularGraph body_with_two_nodes()
{
    auto beds = cases::small_body(0.0);
    beds[1].capture_single = beds[1].capture_cluster = 1.0;
    for (std::size_t i = 0; i < 2; ++i) {
        Bed node = cases::bed(i == 0 ? "axilla" : "infraclavicular", OrganId::none, 0.0, node_capture[i]);
        node.inflow = Inflow::lymph;
        node.transit_min = node_delay_min[i];
        beds.push_back(node);
    }
    beds[3].lymph_of = {cases::breast};
    beds[3].drains_to = {Vessel::Kind::bed, 4};
    beds[0].lymph_share = lymph_share;
    return VascularGraph(beds, veins_min, 0.14);
}

/// Convoys by the bed in which they stay and the time at which they came there.
using Counts = std::map<std::pair<int, Tick>, int>;

Counts arrested_convoys(const Circulation& blood)
{
    Counts counts;
    for (const Traveller& t : blood.travellers()) {
        counts[{t.bed, t.arrested_at}] += t.cell.id == t.cluster ? 1 : 0;
    }
    return counts;
}
} // namespace

// 5 comparisons twice within 3.5 standard errors; times are exact to the tick.
TEST(LymphPartition, IsTheClosedForm)
{
    const auto world = parallel::Communicator::self();
    const Tick through_first = ticks_from_minutes(node_delay_min[0]);
    const Tick through_both = ticks_from_minutes(node_delay_min[0] + node_delay_min[1]);
    const Tick veins = ticks_from_minutes(veins_min);
    for (const int size : {1, 3}) {
        Circulation blood(body_with_two_nodes(), {}, world, {{0}, {0}}, RandomNumbers(31));
        const int convoys = 100000 / size;
        for (int i = 0; i < convoys; ++i) {
            blood.collect(cases::cluster(static_cast<std::uint64_t>(10 * i), size));
        }
        const Tick step = ticks_from_minutes(360.0);
        for (Tick now = 0; now < through_both + step; now += step) {
            blood.advance({now, step});
            ASSERT_EQ(cases::ledger_gap(blood), 0);
        }
        const std::map<std::pair<int, Tick>, double> exact{
            {{1, veins}, 1.0 - lymph_share},
            {{3, 0}, lymph_share * node_capture[0]},
            {{4, through_first}, lymph_share * (1.0 - node_capture[0]) * node_capture[1]},
            {{1, through_both + veins}, lymph_share * (1.0 - node_capture[0]) * (1.0 - node_capture[1])}};
        const Counts counts = arrested_convoys(blood);
        EXPECT_EQ(counts.size(), exact.size()); // and nowhere else, at no other time
        for (const auto& [place, probability] : exact) {
            ASSERT_TRUE(counts.contains(place)) << place.first << " " << place.second;
            EXPECT_LT(std::fabs(cases::standard_errors(counts.at(place), convoys, probability)), 3.5) << place.first;
        }
    }
}

} // namespace paget::circulation
