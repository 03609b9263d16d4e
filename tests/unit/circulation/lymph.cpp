// The way by lymph: who takes it, how long it takes, who dies on it, and that it is not blood.

#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace paget::circulation
{
namespace
{
constexpr int node = 3;
constexpr int next_node = 4;

Bed lymph_node(const std::string& name, double transit_min, double capture, Vessel drains_to = {})
{
    Bed bed = cases::bed(name, OrganId::none, 0.0, capture, drains_to);
    bed.inflow = Inflow::lymph;
    bed.transit_min = transit_min;
    return bed;
}

/// Breast, lung, rest and a node for the breast, in which the cells stay 90 min.
std::vector<Bed> body_with_node(double share, double capture = 0.0, double blood_capture = 0.0)
{
    auto beds = cases::small_body(blood_capture);
    beds.push_back(lymph_node("axilla", 90.0, capture));
    beds[node].lymph_of = {cases::breast};
    beds[0].lymph_share = share;
    return beds;
}

Circulation blood_with_lymph(const std::vector<Bed>& beds, const JourneyParameters& journey,
                             const parallel::Communicator& world)
{
    return {VascularGraph(beds, 0.6, 0.14), journey, world, {{0}, {0}}, RandomNumbers(5)};
}

void run_steps(Circulation& blood, Tick end, Tick step)
{
    for (Tick now = 0; now < end; now += step) {
        blood.advance({now, std::min(step, end - now)});
    }
}
} // namespace

// A cell that leaves 0.02 min after the beginning is in the veins from 90.02 to 90.62 min.
TEST(Lymph, TakesItsTimeWhateverTheSteps)
{
    const auto world = parallel::Communicator::self();
    for (const Tick step : {Tick{7001}, Tick{50000}, Tick{90000}}) {
        auto shed = cases::singles(1, 2);
        shed[0].after_min = shed[1].after_min = 0.02;
        Circulation blood = blood_with_lymph(body_with_node(1.0), {}, world);
        blood.collect(shed);
        run_steps(blood, 90 * cases::minute, step);
        ASSERT_EQ(blood.travellers().size(), 2U);
        EXPECT_EQ(blood.travellers()[0].location, node) << step;
        EXPECT_NEAR(blood.travellers()[0].minutes_ahead, 0.02, 1e-9) << step;
        blood.advance({90 * cases::minute, cases::minute / 2});
        EXPECT_EQ(blood.travellers()[0].location, -1) << step;
        EXPECT_NEAR(blood.travellers()[0].minutes_ahead, 0.12, 1e-9) << step;
    }
}

TEST(Lymph, PassesNodeAfterNode)
{
    const auto world = parallel::Communicator::self();
    auto beds = body_with_node(1.0);
    beds[node].drains_to = {Vessel::Kind::bed, next_node};
    beds.push_back(lymph_node("infraclavicular", 30.0, 0.0));
    Circulation blood = blood_with_lymph(beds, {}, world);
    blood.collect(cases::singles(1, 1));
    blood.advance({0, 100 * cases::minute});
    EXPECT_EQ(blood.travellers()[0].location, next_node);
    EXPECT_NEAR(blood.travellers()[0].minutes_ahead, 20.0, 1e-9);
    EXPECT_EQ(blood.count().lymph_cells, 1);
}

/// Cells of a tumour in a node leave it by what drains the node.
TEST(Lymph, CarriesCellsFromATumourInANode)
{
    const auto world = parallel::Communicator::self();
    auto beds = body_with_node(1.0);
    beds[node].drains_to = {Vessel::Kind::bed, next_node};
    beds[node].organ = OrganId{2};
    beds.push_back(lymph_node("infraclavicular", 30.0, 0.0));
    Circulation blood(VascularGraph(beds, 0.6, 0.14), {}, world, {{0}, {0}, {0}}, RandomNumbers(5));
    blood.collect(cases::singles(1, 1, OrganId{2}));
    blood.advance({0, 10 * cases::minute});
    EXPECT_EQ(blood.travellers()[0].location, next_node);
    EXPECT_NEAR(blood.travellers()[0].minutes_ahead, 20.0, 1e-9);
}

TEST(Lymph, IsNotBlood)
{
    const auto world = parallel::Communicator::self();
    Circulation blood = blood_with_lymph(body_with_node(1.0), {}, world);
    blood.collect(cases::singles(1, 3));
    blood.collect(cases::cluster(10, 4));
    blood.collect(cases::singles(20, 2, cases::lung)); // has no lymph
    blood.advance({0, cases::minute});
    const BloodCount count = blood.count();
    EXPECT_EQ(count.lymph_cells, 7);
    EXPECT_EQ(count.flowing_cells, 2);
    EXPECT_EQ(count.flowing_singles, 2);
    EXPECT_EQ(count.flowing_clusters, 0);
    EXPECT_EQ(cases::ledger_gap(blood), 0);
}

// 1e5 cells; beyond 4 standard errors once in 16000.
TEST(Lymph, HasADeathOfItsOwn)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.flow_death_per_min = 5.0;
    journey.shear_death_per_min = 5.0;
    journey.lymph_death_per_min = 0.01;
    Circulation blood = blood_with_lymph(body_with_node(1.0), journey, world);
    blood.collect(cases::singles(1, 100000));
    run_steps(blood, 80 * cases::minute, 9000);
    const auto alive = static_cast<double>(blood.count().lymph_cells);
    EXPECT_LT(std::fabs(cases::standard_errors(alive, 1e5, std::exp(-0.8))), 4.0);
    EXPECT_EQ(blood.ledger().died[static_cast<std::size_t>(BloodDeath::shear)], 0);
}

