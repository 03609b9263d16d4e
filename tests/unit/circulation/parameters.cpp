#include "paget/circulation/circulation.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::circulation
{
namespace
{
using testing::HasSubstr;

struct Input {
    config::Catalogue catalogue;
    config::Case description;

    explicit Input(const std::string& text) : catalogue(declared()), description(catalogue)
    {
        description.read_text(text, "case.ini");
    }
    static config::Catalogue declared()
    {
        config::Catalogue c;
        declare_parameters(c);
        return c;
    }
    std::string problems() const
    {
        std::string text;
        for (const auto& problem : description.problems()) {
            text += problem.origin.text() + " " + problem.key + " " + problem.message + "\n";
        }
        return text;
    }
};

const std::string body = R"(
[bed.breast]
flow_share = 1
il6_gain = 5
infiltration_needs_mmp1_fscn1 = yes
[bed.lung]
fed_by = veins
drains_to = arteries
capture.single = 0.3
transit = 5 s
[bed.gut]
flow_share = 20.5
drains_to = liver
[bed.liver]
flow_share = 4
capture.single = 0.2
capture.cluster = 0.4
extravasation_factor = 2
)";
} // namespace

TEST(CirculationParameters, BedsAreReadFromTheirSections)
{
    Input input(body);
    const std::vector<Bed> beds = read_beds(input.description, {"lung", "breast"});
    input.description.check();
    ASSERT_EQ(input.problems(), "");
    const VascularGraph graph(beds, 0.6, 0.1);
    ASSERT_EQ(beds.size(), 4U);
    EXPECT_EQ(beds[0].organ, OrganId{1}); // by name, in the order of the organs
    EXPECT_EQ(beds[1].organ, OrganId{0});
    EXPECT_EQ(beds[3].organ, OrganId::none);
    EXPECT_EQ(beds[0].il6_gain, 5.0);
    EXPECT_TRUE(beds[0].infiltration_needs_mmp1_fscn1);
    EXPECT_EQ(beds[0].inflow, Inflow::arteries);
    EXPECT_EQ(beds[1].inflow, Inflow::veins);
    EXPECT_EQ(beds[1].drains_to, Vessel{Vessel::Kind::arteries});
    EXPECT_EQ(beds[1].capture_cluster, 0.3); // inherits the singles'
    EXPECT_NEAR(beds[1].transit_min, 5.0 / 60.0, 1e-15);
    EXPECT_EQ(beds[2].drains_to, (Vessel{Vessel::Kind::bed, 3}));
    EXPECT_EQ(beds[3].capture_cluster, 0.4);
    EXPECT_EQ(beds[3].extravasation_factor, 2.0);
}

TEST(CirculationParameters, DefaultsAreThoseOfTheLiterature)
{
    Input input("");
    const JourneyParameters journey = read_journey(input.description);
    EXPECT_EQ(input.problems(), "");
    EXPECT_EQ(journey.disaggregation_probability, 0.5);
    EXPECT_NEAR(journey.extravasation_per_min, 0.0205 / 60.0, 1e-15);
    EXPECT_NEAR(journey.nk_encounters_per_min, 1.0 / 120.0, 1e-15);
    EXPECT_EQ(journey.nk_lethality_plateau_min, 240.0);
    EXPECT_EQ(journey.nk_lethality_end_min, 1440.0);
    EXPECT_NEAR(journey.blood_volume_ml, 5360.0, 1e-9);
    EXPECT_NEAR(input.description.real("circulation.veins_transit"), 37.0 / 60.0, 1e-15);
    EXPECT_NEAR(input.description.real("circulation.arteries_transit"), 8.0 / 60.0, 1e-15);
}

TEST(CirculationParameters, ProblemsAreToldWithTheirPlace)
{
    Input input(R"([bed.lung]
fed_by = veins
drains_to = nowhere
[bed.gut]
flow_share = 1
drains_to = liver
[bed.liver]
drains_to = gut
[bed.skin]
)");
    read_beds(input.description, {"lung", "brain"});
    const std::string text = input.problems();
    EXPECT_THAT(text, HasSubstr("case.ini:3 bed.lung.drains_to 'nowhere' is neither veins, arteries nor a bed"));
    EXPECT_THAT(text, HasSubstr("The beds are: lung, gut, liver, skin."));
    EXPECT_THAT(text, HasSubstr("case.ini:6 bed.gut.drains_to drains form a loop: gut -> liver -> gut"));
    EXPECT_THAT(text, HasSubstr("case.ini:9 bed.skin.flow_share bed skin has no share of the arterial flow"));
    EXPECT_THAT(text, HasSubstr("organ brain has no bed of its name"));
}

TEST(CirculationParameters, AMisspeltOrganIsHeldAgainstTheBeds)
{
    Input input(body);
    read_beds(input.description, {"lung", "brest"});
    EXPECT_THAT(input.problems(), HasSubstr("organ brest has no bed of its name (its blood would go nowhere). Add a "
                                            "section [bed.brest] with its flow_share, or call the organ 'breast'."));
}

TEST(CirculationParameters, LethalityMustFallAfterItsPlateau)
{
    Input input("[circulation]\nnk.lethality_plateau = 30 h\n");
    read_journey(input.description);
    EXPECT_THAT(input.problems(), HasSubstr("circulation.nk.lethality_end is 1440"));
}

TEST(CirculationParameters, ValuesOutOfRangeAreToldOnce)
{
    Input input(body + "[circulation]\nsurvival.single = 2\nveins_transit = 0 s\n");
    read_beds(input.description, {"lung", "breast"});
    read_journey(input.description);
    input.description.check();
    EXPECT_EQ(input.description.problems().size(), 2U) << input.problems();
}

} // namespace paget::circulation
