#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace paget::circulation
{
namespace
{
using testing::HasSubstr;

agents::CellRecord remarkable_cell()
{
    agents::CellRecord cell = cases::cell(42);
    cell.parent = CellId::make(OrganKey{0}, 41);
    cell.born_at = 7;
    cell.phase_entered_at = 9;
    cell.volume = {1500.0, 130.0, 500.0};
    cell.traits = {1.5, 2.5, 0.3, 0.7};
    cell.clone = 5;
    cell.journeys = 3;
    cell.type = 1;
    cell.state = agents::State::hybrid;
    cell.phase = 2;
    return cell;
}

JourneyParameters quick_journey()
{
    JourneyParameters journey;
    journey.extravasation_per_min = 10.0;
    return journey;
}

std::string refusal(const VascularGraph& graph, const JourneyParameters& journey, int organs)
{
    const auto world = parallel::Communicator::self();
    try {
        const Circulation blood(graph, journey, world,
                                std::vector<std::vector<int>>(static_cast<std::size_t>(organs), {0}), RandomNumbers(1));
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}
} // namespace

TEST(Travel, KeepsIdentityAndTraits)
{
    const auto world = parallel::Communicator::self();
    auto beds = cases::small_body(0.0);
    beds[1].capture_single = 1.0;
    Circulation blood(VascularGraph(beds, 0.6, 0.14), quick_journey(), world, {{0}, {0}}, RandomNumbers(2));
    const agents::CellRecord cell = remarkable_cell();
    blood.collect({{cell, cell.id, cases::breast}});
    blood.advance({3 * cases::minute, 60 * cases::minute});
    EXPECT_TRUE(blood.arrivals(cases::breast).empty());
    const std::vector<Arrival> arrived = blood.arrivals(cases::lung);
    ASSERT_EQ(arrived.size(), 1U);
    EXPECT_TRUE(blood.arrivals(cases::lung).empty()); // moved out
    const Arrival& a = arrived.front();
    EXPECT_EQ(a.cell.journeys, 4);
    EXPECT_EQ(a.cell.id, cell.id);
    EXPECT_EQ(a.cell.parent, cell.parent);
    EXPECT_EQ(a.cell.born_at, cell.born_at);
    EXPECT_EQ(a.cell.phase_entered_at, cell.phase_entered_at);
    EXPECT_EQ(a.cell.volume.total_um3(), cell.volume.total_um3());
    EXPECT_EQ(a.cell.traits.il6_response, 1.5);
    EXPECT_EQ(a.cell.traits.il8_response, 2.5);
    EXPECT_EQ(a.cell.traits.mmp1, 0.3);
    EXPECT_EQ(a.cell.traits.fscn1, 0.7);
    EXPECT_EQ(a.cell.clone, 5U);
    EXPECT_EQ(a.cell.state, agents::State::hybrid);
    EXPECT_EQ(a.cluster_size, 1);
    EXPECT_EQ(a.source, cases::breast);
    EXPECT_EQ(a.destination, cases::lung);
    EXPECT_EQ(a.shed_at, 3 * cases::minute);
    EXPECT_GT(a.arrived_at, a.shed_at + 600); // it passed the veins
}

TEST(Travel, LumpedArrivalsAreCountedAndListedForOneStep)
{
    const auto world = parallel::Communicator::self();
    auto beds = cases::small_body(0.0);
    beds[2].capture_single = 1.0;
    Circulation blood(VascularGraph(beds, 0.6, 0.14), quick_journey(), world, {{0}, {0}}, RandomNumbers(2));
    blood.collect(cases::singles(1, 20));
    blood.advance({0, 600 * cases::minute});
    EXPECT_EQ(blood.lumped_arrivals().size(), 20U);
    EXPECT_EQ(blood.lumped_arrivals().front().bed, 2);
    EXPECT_EQ(blood.lumped_arrivals().front().cell.journeys, 1);
    EXPECT_EQ(blood.ledger().extravasated_lumped, 20);
    EXPECT_EQ(blood.ledger().extravasated, 0);
    blood.advance({600 * cases::minute, cases::minute});
    EXPECT_TRUE(blood.lumped_arrivals().empty());
}

// A cell that nobody takes would be lost: better to stop.
TEST(Travel, ArrivalsMustBeTaken)
{
    const auto world = parallel::Communicator::self();
    Circulation blood(cases::small_graph(1.0), quick_journey(), world, {{0}, {0}}, RandomNumbers(2));
    blood.collect(cases::singles(1, 20));
    blood.advance({0, 600 * cases::minute});
    EXPECT_THROW(blood.advance({600 * cases::minute, cases::minute}), BugError);
}

TEST(Travel, ARestoredStateGoesOnAsIfNothingHadHappened)
{
    const auto world = parallel::Communicator::self();
    const auto run = [&](bool restart) {
        Circulation blood(cases::small_graph(0.3), cases::eventful_journey(), world, {{0}, {0}}, RandomNumbers(2));
        UnorderedChecksum sum;
        for (int i = 0; i < 40; ++i) {
            if (restart && i == 17) {
                std::vector<Traveller> saved = blood.travellers();
                std::reverse(saved.begin(), saved.end());
                const BloodLedger ledger = blood.ledger();
                blood = Circulation(cases::small_graph(0.3), cases::eventful_journey(), world, {{0}, {0}},
                                    RandomNumbers(2));
                blood.restore(saved, ledger);
            }
            blood.collect(cases::cluster(static_cast<std::uint64_t>(100 * i), 1 + i % 5));
            blood.advance({i * cases::minute, cases::minute});
            for (const Arrival& arrival : cases::take_arrivals(blood)) {
                cases::add_to(sum, arrival);
            }
        }
        for (const Traveller& traveller : blood.travellers()) {
            cases::add_to(sum, traveller);
        }
        EXPECT_EQ(cases::ledger_gap(blood), 0);
        return sum.value();
    };
    EXPECT_EQ(run(true), run(false));
}

TEST(Travel, RefusesLawsThatMakeNoSense)
{
    JourneyParameters journey;
    journey.survival_single = 1.1;
    journey.extravasation_per_min = -1.0;
    journey.nk_lethality_end_min = 10.0;
    journey.blood_volume_ml = 0.0;
    const std::string message = refusal(cases::small_graph(0.1), journey, 2);
    EXPECT_THAT(message, HasSubstr("circulation.survival.single is 1.1 (it is a probability). Give"));
    EXPECT_THAT(message, HasSubstr("circulation.extravasation is -1"));
    EXPECT_THAT(message, HasSubstr("circulation.nk.lethality_end is 10"));
    EXPECT_THAT(message, HasSubstr("circulation.blood_volume is 0"));
}

TEST(Travel, RefusesOrgansThatDoNotFitTheGraph)
{
    EXPECT_THAT(refusal(cases::small_graph(0.1), {}, 3), HasSubstr("organ number 2 has no bed"));
    EXPECT_THAT(refusal(cases::small_graph(0.1), {}, 1), HasSubstr("bed lung belongs to organ number 1"));
    EXPECT_EQ(refusal(cases::small_graph(0.1), {}, 2), "");
}

} // namespace paget::circulation
