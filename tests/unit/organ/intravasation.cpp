#include "intravasation.hpp"

#include "paget/core/math.hpp"
#include "unit/agents/culture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace paget::organ
{
namespace
{
using agents::Fate;
using agents::State;

/// Tissue of 1600 x 1600 x 160 um with a capillary along y every 80 um in x (at 40, 120, ...) and 40 um in z.
class Vicinity
{
public:
    Vicinity() : culture_(grid_, {1, 1, 1}, comm_, {agents::test::resting_type()})
    {
        for (double x = 40.0; x < 1600.0; x += 80.0) {
            for (double z = 20.0; z < 160.0; z += 40.0) {
                network_.segments.push_back({{x, 0.0, z}, {x, 1600.0, z}, 4.0, 0, true});
            }
        }
        tissue.types = culture_.types;
        tissue.behaviour.resize(1);
        tissue.behaviour[0].reach_um = 10.0;
    }

    /// A cell at the given distance in x from the axis of capillary (i, k), at y.
    CellId put(int i, int k, double y_um, double off_axis_um, State state = State::mesenchymal,
               Fate fate = Fate::cycling)
    {
        auto cell = agents::test::cell_at(culture_.types[0], next_number(),
                                          {40.0 + 80.0 * i + off_axis_um, y_um, 20.0 + 40.0 * k});
        cell.state = state;
        cell.fate = fate;
        cells_.push_back(cell);
        return cell.id;
    }
    /// The same with capillaries that do not flow.
    void stop_flow()
    {
        for (Segment& segment : network_.segments) {
            segment.flowing = false;
        }
    }
    void number_backwards() { backwards_ = true; }

    /// The leader of every cell, no_cell for those that stay.
    std::map<CellId, CellId> choose(double minutes = 6.0, Tick begin = 0)
    {
        culture_.found(cells_);
        const VesselMap map(network_, grid_, grid_.box(), 25.0);
        const DoorsToBlood vessels{map, network_, immature_factor};
        std::vector<double> hazards;
        for (std::size_t cell = 0; cell < culture_.population.size(); ++cell) {
            const auto state = static_cast<std::size_t>(culture_.population.state(cell));
            hazards.push_back(tissue.behaviour[culture_.population.type(cell)].intravasation_per_min[state]);
        }
        const auto leaders = choose_leaders(culture_.population, tissue, vessels, hazards, RandomNumbers(11),
                                            {begin, ticks_from_minutes(minutes)});
        std::map<CellId, CellId> by_id;
        for (std::size_t cell = 0; cell < leaders.size(); ++cell) {
            by_id[culture_.population.id(cell)] = leaders[cell];
        }
        return by_id;
    }

    TissueDescription tissue;
    double immature_factor = 1.0;

private:
    std::uint64_t next_number() const { return backwards_ ? 100000 - cells_.size() : cells_.size(); }

    mesh::Grid grid_{{80, 80, 8}, 20.0};
    parallel::Communicator comm_ = parallel::Communicator::self();
    agents::test::Culture culture_;
    VesselNetwork network_;
    std::vector<agents::CellRecord> cells_;
    bool backwards_ = false;
};

constexpr double always_per_min = 1000.0; // an event within a minute, but for a share of e^-1000

double share(double found, double of) { return found / of; }
double standard_error(double p, double n) { return std::sqrt(p * (1.0 - p) / n); }

/// Calls place(i, k, y) for 20 x 4 capillaries and 40 places along each.
template <class Place>
void everywhere(Place place)
{
    for (int i = 0; i < 19; ++i) {
        for (int k = 0; k < 4; ++k) {
            for (double y = 20.0; y < 1600.0; y += 40.0) {
                place(i, k, y);
            }
        }
    }
}
} // namespace

// 3040 cells near vessels: within 4 s.e., false alarm 6e-5; the seed is fixed.
TEST(ChooseLeaders, CellsAtVesselsEnterWithTheirHazardAndOthersNever)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min = {0.0, 0.0, 0.02};
    vicinity.tissue.behaviour[0].cluster_probability = 1.0; // nobody touches anybody
    std::vector<CellId> near;
    everywhere([&](int i, int k, double y) {
        near.push_back(vicinity.put(i, k, y, 12.0));
        vicinity.put(i, k, y, 40.0); // in the middle between two capillaries
    });
    const auto leader = vicinity.choose(6.0);
    double entered = 0.0;
    for (const auto& [cell, leads] : leader) {
        if (leads != no_cell) {
            EXPECT_EQ(leads, cell);
            EXPECT_TRUE(std::binary_search(near.begin(), near.end(), cell));
            entered += 1.0;
        }
    }
    const auto n = static_cast<double>(near.size());
    const double p = event_probability(0.02, 6.0);
    EXPECT_NEAR(share(entered, n), p, 4.0 * standard_error(p, n));
}

TEST(ChooseLeaders, ReachIsFromSurfaceToWall)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min = {0.0, 0.0, always_per_min};
    const double radius_um = vicinity.tissue.types[0].radius_um();
    const CellId inside = vicinity.put(0, 0, 100.0, 4.0 + radius_um + 10.0 - 1e-6);
    const CellId outside = vicinity.put(0, 0, 200.0, 4.0 + radius_um + 10.0 + 1e-6);
    const CellId on_axis = vicinity.put(0, 0, 300.0, 0.0);
    const auto leader = vicinity.choose();
    EXPECT_EQ(leader.at(inside), inside);
    EXPECT_EQ(leader.at(outside), no_cell);
    EXPECT_EQ(leader.at(on_axis), on_axis);
}

