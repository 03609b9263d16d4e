#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

namespace paget::circulation
{
namespace
{
struct Body {
    parallel::Communicator world = parallel::Communicator::self();
    Circulation blood;

    explicit Body(const JourneyParameters& journey)
        : blood(cases::small_graph(0.0), journey, world, {{0}, {0}}, RandomNumbers(1))
    {
    }
    void shed(const std::vector<ShedCell>& cells, Tick begin = 0)
    {
        blood.collect(cells);
        blood.advance({begin, 1});
    }
};
} // namespace

TEST(Entry, WithoutDisaggregationAClusterStaysWhole)
{
    Body body{JourneyParameters{}};
    body.shed(cases::cluster(10, 4));
    const BloodCount count = body.blood.count();
    EXPECT_EQ(count.flowing_clusters, 1);
    EXPECT_EQ(count.flowing_singles, 0);
    EXPECT_EQ(count.flowing_cells, 4);
    for (const Traveller& traveller : body.blood.travellers()) {
        EXPECT_EQ(traveller.cluster, CellId::make(OrganKey{0}, 10));
    }
}

TEST(Entry, WithCertainDisaggregationAllBecomeSingles)
{
    JourneyParameters journey;
    journey.disaggregation_probability = 1.0;
    Body body(journey);
    body.shed(cases::cluster(10, 4));
    EXPECT_EQ(body.blood.count().flowing_singles, 4);
    for (const Traveller& traveller : body.blood.travellers()) {
        EXPECT_EQ(traveller.cluster, traveller.cell.id);
    }
}

// A cluster of two in which one cell leaves is two singles: never a cluster of one.
TEST(Entry, TheLastMemberOfAClusterIsASingle)
{
    JourneyParameters journey;
    journey.disaggregation_probability = 0.5;
    Body body(journey);
    for (std::uint64_t i = 0; i < 200; ++i) {
        body.blood.collect(cases::cluster(10 * i, 2));
    }
    body.shed({});
    const BloodCount count = body.blood.count();
    EXPECT_EQ(count.flowing_cells, 400);
    EXPECT_EQ(count.flowing_singles + 2 * count.flowing_clusters, 400);
    EXPECT_GT(count.flowing_clusters, 25); // 50 expected; below 25: 1e-5
    EXPECT_LT(count.flowing_clusters, 80); // above 80: 1e-5
}

// What leads the rest after the leader has left is its smallest id, so two groups never share a name.
TEST(Entry, GroupsAreNamedByTheirSmallestId)
{
    JourneyParameters journey;
    journey.disaggregation_probability = 0.4;
    Body body(journey);
    for (std::uint64_t i = 0; i < 200; ++i) {
        body.blood.collect(cases::cluster(10 * i, 5));
    }
    body.shed({});
    std::map<std::uint64_t, std::uint64_t> smallest;
    for (const Traveller& t : body.blood.travellers()) {
        smallest.try_emplace(t.cluster.value, t.cell.id.value);
        EXPECT_EQ(smallest[t.cluster.value], t.cluster.value);
    }
}

TEST(Entry, AnoikisIsPerSingleAndPerWholeCluster)
{
    JourneyParameters journey;
    journey.survival_single = 0.0;
    Body body(journey);
    body.shed(cases::cluster(10, 3));
    body.shed(cases::singles(100, 5), 1);
    EXPECT_EQ(body.blood.count().flowing_cells, 3);
    EXPECT_EQ(body.blood.ledger().died[static_cast<std::size_t>(BloodDeath::anoikis)], 5);
    journey.survival_single = 1.0;
    journey.survival_cluster = 0.0;
    Body other(journey);
    other.shed(cases::cluster(10, 3));
    other.shed(cases::singles(100, 5), 1);
    EXPECT_EQ(other.blood.count().flowing_cells, 5);
    EXPECT_EQ(other.blood.ledger().died[static_cast<std::size_t>(BloodDeath::anoikis)], 3);
}

} // namespace paget::circulation