/// A cluster leaves its tissue by one vessel, though it falls apart there.
TEST(Lymph, IsOneWayForAllThatAreShedTogether)
{
    const auto world = parallel::Communicator::self();
    JourneyParameters journey;
    journey.disaggregation_probability = 0.5;
    Circulation blood = blood_with_lymph(body_with_node(0.5), journey, world);
    for (std::uint64_t k = 0; k < 200; ++k) {
        blood.collect(cases::cluster(10 * k, 4));
    }
    blood.advance({0, cases::minute});
    std::map<std::uint64_t, int> in_lymph;
    for (const Traveller& t : blood.travellers()) {
        in_lymph[(t.cell.id.value - CellId::make(OrganKey{0}, 0).value) / 10] += t.location == node ? 1 : 0;
    }
    int by_lymph = 0;
    for (const auto& [cluster, cells] : in_lymph) {
        EXPECT_TRUE(cells == 0 || cells == 4) << cluster;
        by_lymph += cells / 4;
    }
    EXPECT_EQ(in_lymph.size(), 200U);
    EXPECT_LT(std::fabs(cases::standard_errors(by_lymph, 200.0, 0.5)), 4.0);
}

/// A body whose organs shed nothing into lymph is, bit by bit, the body without lymph.
TEST(Lymph, ChangesNothingUnlessAnOrganHasAShare)
{
    const auto world = parallel::Communicator::self();
    std::array<std::uint64_t, 2> sums{};
    for (const bool with_node : {false, true}) {
        const auto beds = with_node ? body_with_node(0.0, 0.9, 0.2) : cases::small_body(0.2);
        Circulation blood = blood_with_lymph(beds, cases::eventful_journey(), world);
        UnorderedChecksum sum;
        for (int step = 0; step < 20; ++step) {
            blood.collect(cases::cluster(static_cast<std::uint64_t>(100 * step), 30));
            blood.advance({step * cases::minute, cases::minute});
            for (const Arrival& arrival : cases::take_arrivals(blood)) {
                cases::add_to(sum, arrival);
            }
        }
        for (const Traveller& t : blood.travellers()) {
            cases::add_to(sum, t);
        }
        EXPECT_EQ(blood.count().lymph_cells, 0);
        sums[with_node ? 1 : 0] = sum.value();
    }
    EXPECT_EQ(sums[0], sums[1]);
}

} // namespace paget::circulation
