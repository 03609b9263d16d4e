#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/therapy/therapy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::therapy
{
namespace
{
config::Catalogue declared()
{
    config::Catalogue catalogue;
    declare_parameters(catalogue);
    return catalogue;
}
} // namespace

TEST(TherapyParameters, DrugsAreReadFromTheirSections)
{
    const config::Catalogue catalogue = declared();
    config::Case description(catalogue);
    description.read_text("[drug.bevacizumab]\ndose = 350 mg\ninterval = 14 day\ndoses = 6\ninfusion = 1 h\n"
                          "volume = 5.97 L\nclearance = 0.207 L/day\nkill = 0 1/h\n[drug.other]\ndose = 1 g\n"
                          "volume = 1 L\nclearance = 1 L/h\nfirst_dose = 2 day\n",
                          "case.ini");
    const std::vector<Drug> drugs = read_drugs(description);
    description.check();
    ASSERT_TRUE(description.problems().empty()) << description.problems()[0].message;
    ASSERT_EQ(drugs.size(), 2U);
    EXPECT_EQ(drugs[0].name, "bevacizumab");
    EXPECT_EQ(drugs[0].dose_mg, 350.0);
    EXPECT_NEAR(drugs[0].interval_min, 14.0 * minutes_per_day, 1e-9);
    EXPECT_EQ(drugs[0].doses, 6);
    EXPECT_EQ(drugs[0].infusion_min, 60.0);
    EXPECT_NEAR(drugs[0].clearance_l_per_min, 0.207 / minutes_per_day, 1e-15);
    EXPECT_EQ(drugs[0].kill_per_min, 0.0);
    EXPECT_NEAR(drugs[1].dose_mg, 1000.0, 1e-9);
    EXPECT_NEAR(drugs[1].first_dose_min, 2.0 * minutes_per_day, 1e-9);
    EXPECT_NEAR(drugs[1].kill_per_min, 0.001, 1e-15);
    EXPECT_NEAR(drugs[1].ic50_mg_per_l, 0.0786, 1e-12);
    EXPECT_EQ(drugs[1].doses, 1);
}

namespace
{
/// Keys of the problems of a case, each as often as it is told.
std::vector<std::string> problems_of(const std::string& text)
{
    const config::Catalogue catalogue = declared();
    config::Case description(catalogue);
    description.read_text(text, "case.ini");
    read_drugs(description);
    description.check();
    std::vector<std::string> keys;
    for (const auto& problem : description.problems()) {
        keys.push_back(problem.key);
    }
    return keys;
}
} // namespace

TEST(TherapyParameters, WhatIsMissingIsToldOnce)
{
    EXPECT_THAT(problems_of("[drug.poison]\nkill = -1 1/h\n"),
                testing::UnorderedElementsAre("drug.poison.dose", "drug.poison.volume", "drug.poison.clearance",
                                              "drug.poison.kill"));
}

TEST(TherapyParameters, WhatHasAWrongUnitIsToldOnce)
{
    EXPECT_THAT(problems_of("[drug.poison]\ndose = 1 mg\nvolume = 5 kg\nclearance = 1 L/h\n"),
                testing::ElementsAre("drug.poison.volume"));
    EXPECT_THAT(problems_of("[drug.poison]\ndose = 1 mg\nvolume = 0 L\nclearance = 1 L/h\n"),
                testing::ElementsAre("drug.poison.volume"));
}

} // namespace paget::therapy
