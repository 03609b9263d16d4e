// The signals and behaviours that rules of a case can name.

#include "ruled_case.hpp"

#include <fstream>
#include <string>
#include <tuple>
#include <vector>

namespace paget::organ
{
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(ReadRules, EverythingOfTheTissueCanBeHeard)
{
    const std::string begin = "[drug.taxol]\n[organ.lung]\n[organ.bone]\nvessels.source = capillary_bed\n";
    const std::vector<std::tuple<std::string, std::string, TissueSignal, double>> all{
        {"oxygen", "3 kPa", {SignalKind::concentration, 0}, 3.0},
        {"vegf_gradient", "2 (ug/l)/um", {SignalKind::gradient, 1}, 2.0},
        {"oxygen_gradient", "2 Pa/um", {SignalKind::gradient, 0}, 2e-3},
        {"contact_stroma", "1.5", {SignalKind::contact, 1}, 1.5},
        {"contact_dead", "0.5", {SignalKind::dead_contact, 0}, 0.5},
        {"vessel_distance", "0.1 mm", {SignalKind::vessel_distance, 0}, 100.0},
        {"taxol", "2 ng/ml", {SignalKind::drug, 0}, 2e-3},
        {"niche", "0.25", {SignalKind::niche, 0}, 0.25},
        {"in_bone", "0.5", {SignalKind::organ, 1}, 0.5}};
    for (const auto& [name, half, signal, value] : all) {
        const std::string rule = "r = cancer: " + name + " increases speed to 1 um/min, half at " + half + "\n";
        config::Catalogue catalogue;
        agents::declare_parameters(catalogue);
        declare_parameters(catalogue);
        config::Parameter dose; // drugs are declared by another module
        dose.pattern = "drug.<drug>.dose";
        dose.unit = "mg";
        dose.default_text = "0 mg";
        dose.meaning = dose.source = "test";
        catalogue.add(dose);
        config::Case description(catalogue);
        description.read_text(begin + case_with_rules + rule, "small.ini");
        const TissueDescription tissue = read_tissue(description);
        EXPECT_THAT(description.problems(), IsEmpty()) << name;
        EXPECT_THAT(tissue.signals, ElementsAre(signal)) << name;
        const rules::Influence& heard = tissue.types.at(0).rules.at(0).response.raising.at(0);
        EXPECT_EQ(heard.signal, own_signal_count);
        EXPECT_NEAR(heard.half, value, 1e-9 * value) << name;
        EXPECT_THAT(rule_words(description), HasSubstr("  " + name + " "));
    }
}

TEST(ReadRules, FieldsAreSecretedAndTakenUp)
{
    const RuledCase made = ruled("a = cancer: pressure increases vegf_secretion to 60 ng/ml*um^3/h, half at 1\n"
                                 "b = cancer: pressure decreases oxygen_uptake to 6 1/h, half at 1\n",
                                 {{"cell.cancer.oxygen.uptake", "10 1/min"}});
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_NEAR(made.response(agents::secretion_of(1)).most, 1.0, 1e-12);
    EXPECT_NEAR(made.response(agents::uptake_of(0)).least, 0.1, 1e-12);
    EXPECT_THAT(ruled("b = cancer: pressure decreases oxygen_uptake to 11 1/min, half at 1\n",
                      {{"cell.cancer.oxygen.uptake", "10 1/min"}})
                    .problems,
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.b: contradicts"), HasSubstr("that value is 10"))));
}

TEST(ReadRules, MisspeltWordsGetTheNearest)
{
    const auto told = [](const std::string& rule) { return ruled("r = " + rule + "\n").problems; };
    EXPECT_THAT(told("cancer: oxigen increases speed to 1 um/min, half at 1 kPa"),
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: no signal 'oxigen'"),
                                  HasSubstr("Did you mean 'oxygen'?"))));
    EXPECT_THAT(told("cancer: contact_strma increases speed to 1 um/min, half at 1"),
                ElementsAre(HasSubstr("Did you mean 'contact_stroma'?")));
    EXPECT_THAT(
        told("cancer: oxygen increases vegf_secretoin to 1, half at 1 kPa"),
        ElementsAre(AllOf(HasSubstr("no behaviour 'vegf_secretoin'"), HasSubstr("Did you mean 'vegf_secretion'?"))));
    EXPECT_THAT(told("cncer: oxygen increases speed to 1 um/min, half at 1 kPa"),
                ElementsAre(HasSubstr("Did you mean 'cancer'?")));
}

