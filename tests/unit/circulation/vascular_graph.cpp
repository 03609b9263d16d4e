#include "paget/circulation/vascular_graph.hpp"

#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace paget::circulation
{
namespace
{
using cases::bed;
using cases::lung_bed;
using testing::HasSubstr;
using testing::Not;

/// The message of the InputError that the beds cause, or nothing.
std::string refusal(const std::vector<Bed>& beds, double veins_min = 0.6, double arteries_min = 0.1)
{
    try {
        const VascularGraph graph(beds, veins_min, arteries_min);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

Vessel to_bed(int index) { return {Vessel::Kind::bed, index}; }
} // namespace

TEST(VascularGraph, SharesAreNormalisedOverTheArterialBeds)
{
    auto beds = cases::small_body(0.1, 3.0);
    beds[1].flow_share = 100.0; // of the lung: it is not fed by arteries
    const VascularGraph graph(beds, 0.6, 0.1);
    EXPECT_EQ(graph.venous_destination(), 1);
    EXPECT_EQ(graph.arterial_destination(0.2499), 0);
    EXPECT_EQ(graph.arterial_destination(0.2501), 2);
    EXPECT_EQ(graph.arterial_destination(1.0 - 1e-16), 2);
    EXPECT_EQ(graph.arterial_destination(1.0), 2);
    EXPECT_EQ(graph.arterial_destination(1e-17), 0);
    EXPECT_THROW(graph.arterial_destination(0.0), BugError);
    EXPECT_THROW(graph.arterial_destination(1.5), BugError);
}

TEST(VascularGraph, ABedWithoutShareGetsNoArterialBlood)
{
    auto beds = cases::small_body(0.1);
    beds.insert(beds.begin(), bed("liver", OrganId::none, 0.0, 0.1));
    beds.push_back(bed("thyroid", OrganId::none, 0.0, 0.1));
    const VascularGraph graph(beds, 0.6, 0.1);
    EXPECT_EQ(graph.arterial_destination(1e-17), 1);
    EXPECT_EQ(graph.arterial_destination(1.0 - 1e-16), 3);
}

TEST(VascularGraph, FindsBeds)
{
    const VascularGraph graph(cases::small_body(0.1), 0.6, 0.1);
    EXPECT_EQ(graph.find("rest"), 2);
    EXPECT_EQ(graph.find("liver"), std::nullopt);
    EXPECT_EQ(graph.bed_of(cases::lung), 1);
    EXPECT_EQ(graph.bed_of(OrganId::none), std::nullopt); // though the rest has no organ
    EXPECT_EQ(graph.bed_of(OrganId{5}), std::nullopt);
}

TEST(VascularGraph, TakesPortalDrains)
{
    auto beds = cases::small_body(0.1);
    beds.push_back(bed("gut", OrganId::none, 1.0, 0.1, to_bed(4)));
    beds.push_back(bed("liver", OrganId::none, 0.2, 0.1));
    EXPECT_EQ(refusal(beds), "");
}

TEST(VascularGraph, RefusesLoopsAndNamesTheWay)
{
    auto beds = cases::small_body(0.1);
    beds.push_back(bed("gut", OrganId::none, 1.0, 0.1, to_bed(4)));
    beds.push_back(bed("liver", OrganId::none, 0.2, 0.1, to_bed(5)));
    beds.push_back(bed("spleen", OrganId::none, 0.2, 0.1, to_bed(4)));
    const std::string message = refusal(beds);
    EXPECT_THAT(message, HasSubstr("drains form a loop: liver -> spleen -> liver"));
    EXPECT_THAT(message, HasSubstr("Let one of these beds drain to veins."));
    EXPECT_THAT(message, Not(HasSubstr("\n"))); // one loop, told once
    beds = cases::small_body(0.1);
    beds[2].drains_to = to_bed(2);
    EXPECT_THAT(refusal(beds), HasSubstr("rest -> rest"));
}

TEST(VascularGraph, NeedsOneBedForTheVenousBlood)
{
    auto beds = cases::small_body(0.1);
    beds[1].inflow = Inflow::arteries;
    EXPECT_THAT(refusal(beds), HasSubstr("no bed receives the venous blood"));
    beds[0].inflow = beds[1].inflow = Inflow::veins;
    EXPECT_THAT(refusal(beds), HasSubstr("beds breast and lung are both fed by the veins"));
}

TEST(VascularGraph, VenousBloodMustReachTheArteries)
{
    auto beds = cases::small_body(0.1);
    beds[1].drains_to = {};
    EXPECT_THAT(refusal(beds), HasSubstr("gives none to the arteries"));
    beds[1].drains_to = to_bed(2); // through another bed is a way, too
    beds[2].drains_to = {Vessel::Kind::arteries};
    EXPECT_EQ(refusal(beds), "");
}

TEST(VascularGraph, TellsAllProblemsAtOnce)
{
    std::vector<Bed> beds{bed("a", OrganId{0}, -1.0, 1.5), bed("a", OrganId::none, 0.0, 0.1, to_bed(7)),
                          bed("b", OrganId{0}, 0.0, 0.1), bed("", OrganId::none, 0.0, 0.1)};
    beds[2].transit_min = 0.0;
    beds[2].il6_gain = std::numeric_limits<double>::quiet_NaN();
    beds[2].extravasation_factor = -1.0;
    const std::string message = refusal(beds, 0.0, std::numeric_limits<double>::infinity());
    for (const char* part :
         {"bed a: flow_share is -1", "bed a: capture.single is 1.5", "bed a: capture.cluster is 1.5",
          "bed a is described twice", "bed a drains to bed number 7", "beds a and b belong to the same organ",
          "bed b: transit is 0", "bed b: il6_gain is nan", "bed b: extravasation_factor is -1", "has no name",
          "through the veins is 0 min", "through the arteries is inf min", "no bed receives the venous blood",
          "do not sum to a positive number"}) {
        EXPECT_THAT(message, HasSubstr(part));
    }
    EXPECT_THAT(refusal({}), HasSubstr("no bed receives"));
}

} // namespace paget::circulation