TEST(ChooseLeaders, HazardsAreThoseOfTheStateAndOfTheLiving)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min = {0.0, always_per_min, 0.0};
    std::map<CellId, bool> expected;
    expected[vicinity.put(0, 0, 50.0, 10.0, State::epithelial)] = false;
    expected[vicinity.put(0, 0, 150.0, 10.0, State::hybrid)] = true;
    expected[vicinity.put(0, 0, 250.0, 10.0, State::mesenchymal)] = false;
    expected[vicinity.put(0, 0, 350.0, 10.0, State::hybrid, Fate::dormant)] = true;
    expected[vicinity.put(0, 0, 450.0, 10.0, State::hybrid, Fate::apoptotic)] = false;
    expected[vicinity.put(0, 0, 550.0, 10.0, State::hybrid, Fate::necrotic)] = false;
    for (const auto& [cell, leads] : vicinity.choose()) {
        EXPECT_EQ(leads != no_cell, expected.at(cell)) << cell.value;
    }
}

TEST(ChooseLeaders, VesselsWithoutFlowLetNobodyIn)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min.fill(always_per_min);
    vicinity.stop_flow();
    const CellId cell = vicinity.put(0, 0, 50.0, 10.0);
    EXPECT_EQ(vicinity.choose().at(cell), no_cell);
}

// 3040 touching neighbours: within 4 s.e., false alarm 6e-5; the seed is fixed.
TEST(ChooseLeaders, OnlyCellsThatTouchALeaderFollowWithTheirProbability)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min.fill(always_per_min);
    vicinity.tissue.behaviour[0].cluster_probability = 0.3;
    std::map<CellId, CellId> touches; // follower -> its leader
    std::vector<CellId> chained;      // touch a follower, not a leader
    everywhere([&](int i, int k, double y) {
        const CellId leader = vicinity.put(i, k, y, 12.0);
        touches[vicinity.put(i, k, y, 12.0 + 16.0)] = leader; // beyond its own reach
        if (i % 2 == 0) {
            chained.push_back(vicinity.put(i, k, y, 12.0 + 32.0));
        }
    });
    const auto leader = vicinity.choose();
    double followed = 0.0;
    for (const auto& [cell, led_by] : touches) {
        EXPECT_EQ(leader.at(led_by), led_by);
        if (leader.at(cell) != no_cell) {
            EXPECT_EQ(leader.at(cell), led_by);
            followed += 1.0;
        }
    }
    const auto n = static_cast<double>(touches.size());
    EXPECT_NEAR(share(followed, n), 0.3, 4.0 * standard_error(0.3, n));
    for (const CellId cell : chained) {
        EXPECT_EQ(leader.at(cell), no_cell);
    }
}

TEST(ChooseLeaders, TheDeadDoNotFollow)
{
    Vicinity vicinity;
    vicinity.tissue.behaviour[0].intravasation_per_min.fill(always_per_min);
    vicinity.tissue.behaviour[0].cluster_probability = 1.0;
    vicinity.put(0, 0, 100.0, 12.0);
    const CellId dead = vicinity.put(0, 0, 100.0, 28.0, State::hybrid, Fate::apoptotic);
    vicinity.put(1, 0, 100.0, 12.0);
    const CellId asleep = vicinity.put(1, 0, 100.0, 28.0, State::hybrid, Fate::dormant);
    const auto leader = vicinity.choose();
    EXPECT_EQ(leader.at(dead), no_cell);
    EXPECT_NE(leader.at(asleep), no_cell);
}

TEST(ChooseLeaders, BetweenTwoLeadersTheSmallestIdLeads)
{
    for (const bool backwards : {false, true}) {
        Vicinity vicinity;
        if (backwards) {
            vicinity.number_backwards();
        }
        vicinity.tissue.behaviour[0].intravasation_per_min.fill(always_per_min);
        vicinity.tissue.behaviour[0].cluster_probability = 1.0;
        const CellId left = vicinity.put(0, 0, 100.0, 17.0);
        const CellId middle = vicinity.put(0, 0, 100.0, 33.0); // 29 um from the one wall, 43 from the other
        const CellId right = vicinity.put(0, 0, 100.0, 33.0 + 16.0);
        const CellId below = vicinity.put(0, 0, 100.0 - 16.0, 17.0); // a leader that touches a leader
        const auto leader = vicinity.choose();
        EXPECT_EQ(leader.at(left), left);
        EXPECT_EQ(leader.at(below), below);
        EXPECT_EQ(leader.at(right), no_cell) << "touches no leader";
        EXPECT_EQ(leader.at(middle), left);
    }
    for (const bool backwards : {false, true}) {
        Vicinity vicinity;
        if (backwards) {
            vicinity.number_backwards();
        }
        vicinity.tissue.behaviour[0].intravasation_per_min.fill(always_per_min);
        vicinity.tissue.behaviour[0].cluster_probability = 1.0;
        const CellId first = vicinity.put(0, 0, 100.0, 20.0);
        const CellId second = vicinity.put(0, 0, 108.0, 20.0);
        const CellId between = vicinity.put(0, 0, 104.0, 34.0); // touches both, out of its own reach
        const auto leader = vicinity.choose();
        EXPECT_EQ(leader.at(first), first);
        EXPECT_EQ(leader.at(second), second);
        EXPECT_EQ(leader.at(between), std::min(first, second));
    }
}

} // namespace paget::organ