TEST(ReadRules, WhatCannotBeFollowedIsRefused)
{
    const auto told = [](const std::string& rule) { return ruled("r = cancer: " + rule + "\n").problems; };
    EXPECT_THAT(told("oxygen increases phase_2_rate to 1 1/min, half at 1 kPa"), // the cycle is `live`
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: 'phase_2_rate' of 'cancer'"),
                                  HasSubstr("has one phase"), HasSubstr("choose another cycle.model"))));
    EXPECT_THAT(told("oxygen increases matrix_degradation to 1, half at 1 kPa"),
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: says no 'from'"), HasSubstr("from VALUE"))));
    EXPECT_THAT(told("hybrid increases speed to 1 um/min, half at 2"), // it is never more than 1
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: '2' after 'half at' is more than 'hybrid'"),
                                  HasSubstr("Give a smaller value"))));
    const auto both = ruled("a = cancer: oxygen increases cycle_entry to 1 1/min, half at 1 kPa\n"
                            "b = cancer: oxygen increases phase_1_rate to 1 1/min, half at 1 kPa\n");
    EXPECT_THAT(both.problems, ElementsAre(AllOf(StartsWith("small.ini:11: rules.b: 'phase_1_rate' of 'cancer'"),
                                                 HasSubstr("Use only one of"))));
}

TEST(ReadRules, InTheBloodCellsHearNoTissue)
{
    const auto told = [](const std::string& signal, const std::string& half) {
        return ruled("r = cancer: " + signal + " increases extravasation from 0 1/h to 1 1/h, half at " + half + "\n")
            .problems;
    };
    for (const char* signal : {"pressure", "matrix", "attached", "contact_stroma", "contact_dead"}) {
        EXPECT_THAT(told(signal, "0.5"), ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: '"), HasSubstr(signal),
                                                           HasSubstr("is not felt in the blood"))));
    }
    EXPECT_THAT(told("time_in_phase", "5 min"), ElementsAre(HasSubstr("is not felt in the blood")));
    EXPECT_THAT(told("vessel_distance", "1 um"), ElementsAre(HasSubstr("is not felt in the blood")));
    EXPECT_THAT(told("oxygen_gradient", "1 kPa/um"), ElementsAre(HasSubstr("is not felt in the blood")));
    for (const char* signal : {"niche", "mesenchymal", "trait_mmp1"}) {
        EXPECT_THAT(told(signal, "0.5"), IsEmpty()) << signal;
    }
    EXPECT_THAT(told("oxygen", "1 kPa"), IsEmpty());
    EXPECT_THAT(ruled("r = cancer: niche increases extravasation to 1 1/h, half at 0.5\n").problems,
                ElementsAre(HasSubstr("says no 'from'")));
}

TEST(ReadRules, ImportedRulesBecomeKeysOfTheResolvedCase)
{
    const std::string path = testing::TempDir() + "paget_kept_rules.csv";
    std::ofstream(path) << "cancer,oxygen,increases,cycle entry,0,0.00072,5.5,3,0\n"
                           "cancer,pressure,decreases,cycle entry,0,1.25,4,0\n";
    const RuledCase made = ruled("import = " + path + "\n");
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_THAT(made.resolved, HasSubstr("imported_1 = cancer: oxygen increases cycle_entry from 0 to 0.00072 1/min, "
                                         "half at 5.5 kPa, hill 3\n"));
    std::ofstream(path) << "cancer,oxygen,increases,cycle entry,0,0.5,5,4,0\n"; // changed behind the run's back
    const RuledCase again = read_case(made.resolved);
    EXPECT_THAT(again.problems, IsEmpty());
    EXPECT_EQ(again.resolved, made.resolved);
    const rules::Response& before = made.response(Behaviour::cycle_entry);
    const rules::Response& after = again.response(Behaviour::cycle_entry);
    EXPECT_EQ(after.most, before.most);
    EXPECT_EQ(after.base, before.base);
    EXPECT_EQ(after.raising.at(0).half, before.raising.at(0).half);
    EXPECT_EQ(after.lowering.at(0).half, 1.25);
}

} // namespace paget::organ
