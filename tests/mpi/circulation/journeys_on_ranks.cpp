// A body on all ranks against the same body on one: the same cells arrive, die and travel.

#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::circulation
{
namespace
{
constexpr Tick minute = ticks_per_minute;
constexpr int step_count = 60;

/// What a run left behind, summed over ranks.
struct Result {
    std::uint64_t arrived = 0;
    std::uint64_t lumped = 0;
    std::uint64_t travelling = 0;
    BloodLedger ledger;
    BloodCount count;
};

/// Breast on the even, lung on the odd ranks (a rank alone works on both).
std::vector<std::vector<int>> organs_on(int ranks)
{
    std::vector<std::vector<int>> organ_ranks(2);
    for (int rank = 0; rank < ranks; ++rank) {
        organ_ranks[static_cast<std::size_t>(rank % 2)].push_back(rank);
    }
    if (ranks == 1) {
        organ_ranks[1] = {0};
    }
    return organ_ranks;
}

VascularGraph graph()
{
    auto beds = cases::small_body(0.3);
    beds[0].il6_gain = 4.0;
    beds[1].il8_gain = 2.0;
    beds.push_back(cases::bed("axilla", OrganId::none, 0.0, 0.3));
    beds[3].inflow = Inflow::lymph;
    beds[3].lymph_of = {cases::breast};
    beds[3].transit_min = 12.3;
    beds[0].lymph_share = 0.3;
    return VascularGraph(beds, 0.6, 0.14);
}

class Trial
{
public:
    explicit Trial(const parallel::Communicator& world)
        : world_(world),
          organ_ranks_(organs_on(world.size())),
          blood_(graph(), cases::eventful_journey(), world, organ_ranks_, RandomNumbers(17))
    {
    }

    /// `restart`: before the middle step the state is saved, cut anew (in the middle of clusters) and restored.
    Result go(bool restart)
    {
        for (int i = 0; i < step_count; ++i) {
            if (restart && i == step_count / 2) {
                save_and_restore();
            }
            shed(i);
            tell_cues(i);
            blood_.advance({i * minute, minute});
            EXPECT_EQ(cases::ledger_gap(blood_), 0);
            take();
        }
        UnorderedChecksum travelling;
        for (const Traveller& traveller : blood_.travellers()) {
            cases::add_to(travelling, traveller);
        }
        return {world_.sum_modulo(arrived_.value()), world_.sum_modulo(lumped_.value()),
                world_.sum_modulo(travelling.value()), blood_.ledger(), blood_.count()};
    }

private:
    bool works_on(OrganId organ) const
    {
        const auto& ranks = organ_ranks_[static_cast<std::size_t>(index_of(organ))];
        return std::find(ranks.begin(), ranks.end(), world_.rank()) != ranks.end();
    }

    /// 30 clusters of 1 to 6 cells, the cells of each dealt out over the ranks.
    void shed(int step)
    {
        for (int k = 0; k < 30; ++k) {
            const auto cells = cases::cluster(static_cast<std::uint64_t>(1000 * step + 10 * k), 1 + k % 6,
                                              k % 4 == 0 ? cases::lung : cases::breast);
            for (std::size_t c = 0; c < cells.size(); ++c) {
                if ((static_cast<int>(c) + k) % world_.size() == world_.rank()) {
                    blood_.collect({cells[c]});
                }
            }
        }
    }

    /// They rise and fall, so that a rank that keeps old ones is found out.
    void tell_cues(int step)
    {
        if (works_on(cases::breast)) {
            blood_.set_cues(cases::breast, {0.1 * (step % 7), 0.0});
        }
        if (works_on(cases::lung)) {
            blood_.set_cues(cases::lung, {0.0, 0.2 * (step % 5)});
        }
    }

    void take()
    {
        for (const OrganId organ : {cases::breast, cases::lung}) {
            const std::vector<Arrival> arrived = blood_.arrivals(organ);
            EXPECT_TRUE(arrived.empty() || works_on(organ));
            std::map<std::uint64_t, int> cells_of;
            for (std::size_t i = 0; i < arrived.size(); ++i) {
                EXPECT_TRUE(i == 0 || arrived[i - 1].cell.id < arrived[i].cell.id);
                EXPECT_EQ(arrived[i].destination, organ);
                cases::add_to(arrived_, arrived[i]);
                ++cells_of[arrived[i].cluster.value];
            }
            for (const Arrival& arrival : arrived) { // all cells of a cluster came to this rank
                EXPECT_EQ(cells_of[arrival.cluster.value], arrival.cluster_size);
            }
        }
        for (const LumpedArrival& arrival : blood_.lumped_arrivals()) {
            EXPECT_TRUE(arrival.bed == 2 || arrival.bed == 3);
            cases::add_to(lumped_, arrival);
        }
    }

    void save_and_restore()
    {
        const auto all = world_.all_gather(std::span<const Traveller>(blood_.travellers()));
        const BloodLedger ledger = blood_.ledger();
        const auto size = static_cast<std::size_t>(world_.size());
        const auto begin = all.size() * static_cast<std::size_t>(world_.rank()) / size;
        const auto end = all.size() * (static_cast<std::size_t>(world_.rank()) + 1) / size;
        blood_ = Circulation(graph(), cases::eventful_journey(), world_, organ_ranks_, RandomNumbers(17));
        blood_.restore(
            {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)}, ledger);
    }

    const parallel::Communicator& world_;
    std::vector<std::vector<int>> organ_ranks_;
    Circulation blood_;
    UnorderedChecksum arrived_;
    UnorderedChecksum lumped_;
};

void expect_equal(const Result& a, const Result& b)
{
    EXPECT_EQ(a.arrived, b.arrived);
    EXPECT_EQ(a.lumped, b.lumped);
    EXPECT_EQ(a.travelling, b.travelling);
    EXPECT_EQ(a.ledger.shed, b.ledger.shed);
    EXPECT_EQ(a.ledger.died, b.ledger.died);
    EXPECT_EQ(a.ledger.extravasated, b.ledger.extravasated);
    EXPECT_EQ(a.ledger.extravasated_lumped, b.ledger.extravasated_lumped);
    EXPECT_EQ(a.count.flowing_singles, b.count.flowing_singles);
    EXPECT_EQ(a.count.flowing_clusters, b.count.flowing_clusters);
    EXPECT_EQ(a.count.flowing_cells, b.count.flowing_cells);
    EXPECT_EQ(a.count.arrested_cells, b.count.arrested_cells);
    EXPECT_EQ(a.count.lymph_cells, b.count.lymph_cells);
}
} // namespace

