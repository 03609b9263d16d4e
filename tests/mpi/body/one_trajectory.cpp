// Promise 1 for the whole body: what many ranks compute has the hash of what one rank computes.

#include "random_layout.hpp"
#include "small_body.hpp"

#include "paget/io/state_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::test
{
namespace
{
struct Story {
    std::vector<Pieces> states; ///< before the first step, and after steps 1, 2, 5 and 8
    body::BodyCensus census;
    std::vector<std::vector<organ::FieldSummary>> fields;
    std::int64_t seedings = 0;
    std::vector<organ::SolverTotals> solver;
};

/// `moves`: the body begins on a random layout and moves to another one after every other step.
Story tell(const body::BodyDescription& description, const parallel::Communicator& world, bool moves = false)
{
    Story story;
    body::Body body = moves ? body::Body(description, world, random_layout(description, world.size(), 99))
                            : body::Body(description, world);
    story.states.push_back(pieces_of(body));
    for (int step = 0; step < 8; ++step) {
        if (moves && step % 2 == 1) {
            body.move_to(random_layout(description, world.size(), static_cast<std::uint64_t>(step)));
        }
        const auto report = body.advance({step * one_hour, one_hour});
        story.census = report.census;
        story.seedings += static_cast<std::int64_t>(report.seedings.size());
        if (step == 0 || step == 1 || step == 4 || step == 7) {
            story.states.push_back(pieces_of(body));
        }
    }
    story.fields = body.field_summaries();
    story.seedings = world.sum(story.seedings);
    story.solver = body.solver_totals();
    return story;
}

void expect_equal(const Story& together, const Story& alone)
{
    ASSERT_EQ(together.states.size(), alone.states.size());
    for (std::size_t i = 0; i < alone.states.size(); ++i) {
        for (const auto& [path, sum] : alone.states[i]) {
            ASSERT_TRUE(together.states[i].contains(path)) << path;
            EXPECT_EQ(together.states[i].at(path), sum) << "state " << i << ", " << path;
        }
        EXPECT_EQ(together.states[i].size(), alone.states[i].size());
    }
    EXPECT_EQ(together.seedings, alone.seedings);
    for (std::size_t o = 0; o < alone.solver.size(); ++o) {
        EXPECT_EQ(together.solver[o].solves, alone.solver[o].solves);
        EXPECT_EQ(together.solver[o].iterations, alone.solver[o].iterations);
    }
    for (std::size_t o = 0; o < alone.fields.size(); ++o) {
        ASSERT_EQ(together.fields[o].size(), alone.fields[o].size());
        for (std::size_t f = 0; f < alone.fields[o].size(); ++f) {
            EXPECT_EQ(together.fields[o][f].name, alone.fields[o][f].name);
            EXPECT_EQ(together.fields[o][f].minimum, alone.fields[o][f].minimum);
            EXPECT_EQ(together.fields[o][f].mean, alone.fields[o][f].mean);
            EXPECT_EQ(together.fields[o][f].maximum, alone.fields[o][f].maximum);
        }
    }
}

/// `moves`: also if the body moves between layouts.
void expect_one_trajectory(const body::BodyDescription& description, bool moves = false)
{
    const auto world = parallel::Communicator::world();
    const Story together = tell(description, world);
    const Story moving = moves ? tell(description, world, true) : Story{};
    if (!world.is_root()) {
        return;
    }
    const auto self = parallel::Communicator::self();
    const Story alone = tell(description, self);
    expect_equal(together, alone);
    if (moves) {
        expect_equal(moving, alone);
    }
    // The case must show something.
    std::int64_t arrived = 0;
    for (const auto& organ : alone.census.organs) {
        arrived += organ.totals.arrived;
    }
    EXPECT_EQ(alone.seedings, arrived);
    EXPECT_GT(arrived, 3);
    EXPECT_NE(alone.states[0], alone.states[1]);
}
} // namespace

TEST(BodyTrajectory, IsTheSameOnAnyNumberOfRanks) { expect_one_trajectory(small_body(), true); }

TEST(BodyTrajectory, IsTheSameWithCircuits) { expect_one_trajectory(small_body({}, with_circuit)); }

TEST(BodyTrajectory, IsTheSameWithBloodThatCarriesOxygen) { expect_one_trajectory(small_body(with_flow())); }

TEST(BodyTrajectory, IsTheSameWithVesselsThatGrow) { expect_one_trajectory(small_body(with_growth()), true); }

TEST(BodyTrajectory, IsTheSameWithAFlatOrganAndBricksThatAreNotFull)
{
    expect_one_trajectory(small_body({{"organ.breast.size.x", "380 um"},
                                      {"organ.breast.size.y", "200 um"},
                                      {"organ.lung.size.z", "20 um"},
                                      {"organ.lung.size.x", "360 um"}}),
                          true);
}

TEST(BodyTrajectory, IsTheSameWhenRanksHaveNothingToDo) // one brick per organ: two ranks can be used
{
    const std::string one_brick = "160 um";
    std::map<std::string, std::string> keys{{"cell.cancer.intravasation.rate.epithelial", "40 1/day"}};
    for (const char* key : {"organ.breast.size.x", "organ.breast.size.y", "organ.breast.size.z", "organ.lung.size.x",
                            "organ.lung.size.y", "organ.lung.size.z"}) {
        keys[key] = one_brick;
    }
    expect_one_trajectory(small_body(keys));
}

TEST(BodyTrajectory, IsTheSameWhenOrgansShareRanks) // four organs: with two or three ranks some have several
{
    expect_one_trajectory(small_body({}, R"(
[organ.brain]
vessels.source = capillary_bed
[organ.bone]
founders.type = cancer
founders.count = 5
[bed.brain]
flow_share = 5
[bed.bone]
flow_share = 5
)"));
}

TEST(BodyTrajectory, DependsOnTheSeed)
{
    const auto world = parallel::Communicator::world();
    const auto first = small_body();
    const auto second = small_body({{"run.seed", "4"}});
    const body::Body a(first, world);
    const body::Body b(second, world);
    EXPECT_NE(pieces_of(a), pieces_of(b));
    const body::Body again(first, world);
    EXPECT_EQ(pieces_of(a), pieces_of(again));
}

TEST(BodyLayout, ARankHoldsTheOrgansThatTheLayoutGivesIt)
{
    const auto world = parallel::Communicator::world();
    const auto description = small_body();
    const body::Body body(description, world);
    ASSERT_EQ(body.layout().size(), 2U);
    for (std::int32_t i = 0; i < 2; ++i) {
        const auto& ranks = body.layout()[static_cast<std::size_t>(i)].ranks;
        const bool here = std::find(ranks.begin(), ranks.end(), world.rank()) != ranks.end();
        EXPECT_EQ(body.organ(OrganId{i}) != nullptr, here);
        if (here) {
            EXPECT_EQ(body.organ(OrganId{i})->communicator().size(), static_cast<int>(ranks.size()));
            EXPECT_EQ(body.organ(OrganId{i})->description().name, i == 0 ? "breast" : "lung");
        }
    }
    EXPECT_EQ(body.organ(OrganId{2}), nullptr);
}

} // namespace paget::test
