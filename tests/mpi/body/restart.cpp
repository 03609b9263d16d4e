// A body that goes on from a saved state, on any number of ranks, is the one that was never saved.

#include "small_body.hpp"

#include "paget/core/error.hpp"
#include "paget/io/hdf5_reader.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/io/state_hash.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace paget::test
{
namespace
{
void save(const body::Body& body, const std::string& path)
{
    io::Hdf5StateWriter writer(path, body.world());
    body.write_state(writer);
    writer.commit();
}

body::Body resumed(const body::BodyDescription& description, const std::string& path,
                   const parallel::Communicator& world)
{
    io::Hdf5StateReader reader(path, world);
    return {description, world, reader};
}

void expect_same(const Pieces& found, const Pieces& expected, const std::string& when)
{
    EXPECT_EQ(found.size(), expected.size());
    for (const auto& [path, sum] : expected) {
        ASSERT_TRUE(found.contains(path)) << when << ": " << path;
        EXPECT_EQ(found.at(path), sum) << when << ": " << path;
    }
}

class Restart : public testing::Test
{
protected:
    /// Lives for some steps with saves; then from three of them, on all ranks and on one, as on the way.
    void expect_one_trajectory(const body::BodyDescription& description, int steps)
    {
        body::Body body(description, world_);
        std::vector<Pieces> states;
        for (int step = 0; step <= steps; ++step) {
            states.push_back(pieces_of(body));
            save(body, folder_ / std::to_string(step));
            const auto report = body.advance({step * one_hour, one_hour});
            note(report.census);
        }
        for (const int step : {0, steps / 2, steps}) {
            go_on(description, step, world_.size(), states);
        }
        if (world_.size() > 1) {
            go_on(description, steps - 1, 1, states);
        }
    }

    void go_on(const body::BodyDescription& description, int step, int ranks, const std::vector<Pieces>& states)
    {
        if (world_.rank() < ranks) {
            std::vector<int> members;
            for (int rank = 0; rank < ranks; ++rank) {
                members.push_back(rank);
            }
            const auto comm = world_.create_group(members, ranks);
            body::Body body = resumed(description, folder_ / std::to_string(step), comm);
            const std::string when = "saved after step " + std::to_string(step) + ", on " + std::to_string(ranks);
            expect_same(pieces_of(body), states[static_cast<std::size_t>(step)], when);
            for (int next = step; next + 1 < static_cast<int>(states.size()); ++next) {
                body.advance({next * one_hour, one_hour});
                if (next == step || next + 2 == static_cast<int>(states.size())) {
                    expect_same(pieces_of(body), states[static_cast<std::size_t>(next) + 1], when);
                }
            }
        }
        world_.barrier();
    }

    void note(const body::BodyCensus& census)
    {
        clusters_ += census.in_blood.flowing_clusters;
        in_lymph_ += census.in_blood.lymph_cells;
        arrested_ += census.in_blood.arrested_cells;
        born_ = census.organs[0].totals.born;
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    TemporaryFolder folder_{world_};
    std::int64_t clusters_ = 0;
    std::int64_t arrested_ = 0;
    std::int64_t in_lymph_ = 0;
    std::int64_t born_ = 0;
};
} // namespace

TEST_F(Restart, GoesOnAsIfNothingHadHappened)
{
    const auto description = small_body({{"bed.rest.transit", "40 min"}, {"circulation.extravasation", "0.5 1/h"}});
    expect_one_trajectory(description, 4);
    EXPECT_GT(arrested_, 5) << "the case must have cells in arrest";
    EXPECT_GT(born_, 0);
}

TEST_F(Restart, AlsoWithCellsInLymph)
{
    const auto description = small_body({{"organ.breast.lymph_share", "0.7"}, {"circulation.extravasation", "0.5 1/h"}},
                                        R"(
[organ.axilla]
size.x = 160 um
size.y = 160 um
size.z = 160 um
[bed.axilla]
fed_by = lymph
lymph_of = breast
transit = 2.5 h
capture.single = 0.5
)");
    expect_one_trajectory(description, 4);
    EXPECT_GT(in_lymph_, 5) << "the case must have cells in lymph";
}

TEST_F(Restart, AlsoWithFlatOrgansDrugsAndOrgansThatSleep)
{
    const auto description = small_body({{"organ.breast.size.x", "380 um"},
                                         {"organ.breast.size.y", "200 um"},
                                         {"organ.lung.size.z", "20 um"},
                                         {"organ.lung.niche.prepared_by", "breast"},
                                         {"organ.lung.niche.preparation", "5 1/day"},
                                         {"organ.lung.niche.half_cells", "50"},
                                         {"run.idle_step", "3 hour"}},
                                        R"(
[organ.brain]
vessels.source = capillary_bed
size.x = 160 um
size.y = 160 um
size.z = 160 um
[organ.bone]
founders.type = cancer
founders.count = 5
size.z = 160 um
[bed.brain]
flow_share = 0.1
capture.single = 0
[bed.bone]
flow_share = 5
[drug.cisplatin]
dose = 50 mg
first_dose = 2 h
interval = 1 day
doses = 1
volume = 20 l
clearance = 0.1 l/min
kill = 0.5 1/h
ic50 = 2 mg/l
)");
    expect_one_trajectory(description, 4);
}

TEST_F(Restart, AlsoWithCircuitsInTissueAndBlood)
{
    const auto description =
        small_body({{"bed.rest.transit", "40 min"}, {"circulation.extravasation", "0.5 1/h"}}, with_circuit);
    expect_one_trajectory(description, 4);
    EXPECT_GT(arrested_, 5) << "circuits must travel";
}

TEST_F(Restart, AlsoWithBloodThatCarriesOxygen)
{
    expect_one_trajectory(small_body(with_flow()), 4);
    EXPECT_GT(born_, 0);
}

TEST_F(Restart, AlsoWithVesselsThatGrow)
{
    expect_one_trajectory(small_body(with_growth()), 16);
    EXPECT_GT(born_, 0);
}

TEST_F(Restart, ASavedStateOfAnotherBodyIsTold)
{
    save(body::Body(small_body(), world_), folder_ / "saved");
    const auto other_vessels = small_body({{"organ.lung.vessels.spacing", "60 um"}});
    EXPECT_THAT([&] { resumed(other_vessels, folder_ / "saved", world_); },
                testing::ThrowsMessage<InputError>(testing::HasSubstr("organ 'lung' has other vessels")));
    const auto other_organ = small_body({{"organ.breast.size.x", "160 um"}, {"organ.breast.vessels.source", "none"}});
    EXPECT_THROW(resumed(other_organ, folder_ / "saved", world_), Error);
    const auto more_fields = small_body({}, "[field.tgf_beta]\nunit = ng/ml\ndecay = 1 1/day\n");
    EXPECT_THAT([&] { resumed(more_fields, folder_ / "saved", world_); },
                testing::ThrowsMessage<FileError>(testing::HasSubstr("/fields/tgf_beta")));
}

} // namespace paget::test
