#include "paget/circulation/circulation.hpp"
#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/core/error.hpp"
#include "support/blood_cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::circulation
{
namespace
{
using testing::HasSubstr;
using testing::Not;

const std::string without_nodes = R"([organ.breast]
lymph_share = 0.5
[organ.lung]
[bed.breast]
flow_share = 1
[bed.lung]
fed_by = veins
drains_to = arteries
)";

/// The beds of a case, and its problems, one a line.
std::pair<std::vector<Bed>, std::string> read_with_problems(const std::string& text,
                                                            const std::vector<std::string>& organs)
{
    config::Catalogue catalogue;
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(text, "case.ini");
    auto beds = read_beds(description, organs);
    description.check();
    std::string problems;
    for (const auto& problem : description.problems()) {
        problems += problem.origin.text() + " " + problem.key + " " + problem.message + "\n";
    }
    return {beds, problems};
}

std::string lymph_refusal(const std::string& text)
{
    return read_with_problems(without_nodes + text, {"breast", "lung"}).second;
}
} // namespace

TEST(LymphKeys, AreRead)
{
    const auto [beds, problems] = read_with_problems(without_nodes + R"([bed.axilla]
fed_by = lymph
lymph_of = breast, lung
transit = 1.5 day
capture.single = 0.9
)",
                                                     {"breast", "lung"});
    ASSERT_EQ(problems, "");
    EXPECT_EQ(beds[0].lymph_share, 0.5);
    EXPECT_EQ(beds[1].lymph_share, 0.0); // the default
    EXPECT_EQ(beds[2].inflow, Inflow::lymph);
    EXPECT_EQ(beds[2].transit_min, 2160.0);
    EXPECT_EQ(beds[2].capture_cluster, 0.9);
    EXPECT_EQ(beds[2].lymph_of, (std::vector<OrganId>{OrganId{0}, OrganId{1}}));
    const VascularGraph graph(beds, 0.6, 0.1);
    EXPECT_EQ(graph.lymph_destination(OrganId{1}), 2);
    EXPECT_EQ(graph.lymph_destination(OrganId{2}), std::nullopt);
    EXPECT_TRUE(graph.is_lymph(2));
    EXPECT_FALSE(graph.is_lymph(1));
    EXPECT_FALSE(graph.is_lymph(-1)); // veins
}

TEST(LymphProblems, AShareNeedsANode)
{
    const std::string text = lymph_refusal("");
    EXPECT_THAT(text, HasSubstr("case.ini:2 organ.breast.lymph_share breast sheds cells into lymph, but no bed "
                                "receives its lymph"));
    EXPECT_THAT(text, HasSubstr("Add a section [bed.NAME] with fed_by = lymph and lymph_of = breast"));
}

TEST(LymphProblems, AreToldTogetherWithTheirPlaces)
{
    const std::string text = lymph_refusal(R"([bed.axilla]
fed_by = lymph
lymph_of = breast, brest
drains_to = lung
flow_share = 2
[bed.groin]
fed_by = lymph
lymph_of = breast
transit = 1 day
capture.single = 0.9
drains_to = arteries
[bed.neck]
fed_by = lymph
transit = 1 day
capture.single = 0.9
[bed.skin]
flow_share = 1
lymph_of = lung
drains_to = groin
)");
    for (const char* part :
         {"case.ini:11 bed.axilla.lymph_of 'brest' is not an organ of this case", "The organs are: breast, lung.",
          "case.ini:12 bed.axilla.drains_to bed axilla is fed by lymph but drains to lung",
          "case.ini:13 bed.axilla.flow_share bed axilla is fed by lymph but has a share of the arterial flow",
          "bed.axilla.transit bed axilla is fed by lymph but transit is not given", "e.g. transit = 1.5 day",
          "bed.axilla.capture.single bed axilla is fed by lymph but capture.single is not given",
          "case.ini:16 bed.groin.lymph_of beds axilla and groin both receive the lymph of breast",
          "case.ini:19 bed.groin.drains_to bed groin is fed by lymph but drains to arteries",
          "bed.neck.lymph_of bed neck is fed by lymph but receives none",
          "case.ini:26 bed.skin.lymph_of bed skin names organs whose lymph it receives but is fed by blood",
          "case.ini:27 bed.skin.drains_to bed skin carries blood but drains to groin, which is fed by lymph"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
}

TEST(LymphProblems, LoopsAreToldOnce)
{
    const std::string nodes = R"([organ.axilla]
[bed.axilla]
fed_by = lymph
lymph_of = breast, neck
transit = 1 day
capture.single = 0.9
[organ.neck]
[bed.neck]
fed_by = lymph
lymph_of = axilla
transit = 1 day
capture.single = 0.9
)";
    const std::string text = read_with_problems(without_nodes + nodes, {"breast", "lung", "axilla", "neck"}).second;
    EXPECT_THAT(text, HasSubstr("bed.axilla.lymph_of lymph runs in a loop: axilla -> neck -> axilla"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
    const std::string own = read_with_problems(without_nodes + R"([organ.axilla]
[bed.axilla]
fed_by = lymph
lymph_of = breast, axilla
transit = 1 day
capture.single = 0.9
)",
                                               {"breast", "lung", "axilla"})
                                .second;
    EXPECT_THAT(own, HasSubstr("lymph runs in a loop: axilla -> axilla"));
}

TEST(LymphProblems, LoopsOfDrainsAreToldAsSuch)
{
    const std::string text = lymph_refusal(R"([bed.axilla]
fed_by = lymph
lymph_of = breast
transit = 1 day
capture.single = 0.9
drains_to = neck
[bed.neck]
fed_by = lymph
transit = 1 day
capture.single = 0.9
drains_to = axilla
)");
    EXPECT_THAT(text, HasSubstr("drains form a loop: axilla -> neck -> axilla"));
    EXPECT_THAT(text, Not(HasSubstr("lymph runs in a loop")));
}

TEST(LymphProblems, SourcesThatDoNotExistAreRefused)
{
    auto beds = cases::small_body(0.1);
    beds.push_back(cases::bed("axilla", OrganId::none, 0.0, 0.9));
    beds[3].inflow = Inflow::lymph;
    beds[3].lymph_of = {OrganId{7}};
    const auto world = parallel::Communicator::self();
    try {
        const Circulation circulation(VascularGraph(beds, 0.6, 0.1), {}, world, {{0}, {0}}, RandomNumbers(1));
        FAIL();
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), HasSubstr("bed axilla receives the lymph of organ number 7, which does not exist"));
    }
    beds[0].lymph_share = 1.5;
    EXPECT_THROW(VascularGraph(beds, 0.6, 0.1), InputError);
}

} // namespace paget::circulation
