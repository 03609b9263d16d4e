// What differs between two resolved cases, and which of it a run that goes on may not change.

#include "paget/app/case_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::app
{
namespace
{
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* before = "# The resolved case\n"
                               "title = a = b\n"
                               "\n"
                               "[run]\n"
                               "# default (assumption)\n"
                               "seed = 1\n"
                               "end = 7200 min\n"
                               "\n"
                               "[organ.lung]\n"
                               "soil = 0.5\n"
                               "[organ.lung.vessels]\n"
                               "file =\n"
                               "[cell.cancer]\n"
                               "transition.model = hazards\n"
                               "[drug.cisplatin]\n"
                               "dose = 20 mg\n";

std::string with(std::string text, const std::string& old_part, const std::string& new_part)
{
    return text.replace(text.find(old_part), old_part.size(), new_part);
}

std::vector<std::string> refused(const std::vector<std::string>& keys)
{
    std::vector<std::string> names;
    for (const std::string& key : keys) {
        if (!refusal_of({key}, before).empty()) {
            names.push_back(key);
        }
    }
    return names;
}
} // namespace

TEST(CaseChanges, EqualCasesDifferInNothing)
{
    EXPECT_THAT(changed_keys(before, before), IsEmpty());
    EXPECT_THAT(changed_keys(before, with(before, "# default (assumption)", "# given")), IsEmpty()) << "comments";
}

TEST(CaseChanges, ValuesThatDifferAreFoundByTheirKeys)
{
    EXPECT_THAT(changed_keys(before, with(before, "soil = 0.5", "soil = 0.25")), ElementsAre("organ.lung.soil"));
    EXPECT_THAT(changed_keys(before, with(before, "a = b", "a = c")), ElementsAre("title"));
    EXPECT_THAT(changed_keys(before, with(before, "file =", "file = a.dat")), ElementsAre("organ.lung.vessels.file"));
    EXPECT_THAT(changed_keys(before, with(before, "end = 7200 min\n", "")), ElementsAre("run.end"));
    EXPECT_THAT(changed_keys(with(before, "end = 7200 min\n", ""), before), ElementsAre("run.end"));
    EXPECT_THAT(changed_keys(before, with(with(before, "seed = 1", "seed = 2"), "20 mg", "30 mg")),
                ElementsAre("drug.cisplatin.dose", "run.seed"));
}

TEST(CaseChanges, RatesEndOutputsAndSolversMayChange)
{
    EXPECT_THAT(refused({"run.end", "run.step", "organ.lung.soil", "organ.lung.oxygen.decay", "drug.cisplatin.dose",
                         "output.series_every", "checkpoint.keep", "circulation.flow_death", "mechanics.tolerance",
                         "organ.lung.oxygen.tolerance", "cell.cancer.transition.to_hybrid"}),
                IsEmpty());
}

TEST(CaseChanges, WhatTheSavedStateDependsOnMayNot)
{
    const std::vector<std::string> fixed{"run.seed",
                                         "organ.lung.size.x",
                                         "organ.lung.voxel",
                                         "organ.lung.voxel.z",
                                         "organ.lung.vessels.file",
                                         "organ.lung.founders.count",
                                         "cell.cancer.transition.model",
                                         "organ.lung.oxygen.initial",
                                         "organ.lung.matrix.initial",
                                         "matrix.initial"};
    EXPECT_EQ(refused(fixed), fixed);
}

TEST(CaseChanges, NewNamesAreRefusedOnceEach)
{
    const std::string refusal =
        refusal_of({"bed.brain.flow_share", "organ.brain.size.x", "organ.brain.soil", "run.end"}, before);
    EXPECT_THAT(refusal,
                AllOf(HasSubstr("bed.brain cannot change when a run goes on (the saved state knows no such "
                                "name)"),
                      HasSubstr("\norgan.brain cannot change"), Not(HasSubstr("size")), Not(HasSubstr("end"))));
    EXPECT_EQ(std::count(refusal.begin(), refusal.end(), '\n'), 1);
}

TEST(CaseChanges, EveryRefusalSaysWhyAndWhatToDo)
{
    EXPECT_EQ(refusal_of({"run.seed"}, before),
              "run.seed cannot change when a run goes on (the random numbers so far were of that seed). Leave it out, "
              "or start a new run.");
}

TEST(CaseChanges, ComingAndGoingOfCellsIsNotSwitchedWhollyOnOrOff)
{
    const std::vector<std::string> keys{"cell.t_cell.attack.cancer.rate", "cell.t_cell.motility.persistence",
                                        "rules.tired", "run.end"};
    EXPECT_EQ(refusal_of_turnover(keys, true, true), "");
    EXPECT_EQ(refusal_of_turnover(keys, false, false), "");
    EXPECT_EQ(refusal_of_turnover(keys, true, false),
              "cell.t_cell.attack.cancer.rate, rules.tired cannot switch attack, recruitment and emigration of cells "
              "wholly off when a run goes on (the time series so far has columns for them). Give a tiny rate (as "
              "1e-30 1/min) instead of none.");
    EXPECT_THAT(refusal_of_turnover({"cell.nk.recruitment.rate"}, false, true),
                AllOf(HasSubstr("cell.nk.recruitment.rate cannot switch"), HasSubstr("wholly on"),
                      HasSubstr("has no columns"), HasSubstr("start a new run")));
}

} // namespace paget::app
