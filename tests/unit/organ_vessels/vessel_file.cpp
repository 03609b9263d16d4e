#include "paget/core/error.hpp"
#include "paget/organ/vessel_network.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

namespace paget::organ
{
namespace
{
using testing::HasSubstr;

const mesh::Grid fitting{{10, 8, 6}, 10.0};

std::string tiny_text()
{
    std::ifstream stream(PAGET_TINY_NETWORK, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string with(std::string text, const std::string& old, const std::string& fresh)
{
    const auto place = text.find(old);
    EXPECT_NE(place, std::string::npos) << old;
    return place == std::string::npos ? text : text.replace(place, old.size(), fresh);
}

std::string with_all(std::string text, const std::string& old, const std::string& fresh)
{
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + fresh.size())) {
        text.replace(at, old.size(), fresh);
    }
    return text;
}

class VesselFileTest : public testing::Test
{
protected:
    std::string file_with(const std::string& text) const
    {
        const std::string path = folder_ / "net.dat";
        std::ofstream(path, std::ios::binary) << text;
        return path;
    }
    VesselNetwork read(const std::string& text, const mesh::Grid& grid = fitting) const
    {
        return read_vessel_network(file_with(text), grid);
    }
    std::string error_at(const std::string& path, const mesh::Grid& grid = fitting) const
    {
        try {
            read_vessel_network(path, grid);
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    }
    std::string error_of(const std::string& text, const mesh::Grid& grid = fitting) const
    {
        return error_at(file_with(text), grid);
    }
    std::string error_with(const std::string& old, const std::string& fresh) const
    {
        return error_of(with(tiny_text(), old, fresh));
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

void expect_tiny(const VesselNetwork& network)
{
    ASSERT_EQ(network.segments.size(), 3U);
    EXPECT_EQ(network.segments[0].start_um, (Vec3{0, 40, 30}));
    EXPECT_EQ(network.segments[1].start_um, (Vec3{50, 40, 30}));
    EXPECT_EQ(network.segments[1].end_um, (Vec3{100, 70, 30}));
    EXPECT_EQ(network.segments[1].name, 8);
    EXPECT_EQ(network.segments[1].radius_um, 3.0);
}
} // namespace

TEST_F(VesselFileTest, ReadsEveryPart)
{
    const VesselNetwork network = read(tiny_text());
    expect_tiny(network);
    EXPECT_EQ(network.title, "A fork of three vessels, made up for tests");
    EXPECT_TRUE(network.segments[1].flowing);
    EXPECT_FALSE(network.segments[2].flowing);
    ASSERT_EQ(network.nodes.size(), 4U);
    EXPECT_EQ(network.nodes[2].name, 25);
    EXPECT_EQ(network.nodes[2].position_um, (Vec3{100, 70, 30}));
    ASSERT_EQ(network.flows.size(), 3U);
    EXPECT_EQ(network.flows[1].from_node, 1);
    EXPECT_EQ(network.flows[1].to_node, 2);
    EXPECT_EQ(network.flows[1].flow_nl_per_min, 1.25);
    EXPECT_EQ(network.flows[1].haematocrit, 0.45);
    EXPECT_EQ(network.flows[2].flow_nl_per_min, 0.0) << "type 4 means that the flow is zero";
    ASSERT_EQ(network.boundary.size(), 3U);
    EXPECT_EQ(network.boundary[0].kind, FlowBoundary::Kind::flow);
    EXPECT_EQ(network.boundary[0].value, 2.0);
    EXPECT_EQ(network.boundary[1].kind, FlowBoundary::Kind::pressure);
    EXPECT_EQ(network.boundary[1].node, 2);
    EXPECT_EQ(network.boundary[1].oxygen_mmhg, 40.0);
    EXPECT_DOUBLE_EQ(network.total_length_um(), 50.0 + 2.0 * std::sqrt(50.0 * 50.0 + 30.0 * 30.0));
}

TEST_F(VesselFileTest, TypeThreeDoesNotFlow)
{
    const VesselNetwork network = read(with(tiny_text(), "8    5    40", "8    3    40"));
    EXPECT_FALSE(network.segments[1].flowing);
    EXPECT_EQ(network.flows[1].flow_nl_per_min, 0.0);
}

TEST_F(VesselFileTest, ReadsWhatOtherSystemsWrite)
{
    const std::string text = tiny_text();
    expect_tiny(read(with_all(text, "\n", "\r\n")));
    expect_tiny(read(with_all(text, "\n", "\r")));
    expect_tiny(read(with_all(text, "    ", "\t")));
    expect_tiny(read("\xEF\xBB\xBF" + with_all(text, "\n", "\r\n")));
    expect_tiny(read(with_all(text, "\n", " \t\n \n")));
    expect_tiny(read(text.substr(0, text.size() - 1)));
    expect_tiny(read(text + "\n\nmeasured by nobody\n"));
    expect_tiny(read(with(text, "100 80 60", "100. +80 6.0e1")));
    expect_tiny(read(with(text, "name x y z\n", ""))); // a heading carries nothing
}

TEST_F(VesselFileTest, IsCentredInALargerGrid)
{
    const VesselNetwork network = read(tiny_text(), {{20, 10, 12}, 10.0});
    EXPECT_EQ(network.segments[0].start_um, (Vec3{50, 50, 60}));
    EXPECT_EQ(network.segments[1].end_um, (Vec3{150, 80, 60}));
}

TEST_F(VesselFileTest, RefusesAGridThatIsTooSmall)
{
    for (const mesh::Index3& voxels :
         {mesh::Index3{9, 8, 6}, mesh::Index3{10, 7, 6}, mesh::Index3{10, 8, 5}, mesh::Index3{100, 100, 1}}) {
        const std::string error = error_of(tiny_text(), {voxels, 10.0});
        EXPECT_THAT(error, HasSubstr("net.dat:2: "));
        EXPECT_THAT(error, HasSubstr("Make the organ at least 100 x 80 x 60 um."));
    }
}

TEST_F(VesselFileTest, SaysWhichFileCannotBeRead)
{
    EXPECT_THAT(error_at(folder_ / "absent.dat"), HasSubstr("absent.dat: no such file"));
    EXPECT_THAT(error_at(folder_.path()), HasSubstr("not a file"));
    EXPECT_THAT(error_at("/dev/null"), HasSubstr("not a file"));
    EXPECT_THAT(error_of(""), HasSubstr("net.dat: the file is empty"));
    EXPECT_THAT(error_of(" \n\t\r\n"), HasSubstr("the file is empty"));
    EXPECT_THAT(error_of(std::string("\x7f"
                                     "ELF\0\1\2",
                                     7)),
                HasSubstr("not text"));
    EXPECT_THAT(error_of(std::string("\xff\xfe"
                                     "1\0",
                                     4)),
                HasSubstr("not text"));
}

TEST_F(VesselFileTest, NamesTheLineAndWhatBelongsThere)
{
    EXPECT_THAT(error_with("100 80 60 ", "100 80 "),
                HasSubstr("net.dat:2: 'box' is not a finite number where the box size along z [um] belongs"));
    EXPECT_THAT(error_with("100 80 60", "100 nan 60"), HasSubstr(":2: 'nan' is not a finite number"));
    EXPECT_THAT(error_with("100 80 60", "100 0 60"), HasSubstr("is 0, not above 0"));
    EXPECT_THAT(error_with("10 8 6 ", "10 8.5 6 "), HasSubstr(":3: '8.5' is not a whole number"));
    EXPECT_THAT(error_with("8.0   2.0    0.40   the stem", "8.0   2.0"),
                HasSubstr(":9: the line ends before the haematocrit (the line must hold: name, type,"));
    EXPECT_THAT(error_with("6.0   1.25", "6,0   1.25"), HasSubstr("decimal point"));
    EXPECT_THAT(error_with("6.0   1.25", "6.0um 1.25"), HasSubstr("'6.0um'"));
    EXPECT_THAT(error_with("6.0   1.25", "1e999 1.25"), HasSubstr("'1e999'"));
    EXPECT_THAT(error_with("6.0   1.25", "6.0   -inf"), HasSubstr("'-inf' is not a finite number where the flow"));
    EXPECT_THAT(error_with("50   40   30", "50   NaN  30"), HasSubstr(":15: 'NaN' is not a finite number"));
    EXPECT_THAT(error_with("15.0  0.40   40.0", "15.0  0.40   x"), HasSubstr(":21: 'x' is not a finite number"));
}

TEST_F(VesselFileTest, RefusesImpossibleValues)
{
    EXPECT_THAT(error_with("6.0   1.25", "0     1.25"), HasSubstr(":10: segment 8 has a diameter of 0 um"));
    EXPECT_THAT(error_with("6.0   1.25", "-6.0  1.25"), HasSubstr(":10: segment 8 has a diameter of -6 um"));
    EXPECT_THAT(error_with("8    5    40", "8    6    40"), HasSubstr(":10: segment 8 is of type 6"));
    EXPECT_THAT(error_with("1.25   0.45", "1.25   45"), HasSubstr("the haematocrit is 45"));
    EXPECT_THAT(error_with("25   100  70", "25   100  81"), HasSubstr(":16: node 25 lies outside the box"));
    EXPECT_THAT(error_with("25   100  70", "25   -1   70"), HasSubstr(":16: node 25 lies outside the box"));
    EXPECT_THAT(error_with("25   0    15.0", "25   1    15.0"), HasSubstr(":21: boundary node 25 is of type 1"));
    EXPECT_THAT(error_with("7    5    10   40", "7    5    40   40"), HasSubstr(":9: segment 7 starts and ends"));
}

TEST_F(VesselFileTest, RefusesNamesThatDoNotMatch)
{
    EXPECT_THAT(error_with("7    5    10   40", "7    5    11   40"),
                HasSubstr(":9: segment 7 names node 11, which is not among the nodes"));
    EXPECT_THAT(error_with("25   0    15.0", "26   0    15.0"), HasSubstr(":21: the boundary names node 26"));
    EXPECT_THAT(error_with("8    5    40", "7    5    40"), HasSubstr(":10: segment 7 was already given on line 9"));
    EXPECT_THAT(error_with("25   100  70", "40   100  70"), HasSubstr(":16: node 40 is given twice"));
    EXPECT_THAT(error_with("31   0    15.0", "25   0    15.0"), HasSubstr("already given on line 21"));
}

TEST_F(VesselFileTest, RefusesCountsThatDoNotMatch)
{
    EXPECT_THAT(error_with("3              segments", "2              segments"),
                HasSubstr(":11: several numbers where the number of nodes belongs"));
    EXPECT_THAT(error_with("3              segments", "4              segments"), HasSubstr(":12: 'nodes' is not"));
    EXPECT_THAT(error_with("4              nodes", "3              nodes"),
                HasSubstr(":17: several numbers where the number of boundary nodes belongs"));
    EXPECT_THAT(error_with("4              nodes", "5              nodes"), HasSubstr(":18: 'boundary' is not"));
    EXPECT_THAT(error_with("3              boundary", "2              boundary"),
                HasSubstr(":22: there are more boundary nodes than announced"));
    EXPECT_THAT(error_with("3              boundary", "4              boundary"),
                HasSubstr(":22: the file ends where a line should follow with boundary node 4 of 4"));
    EXPECT_THAT(error_with("3              segments", "0              segments"),
                HasSubstr("the number of segments is 0"));
    EXPECT_THAT(error_with("3              segments", "-3             segments"),
                HasSubstr("the number of segments is -3"));
    EXPECT_THAT(error_with("3              segments", "99999999999999 segments"), HasSubstr(":12: 'nodes' is not"));
}

TEST_F(VesselFileTest, EveryTruncationIsAnError)
{
    const std::string text = tiny_text();
    const auto complete = text.rfind("40.0") + 4; // after the last expected number come comments only
    for (std::size_t length = 0; length < complete - 3; ++length) {
        EXPECT_NE(error_of(text.substr(0, length)), "accepted") << length;
    }
    EXPECT_EQ(error_of(text.substr(0, complete)), "accepted");
}

} // namespace paget::organ
