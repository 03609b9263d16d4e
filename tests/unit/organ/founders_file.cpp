// Tables of founders: what is read, and what is refused with its line.

#include "founders_file.hpp"

#include "paget/core/error.hpp"
#include "paget/parallel/communicator.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace paget::organ
{
namespace
{
using testing::HasSubstr;

const mesh::Grid box{{6, 6, 6}, 20.0};

class FoundersFile : public testing::Test
{
protected:
    std::vector<Founders> read(const std::string& text)
    {
        std::ofstream(path_) << text;
        Founders common{"tumour", 0, 0.25, 0.0};
        common.in_step = true;
        return read_founders_file(path_, common, {"tumour", "sink"}, box);
    }
    std::string refusal(const std::string& text)
    {
        try {
            read(text);
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    }

    parallel::Communicator comm_ = parallel::Communicator::self();
    test::TemporaryFolder folder_{comm_};
    std::string path_ = folder_ / "cells.csv";
};
} // namespace

TEST_F(FoundersFile, GroupsCellsByType)
{
    const auto groups = read("# places\n z_um, type,x_um,y_um\n\n1.5,sink,10,20\n2,tumour,30,40\n3,sink,50,6e1\r\n");
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(groups[0].type, "sink");
    EXPECT_EQ(groups[0].count, 2);
    EXPECT_EQ(groups[0].placed[0].position_um, (Vec3{10.0, 20.0, 1.5}));
    EXPECT_EQ(groups[0].placed[1].position_um, (Vec3{50.0, 60.0, 3.0}));
    EXPECT_EQ(groups[1].type, "tumour");
    EXPECT_EQ(groups[1].count, 1);
    for (const Founders& group : groups) {
        EXPECT_EQ(group.hybrid_fraction, 0.25);
        EXPECT_TRUE(group.in_step);
    }
}

TEST_F(FoundersFile, MayBeginWithAByteOrderMark)
{
    EXPECT_EQ(read("\xEF\xBB\xBFx_um,y_um,z_um\n1,2,3\n").at(0).count, 1);
}

TEST_F(FoundersFile, HeadingsBecomeDirections)
{
    const auto groups = read("x_um,y_um,z_um,heading_x,heading_y,heading_z\n1,2,3,0,-5,0\n4,5,6,0,0,0\n");
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups[0].type, "tumour");
    EXPECT_EQ(groups[0].placed[0].heading, (Vec3{0.0, -1.0, 0.0}));
    EXPECT_EQ(groups[0].placed[1].heading, Vec3{});
}

TEST_F(FoundersFile, StatesAreGivenOrDrawn)
{
    EXPECT_FALSE(read("x_um,y_um,z_um\n1,2,3\n")[0].placed[0].state);
    const auto groups = read("state,x_um,y_um,z_um\nmesenchymal,1,2,3\nepithelial,1,2,3\n");
    EXPECT_EQ(groups[0].placed[0].state, agents::State::mesenchymal);
    EXPECT_EQ(groups[0].placed[1].state, agents::State::epithelial);
    EXPECT_THAT(refusal("state,x_um,y_um,z_um\nangry,1,2,3\n"), HasSubstr("cells.csv:2: 'angry' is not a state"));
}

TEST_F(FoundersFile, SaysAllThatIsWrongWithItsLines)
{
    const std::string said = refusal("x_um,y_um,z_um,type\n10,20,far,tumour\n10,20,30\n10,20,300,tumour\n1,2,3,rock\n");
    EXPECT_THAT(said, HasSubstr("cells.csv:2: z_um is 'far' (a number is needed)"));
    EXPECT_THAT(said, HasSubstr("cells.csv:3: 3 values under a heading of 4"));
    EXPECT_THAT(said, HasSubstr("cells.csv:4: the cell lies outside the organ (which reaches from 0 to 120 x 120 x 120 "
                                "um)"));
    EXPECT_THAT(said, HasSubstr("cells.csv:5: 'rock' is not a cell type of this case (founders need one). Name one of: "
                                "tumour, sink."));
    EXPECT_THAT(refusal("x_um,y_um,depth\n"), HasSubstr("cells.csv:1: no column 'depth'"));
    EXPECT_THAT(refusal("x_um,y_um,depth\n"), HasSubstr("the heading lacks z_um"));
    EXPECT_THAT(refusal("x_um,y_um,z_um\n"), HasSubstr("the table has no cell"));
    EXPECT_THAT(refusal(""), HasSubstr("the table has no cell"));
    EXPECT_THROW(read_founders_file(folder_ / "missing.csv", {}, {}, box), InputError);
}

} // namespace paget::organ
