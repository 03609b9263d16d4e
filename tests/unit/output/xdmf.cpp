// What ParaView is told: places, shapes and times.

#include "xdmf.hpp"

#include "example_body.hpp"
#include "scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace paget;
using testing::HasSubstr;
using testing::Not;

namespace
{
const std::vector<output::Snapshot> snapshots{{"snapshots/000000.h5", 0.0, {8, 0}},
                                              {"snapshots/000001.h5", 12.5, {20, 3}}};

std::size_t occurrences(const std::string& text, const std::string& word)
{
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        ++count;
    }
    return count;
}
} // namespace

TEST(FieldsXmf, PutsOrgansAtTheirPlacesSlowestAxisFirst)
{
    const std::string text = output::fields_xmf(test::example_body(), snapshots);
    EXPECT_THAT(text, HasSubstr("TopologyType=\"3DCoRectMesh\" Dimensions=\"3 4 5\""));
    EXPECT_THAT(text, HasSubstr("TopologyType=\"3DCoRectMesh\" Dimensions=\"2 3 3\""));
    EXPECT_THAT(text, HasSubstr(">0 0 100<")) << "the lung's origin in z, y, x";
    EXPECT_THAT(text, HasSubstr("Dimensions=\"2 3 4\" NumberType=\"Float\" Precision=\"8\" Format=\"HDF\">"
                                "snapshots/000001.h5:/organs/breast/fields/oxygen<"));
}

TEST(FieldsXmf, HasEveryFieldOfEveryOrganAtEveryTime)
{
    const std::string text = output::fields_xmf(test::example_body(), snapshots);
    EXPECT_EQ(occurrences(text, "Center=\"Cell\""), 2U * 2U * 3U);
    EXPECT_EQ(occurrences(text, "<Time Value=\"12.5\"/>"), 1U);
    EXPECT_EQ(occurrences(text, "CollectionType=\"Spatial\""), 2U);
}

TEST(CellsXmf, LeavesOutOrgansWithoutCells)
{
    const std::string text = output::cells_xmf(test::example_body(), snapshots);
    EXPECT_EQ(occurrences(text, "Polyvertex"), 3U);
    EXPECT_THAT(text, Not(HasSubstr("000000.h5:/organs/lung")));
    EXPECT_THAT(text, HasSubstr("000001.h5:/organs/lung/cells/journeys"));
    EXPECT_THAT(text, HasSubstr("NumberOfElements=\"20\""));
}

TEST(CellsXmf, ShowsCircuitsWhereThereAreAny)
{
    body::BodyDescription body = test::example_body();
    body.tissue.types.resize(1);
    EXPECT_THAT(output::cells_xmf(body, snapshots), Not(HasSubstr("/cells/zeb")));
    body.tissue.types[0].transition.model = agents::TransitionModel::mir200_zeb;
    EXPECT_THAT(output::cells_xmf(body, snapshots), HasSubstr("000001.h5:/organs/lung/cells/zeb"));
    EXPECT_THAT(output::cells_xmf(body, snapshots), HasSubstr("000001.h5:/organs/lung/cells/mir200"));
}

TEST(VesselsXmf, DrawsOneLinePerSegment)
{
    const std::string text = output::vessels_xmf(test::example_body(), {});
    EXPECT_EQ(occurrences(text, "Polyline"), 1U) << "the lung has no vessels";
    EXPECT_THAT(text, HasSubstr("NodesPerElement=\"2\" NumberOfElements=\"1\""));
    EXPECT_THAT(text, HasSubstr("snapshots/vessels.h5:/organs/breast/vessels/radius"));
}

TEST(Scene, KeepsThePlacesOfTheCase)
{
    const auto origins = output::scene_origins(test::example_body());
    EXPECT_EQ(origins, (std::vector<Vec3>{{0.0, 0.0, 0.0}, {100.0, 0.0, 0.0}}));
}

TEST(Scene, PutsOrgansThatWouldOverlapInARow)
{
    auto body = test::example_body();
    body.organs[1].scene_origin_um = {79.0, 0.0, 0.0};
    const auto origins = output::scene_origins(body);
    EXPECT_EQ(origins, (std::vector<Vec3>{{0.0, 0.0, 0.0}, {100.0, 0.0, 0.0}})) << "80 um wide, gap of 20 um";
    body.organs[1].scene_origin_um = {80.0, 0.0, 0.0};
    EXPECT_EQ(output::scene_origins(body)[1].x, 80.0) << "organs that only touch stay";
}