TEST(JourneysOnRanks, AreThoseOfOneRank)
{
    const auto world = parallel::Communicator::world();
    const auto self = parallel::Communicator::self();
    const Result alone = Trial(self).go(false);
    expect_equal(Trial(world).go(false), alone);
    for (const std::int64_t died : alone.ledger.died) {
        EXPECT_GT(died, 10); // everything was put to the test
    }
    EXPECT_GT(alone.ledger.extravasated, 100);
    EXPECT_GT(alone.ledger.extravasated_lumped, 100);
    EXPECT_GT(alone.count.flowing_clusters + alone.count.arrested_cells, 10);
    EXPECT_GT(alone.count.lymph_cells, 10);
}

TEST(JourneysOnRanks, ASavedStateMayBeCutAnywhere)
{
    const auto world = parallel::Communicator::world();
    const auto self = parallel::Communicator::self();
    expect_equal(Trial(world).go(true), Trial(self).go(false));
}

// A rank that did not take its arrivals stops all, with the same message and without waiting for anybody.
TEST(JourneysOnRanks, ArrivalsLeftBehindStopAllRanks)
{
    const auto world = parallel::Communicator::world();
    JourneyParameters journey;
    journey.extravasation_per_min = 10.0;
    Circulation blood(cases::small_graph(1.0), journey, world, organs_on(world.size()), RandomNumbers(1));
    if (world.is_root()) {
        blood.collect(cases::singles(1, 1));
    }
    blood.advance({0, 600 * minute});
    EXPECT_EQ(blood.ledger().extravasated, 1); // all pass the lung first, which takes everything
    EXPECT_THROW(blood.advance({600 * minute, minute}), BugError);
}

} // namespace paget::circulation
