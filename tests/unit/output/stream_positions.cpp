// What a checkpoint keeps of outputs comes back as it was.

#include "paget/output/stream_positions.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace paget;
using namespace paget::output;

namespace
{
StreamPositions example()
{
    StreamPositions p;
    p.series_bytes = 1234567890123;
    p.series_rows = 42;
    p.event_bytes = 77;
    p.track_bytes = 88;
    p.snapshots = {{"snapshots/000000.h5", 0.0, {60, 0}}, {"snapshots/000001.h5", 1.0 / 3.0, {61, 2}}};
    p.last_row = 360000;
    p.start.organs.resize(2);
    p.start.organs[0].cells[1][2] = 5;
    p.start.organs[1].returned = 6;
    p.start.organs[1].totals = {1, 2, 3, 4, {5, 6, 7, 8}};
    p.start.blood = {1, {2, 3, 4, 5}, 6, 7};
    p.start.in_blood = {8, 9, 10, 11};
    p.seedings = {{OrganId{1}, OrganId{0}, 3, 4, 5}, {OrganId::none, OrganId{1}, 0, 0, 1}};
    p.solver = {{10, 20}, {30, 40}};
    p.wall_seconds = 0.1;
    return p;
}
} // namespace

TEST(StreamPositions, ComeBackAsTheyWere)
{
    const StreamPositions before = example();
    const StreamPositions after = positions_from(text_of(before));
    EXPECT_EQ(text_of(after), text_of(before));
    EXPECT_EQ(after.series_bytes, 1234567890123U);
    EXPECT_EQ(after.track_bytes, 88U);
    EXPECT_EQ(after.snapshots, before.snapshots);
    EXPECT_EQ(after.last_row, 360000);
    EXPECT_EQ(after.last_snapshot, std::nullopt);
    EXPECT_EQ(after.start.organs[0].cells[1][2], 5);
    EXPECT_EQ(after.start.organs[1].totals.died[3], 8);
    EXPECT_EQ(after.start.blood.extravasated_lumped, 7);
    EXPECT_EQ(after.start.in_blood.arrested_cells, 11);
    EXPECT_EQ(after.seedings, before.seedings);
    EXPECT_EQ(after.solver[1].iterations, 40);
    EXPECT_EQ(after.wall_seconds, 0.1);
}

TEST(StreamPositions, OfEarlierVersionsHaveNoTracks)
{
    std::string text = text_of(example());
    const std::size_t begin = text.find("\"track_bytes\"");
    text.erase(begin, text.find('\n', begin) - begin);
    EXPECT_EQ(positions_from(text).track_bytes, 0U);
    EXPECT_EQ(positions_from(text).event_bytes, 77U);
}

TEST(StreamPositions, OtherTextIsAFileError)
{
    for (const char* text : {"", "{", "[]", "{}", R"({"series_bytes": "many"})"}) {
        EXPECT_THROW(positions_from(text), FileError) << text;
    }
}
