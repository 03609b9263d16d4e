// Rules from the text of a case to the cell types.

#include "ruled_case.hpp"

#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace paget::organ
{
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

TEST(ReadRules, WithoutThemNothingIsRuled)
{
    const RuledCase made = ruled("");
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_THAT(made.tissue.signals, IsEmpty());
    EXPECT_THAT(made.tissue.types[0].rules, IsEmpty());
}

TEST(ReadRules, OneRuleSetsEverythingInTheProgramsUnits)
{
    const RuledCase made = ruled(
        "growth = cancer: oxygen increases cycle_entry from 0.06 1/h to 0.6 1/h, half at 7.50061683 mmHg, hill 3\n");
    EXPECT_THAT(made.problems, IsEmpty());
    ASSERT_THAT(made.tissue.types[0].rules, SizeIs(1));
    EXPECT_THAT(made.tissue.types[1].rules, IsEmpty());
    const rules::Response& response = made.response(Behaviour::cycle_entry);
    EXPECT_NEAR(response.base.value(), 1e-3, 1e-15);
    EXPECT_NEAR(response.most, 1e-2, 1e-14);
    EXPECT_THAT(response.lowering, IsEmpty());
    ASSERT_THAT(response.raising, SizeIs(1));
    EXPECT_EQ(response.raising[0].signal, field_number(0));
    EXPECT_NEAR(response.raising[0].half, 1.0, 1e-6); // kPa, as the field
    EXPECT_EQ(response.raising[0].hill, 3.0);
    EXPECT_THAT(made.tissue.signals, ElementsAre(TissueSignal{SignalKind::concentration, 0}));
}

TEST(ReadRules, EveryBehaviourIsConvertedToItsUnit)
{
    const std::vector<std::pair<std::string, double>> amounts{
        {"0.6 1/h", 0.01}, {"0.6 1/h", 0.01},  {"0.6 1/h", 0.01},   {"0.6 1/h", 0.01}, {"0.6 1/h", 0.01},
        {"0.6 1/h", 0.01}, {"0.6 1/h", 0.01},  {"6 um/h", 0.1},     {"2 h", 120.0},    {"50 %", 0.5},
        {"0.25", 0.25},    {"0.6 1/h", 0.01},  {"0.6 1/h", 0.01},   {"0.6 1/h", 0.01}, {"6 1/h", 0.1},
        {"25 %", 0.25},    {"30 1/min", 30.0}, {"6 1/h", 0.1},      {"0.6 1/h", 0.01}, {"0.6 1/h", 0.01},
        {"0.6 1/h", 0.01}, {"6 um/h", 0.1},    {"12 um/min", 12.0}, {"0.6 1/h", 0.01}, {"2", 2.0},
        {"0.6 1/h", 0.01}, {"0.6 1/h", 0.01},  {"0.6 1/h", 0.01},   {"0.6 1/h", 0.01}};
    const auto of_the_organ = [](std::string_view name) {
        return name == "matrix_degradation" || name == "waking" || name == "extravasation";
    };
    ASSERT_EQ(amounts.size(), agents::behaviour_count);
    std::string text;
    for (std::size_t b = 0; b < agents::behaviour_count; ++b) {
        const std::string name(agents::behaviour_words()[b].name);
        const std::string base = of_the_organ(name) ? name == "matrix_degradation" ? " from 0" : " from 0 1/h" : "";
        const std::string signal = name == "extravasation" ? "hybrid" : "matrix"; // there is no matrix in the blood
        text +=
            name + " = stroma: " + signal + " increases " + name + base + " to " + amounts[b].first + ", half at 0.5\n";
    }
    const RuledCase made =
        read_case("[organ.lung]\nvessels.source = capillary_bed\n" + (case_with_rules + text),
                  {{"cell.stroma.cycle.model", "flow_cytometry_separated"}, {"cell.stroma.chemotaxis.field", "vegf"}});
    ASSERT_THAT(made.problems, SizeIs(1)); // both on the entry into the cycle, and on the phase that is this entry
    EXPECT_THAT(made.problems[0], HasSubstr("rules.phase_1_rate: 'phase_1_rate' of 'stroma' is the entry into"));
    for (std::size_t b = 0; b < agents::behaviour_count; ++b) {
        const rules::Response& response = made.response(static_cast<Behaviour>(b), 1);
        EXPECT_NEAR(response.most, amounts[b].second, 1e-12) << agents::behaviour_words()[b].name;
        EXPECT_EQ(response.base.has_value(), of_the_organ(agents::behaviour_words()[b].name));
    }
    EXPECT_THAT(made.tissue.types[0].rules, IsEmpty());
}

TEST(ReadRules, EverySignalOfTheCellHasItsNumberAndUnit)
{
    const std::vector<std::pair<std::string, double>> halves{
        {"0.5", 0.5},   {"2 pl", 2000.0}, {"1 h", 60.0}, {"3 h", 180.0}, {"50 %", 0.5}, {"0.5", 0.5},
        {"0.25", 0.25}, {"0.75", 0.75},   {"2", 2.0},    {"150 %", 1.5}, {"0.5", 0.5},  {"3", 3.0},
        {"1 h", 60.0},  {"50 %", 0.5},    {"0.5", 0.5},  {"2 h", 120.0}};
    ASSERT_EQ(halves.size(), own_signal_count);
    for (std::size_t s = 0; s < own_signal_count; ++s) {
        const std::string name(agents::own_signal_words()[s].name);
        const RuledCase made =
            ruled("r = cancer: " + name + " increases speed to 1 um/min, half at " + halves[s].first + "\n");
        EXPECT_THAT(made.problems, IsEmpty());
        EXPECT_EQ(made.response(Behaviour::speed).raising.at(0).signal, s) << name;
        EXPECT_NEAR(made.response(Behaviour::speed).raising.at(0).half, halves[s].second, 1e-9) << name;
        EXPECT_THAT(made.tissue.signals, IsEmpty());
    }
}

TEST(ReadRules, AFieldIsListedOnceAndInTheOrderOfUse)
{
    const RuledCase made = ruled("a = cancer: vegf increases speed to 1 um/min, half at 3 ug/l\n"
                                 "b = cancer: oxygen decreases apoptosis to 0 1/min, half at 1 kPa\n"
                                 "c = stroma: vegf increases speed to 2 um/min, half at 4 ng/ml\n");
    EXPECT_THAT(made.problems, IsEmpty());
    EXPECT_THAT(made.tissue.signals,
                ElementsAre(TissueSignal{SignalKind::concentration, 1}, TissueSignal{SignalKind::concentration, 0}));
    EXPECT_EQ(made.response(Behaviour::speed).raising.at(0).signal, field_number(0));
    EXPECT_NEAR(made.response(Behaviour::speed).raising.at(0).half, 3.0, 1e-12);
    EXPECT_EQ(made.response(Behaviour::apoptosis).lowering.at(0).signal, field_number(1));
    EXPECT_EQ(made.response(Behaviour::speed, 1).raising.at(0).signal, field_number(0));
    EXPECT_EQ(made.response(Behaviour::speed, 1).most, 2.0);
}

TEST(ReadRules, RulesOnOneBehaviourAreJoined)
{
    const RuledCase made =
        ruled("a = cancer: oxygen increases speed from 0.2 um/min to 0.9 um/min, half at 1 kPa\n"
              "b = cancer: pressure decreases speed to 0.1 um/min, half at 0.5, hill 2\n"
              "c = cancer: vegf increases speed from 12 um/h to 0.9 um/min, half at 1 ng/ml, hill 1\n"
              "d = cancer: oxygen decreases speed from 0.2 um/min to 0.1 um/min, half at 9 kPa\n");
    EXPECT_THAT(made.problems, IsEmpty());
    ASSERT_THAT(made.tissue.types[0].rules, SizeIs(1));
    const rules::Response& response = made.response(Behaviour::speed);
    EXPECT_EQ(response.base, 0.2);
    EXPECT_EQ(response.most, 0.9);
    EXPECT_EQ(response.least, 0.1);
    ASSERT_THAT(response.raising, SizeIs(2));
    ASSERT_THAT(response.lowering, SizeIs(2));
    EXPECT_EQ(response.raising[1].hill, 1.0);
    EXPECT_EQ(response.lowering[0].signal, number(OwnSignal::pressure));
    EXPECT_EQ(response.lowering[1].signal, field_number(0));
}

TEST(ReadRules, TheCommandLineAddsAndReplaces)
{
    const std::string one = "a = cancer: pressure decreases speed to 0 um/min, half at 0.5\n";
    const RuledCase added = ruled(one, {{"rules.b", "cancer: matrix increases apoptosis to 1 1/min, half at 0.5"}});
    EXPECT_THAT(added.problems, IsEmpty());
    EXPECT_THAT(added.tissue.types[0].rules, SizeIs(2));
    const RuledCase replaced = ruled(one, {{"rules.a", "cancer: pressure decreases speed to 0 um/min, half at 0.7"}});
    EXPECT_THAT(replaced.problems, IsEmpty());
    EXPECT_EQ(replaced.response(Behaviour::speed).lowering.at(0).half, 0.7);
    const RuledCase bad = ruled("", {{"rules.b", "cancer: mattrix increases apoptosis to 1 1/min, half at 0.5"}});
    EXPECT_THAT(bad.problems, ElementsAre(StartsWith("command line: rules.b: no signal 'mattrix'")));
}

TEST(ReadRules, TheResolvedCaseHasTheSameRulesInTheSameOrder)
{
    // Sums over signals are rounded in the order of the rules: a restart must not change it.
    const RuledCase made = ruled("z = cancer: oxygen increases speed to 1 um/min, half at 1 kPa\n"
                                 "a = cancer: vegf increases speed to 1 um/min, half at 2 ng/ml\n"
                                 "m = cancer: pressure increases speed to 1 um/min, half at 0.3, hill 2.5\n",
                                 {{"rules.b", "cancer: age increases speed to 1 um/min, half at 3 h"}});
    const RuledCase again = read_case(made.resolved);
    EXPECT_THAT(again.problems, IsEmpty());
    EXPECT_EQ(again.tissue.signals, made.tissue.signals);
    const auto& before = made.response(Behaviour::speed).raising;
    const auto& after = again.response(Behaviour::speed).raising;
    ASSERT_THAT(before, SizeIs(4));
    ASSERT_THAT(after, SizeIs(4));
    for (std::size_t k = 0; k < before.size(); ++k) {
        EXPECT_EQ(after[k].signal, before[k].signal) << made.resolved;
        EXPECT_EQ(after[k].half, before[k].half);
        EXPECT_EQ(after[k].hill, before[k].hill);
    }
    EXPECT_THAT(made.resolved, testing::Not(HasSubstr("[rule."))); // no section of a rule's own
}

TEST(ReadRules, EveryMistakeIsNamedWithFileLineAndRemedy)
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> mistakes{
        {"cancr: oxygen increases speed to 1 um/min, half at 1 kPa",
         {"no cell type 'cancr'", "Use one of: cancer, stroma"}},
        {"cancer: oxigen increases speed to 1 um/min, half at 1 kPa",
         {"no signal 'oxigen'", "Use one of: ", "mesenchymal", "oxygen, oxygen_gradient, vegf"}},
        {"cancer: oxygen increases sped to 1 um/min, half at 1 kPa",
         {"no behaviour 'sped'", "Use one of: ", "persistence", "speed"}},
        {"cancer: oxygen increases speed to 1 mmHg, half at 1 kPa", {"'mmHg' has the wrong dimension", "um/min"}},
        {"cancer: oxygen increases speed to 1 smoots, half at 1 kPa", {"'smoots' is not a unit", "Write"}},
        {"cancer: oxygen increases speed to fast, half at 1 kPa", {"'fast' is not a number", "um/min"}},
        {"cancer: oxygen increases speed from 1 1/min to 2 um/min, half at 1 kPa", {"wrong dimension", "um/min"}},
        {"cancer: oxygen increases speed to 1 um/min, half at 3 ng/ml", {"wrong dimension", "kPa"}},
        {"cancer: age increases speed to 1 um/min, half at 3 um", {"wrong dimension", "min"}},
        {"cancer: oxygen increases chemotaxis_bias to 1.01, half at 1 kPa",
         {"'1.01' after 'to' is out of range for 'chemotaxis_bias'", "Give a value from 0 to 1"}},
        {"cancer: oxygen decreases haptotaxis_bias from 2 to 0, half at 1 kPa",
         {"'2' after 'from' is out of range for 'haptotaxis_bias'", "Give a value from 0 to 1"}},
        {"cancer: oxygen increases speed to 101 um/min, half at 1 kPa",
         {"'101 um/min' after 'to' is out of range for 'speed'", "from 0 to 100 um/min"}},
        {"cancer: oxygen increases apoptosis to -1 1/min, half at 1 kPa",
         {"'-1 1/min' after 'to' is out of range for 'apoptosis'", "Give a value of at least 0"}},
        {"cancer: oxygen increases speed to 1 um/min, half at 0 kPa",
         {"'0 kPa' after 'half at' is not above 0", "Give the value of 'oxygen'"}},
        {"cancer: pressure increases speed to 1 um/min, half at -0.5", {"'-0.5' after 'half at' is not above 0"}},
        {"cancer: oxygen increases speed from 2 um/min to 1 um/min, half at 1 kPa",
         {"contradicts itself", "'speed' of 'cancer'", "Exchange the words or the values"}},
        {"cancer: oxygen decreases speed from 1 um/min to 2 um/min, half at 1 kPa",
         {"contradicts itself", "'speed' of 'cancer'", "Exchange the words or the values"}},
        {"cancer: oxygen increases speed to 1 um/min, half at 1 kPa, steep",
         {"'steep' is not understood", "Write it as"}},
        {"cancer: age increases speed to 1 um/min, half at 12",
         {"'12' after 'half at' has no unit", "Write '12 min', or in the unit that is meant"}},
        {"cancer: oxygen increases speed from 0 to 1, half at 1 kPa",
         {"'1' after 'to' has no unit", "Write '1 um/min'"}},
        {"cancer: oxygen increases speed from 0.5 to 1 um/min, half at 1 kPa",
         {"'0.5' after 'from' has no unit", "Write '0.5 um/min'"}},
        {"cancer: oxygen increases chemotaxis_bias to 1, half at 1 kPa",
         {"'cancer' has no chemoattractant", "Set cell.cancer.chemotaxis.field"}},
        {"cancer: vessel_distance increases speed to 1 um/min, half at 50 um",
         {"no organ has vessels", "Set organ.<organ>.vessels.source"}},
        {"cancer: oxygen increases intravasation to 1 1/day, half at 1 kPa",
         {"no organ has vessels", "'intravasation'"}},
    };
    for (const auto& [rule, texts] : mistakes) {
        const RuledCase made =
            ruled("good = stroma: oxygen increases speed to 1 um/min, half at 1 kPa\nbad = " + rule + "\n");
        ASSERT_THAT(made.problems, SizeIs(1)) << rule;
        EXPECT_THAT(made.problems[0], StartsWith("small.ini:11: rules.bad: ")) << rule;
        for (const std::string& text : texts) {
            EXPECT_THAT(made.problems[0], HasSubstr(text)) << rule;
        }
        EXPECT_EQ(made.response(Behaviour::speed, 1).most, 1.0); // the good one is followed all the same
    }
}

TEST(ReadRules, StandInOneSectionForAllTypes)
{
    EXPECT_THAT(read_case(std::string(case_with_rules) + "[rules.cancer]\na = x\n").problems,
                ElementsAre("small.ini:10: [rules.cancer]: unknown section (nothing would read its keys). Did you mean "
                            "[rules]?"));
}

TEST(ReadRules, ARuleIsTakenOutByOff)
{
    const std::string rules = "a = cancer: oxygen increases speed to 1 um/min, half at 1 kPa\n"
                              "b = cancer: pressure decreases speed to 0 um/min, half at 1\n";
    const RuledCase both = ruled(rules);
    const RuledCase one = ruled(rules, {{"rules.b", "off"}});
    EXPECT_THAT(one.problems, IsEmpty());
    EXPECT_THAT(both.response(Behaviour::speed).lowering, SizeIs(1));
    EXPECT_THAT(one.response(Behaviour::speed).lowering, IsEmpty());
    EXPECT_THAT(one.response(Behaviour::speed).raising, SizeIs(1));
}

TEST(ReadRules, OffForARuleThatIsNotThereIsAProblem)
{
    const std::string rules = "growth = cancer: oxygen increases speed to 1 um/min, half at 1 kPa\n"
                              "flight = cancer: pressure decreases speed to 0 um/min, half at 1\n";
    EXPECT_THAT(ruled(rules, {{"rules.grwth", "off"}}).problems,
                ElementsAre("command line: rules.grwth: there is no rule 'grwth' to be switched off (all would act as "
                            "before). Did you mean 'growth'?"));
    EXPECT_THAT(ruled(rules, {{"rules.something", "off"}}).problems,
                ElementsAre(HasSubstr("Use one of: growth, flight.")));
    EXPECT_THAT(ruled("", {{"rules.something", "off"}}).problems, ElementsAre(HasSubstr("Remove it.")));
    // A resolved case says so of rules that were taken out by then.
    EXPECT_THAT(ruled(rules + "gone = off\n").problems, IsEmpty());
}

TEST(ReadRules, HazardsThatACircuitReplacesAreRefused)
{
    const RuledCase made =
        read_case(std::string(case_with_rules) + "leave = cancer: pressure increases to_hybrid to 1 1/day, half at 1\n"
                                                 "other = stroma: pressure increases to_hybrid to 1 1/day, half at 1\n"
                                                 "speed = cancer: pressure increases speed to 1 um/min, half at 1\n",
                  {{"cell.cancer.transition.model", "mir200_zeb"}});
    EXPECT_THAT(made.problems, ElementsAre(AllOf(StartsWith("small.ini:10: rules.leave: "),
                                                 HasSubstr("cell.cancer.transition.model to hazards"))));
}

TEST(ReadRules, RulesThatDisagreeAreRefused)
{
    const std::string first = "one = cancer: oxygen increases speed from 0.1 um/min to 1 um/min, half at 1 kPa\n";
    const auto second = [&](const std::string& rule) { return ruled(first + "two = cancer: " + rule + "\n").problems; };
    EXPECT_THAT(second("vegf increases speed to 2 um/min, half at 1 ng/ml"),
                ElementsAre(AllOf(StartsWith("small.ini:11: rules.two: the value after 'increases ... to'"),
                                  HasSubstr("rule 'one'"), HasSubstr(": 1 um/min there and 2 um/min here"),
                                  HasSubstr("Give both rules the same"))));
    EXPECT_THAT(second("vegf increases speed from 0.2 um/min to 1 um/min, half at 1 ng/ml"),
                ElementsAre(AllOf(StartsWith("small.ini:11: rules.two: the value after 'from'"),
                                  HasSubstr("rule 'one'"), HasSubstr("0.1 um/min there and 0.2 um/min here"))));
    EXPECT_THAT(ruled("one = cancer: oxygen increases chemotaxis_bias from 0.2 to 0.5, half at 1 kPa\n"
                      "two = cancer: vegf increases chemotaxis_bias to 0.6, half at 1 ng/ml\n",
                      {{"cell.cancer.chemotaxis.field", "oxygen"}})
                    .problems,
                ElementsAre(HasSubstr(": 0.5 there and 0.6 here)")));
    EXPECT_THAT(second("vegf increases speed to 1e-3 mm/min, half at 1 ng/ml"),
                IsEmpty()); // the same, rounded otherwise
    EXPECT_THAT(second("vegf increases speed from 6 um/h to 0.06 mm/h, half at 1 ng/ml"), IsEmpty());
    EXPECT_THAT(second("oxygen increases speed to 1 um/min, half at 2 kPa"),
                ElementsAre(AllOf(StartsWith("small.ini:11: rules.two: 'oxygen' increases 'speed' of 'cancer' already"),
                                  HasSubstr("Remove one of them"))));
    EXPECT_THAT(second("pressure decreases speed to 0.5 um/min, half at 1"), // above the base
                ElementsAre(AllOf(StartsWith("small.ini:11: rules.two: contradicts"), HasSubstr("another rule"))));
    EXPECT_THAT(second("pressure decreases speed to 2 um/min, half at 1"), // above what increases
                ElementsAre(StartsWith("small.ini:11: rules.two: contradicts")));
    EXPECT_THAT(second("pressure decreases speed to 0.1 um/min, half at 1"), IsEmpty());
    EXPECT_THAT(second("oxygen decreases speed to 0 um/min, half at 9 kPa"), IsEmpty()); // the same signal, otherwise
    // Another type is another matter.
    EXPECT_THAT(ruled(first + "two = stroma: oxygen increases speed to 3 um/min, half at 1 kPa\n").problems, IsEmpty());
}

TEST(ReadRules, WithoutFromTheOwnValueTellsWhatIsAnIncrease)
{
    const auto told = [](const std::string& rule) {
        return ruled("r = cancer: " + rule + "\n", {{"cell.cancer.death.apoptosis_rate", "1e-3 1/min"},
                                                    {"cell.cancer.motility.speed.epithelial", "0.1 um/min"},
                                                    {"cell.cancer.motility.speed.hybrid", "0.2 um/min"},
                                                    {"cell.cancer.motility.speed.mesenchymal", "0.4 um/min"}})
            .problems;
    };
    const auto refused_beside = [](const std::string& value) {
        return ElementsAre(AllOf(StartsWith("small.ini:10: rules.r: contradicts"), HasSubstr("that value is " + value),
                                 HasSubstr("Exchange the words or the values, or say 'from'")));
    };
    EXPECT_THAT(told("oxygen increases apoptosis to 5e-4 1/min, half at 1 kPa"), refused_beside("0.001 1/min)"));
    EXPECT_THAT(told("oxygen decreases apoptosis to 2e-3 1/min, half at 1 kPa"), refused_beside("0.001 1/min)"));
    EXPECT_THAT(told("oxygen increases apoptosis from 1e-4 1/min to 5e-4 1/min, half at 1 kPa"), IsEmpty());
    EXPECT_THAT(told("oxygen decreases apoptosis from 3e-3 1/min to 2e-3 1/min, half at 1 kPa"), IsEmpty());
    // Of values that differ between the states, some must be changed as the rule says.
    EXPECT_THAT(told("oxygen increases speed to 0.05 um/min, half at 1 kPa"),
                refused_beside("0.1 to 0.4 um/min, by state"));
    EXPECT_THAT(told("oxygen decreases speed to 0.5 um/min, half at 1 kPa"),
                refused_beside("0.1 to 0.4 um/min, by state"));
    EXPECT_THAT(told("hybrid increases speed to 0.3 um/min, half at 0.5"), IsEmpty());
    EXPECT_THAT(told("hybrid decreases speed to 0.3 um/min, half at 0.5"), IsEmpty());
}

TEST(ReadRules, TheOrderOfRulesDoesNotDecideWhetherTheyAgree)
{
    const std::string from = "from = cancer: oxygen increases speed from 0.1 um/min to 1 um/min, half at 1 kPa\n";
    const std::string high = "high = cancer: pressure decreases speed to 0.2 um/min, half at 1\n"; // above 0.1
    EXPECT_THAT(ruled(from + high).problems, ElementsAre(StartsWith("small.ini:11: rules.high: contradicts")));
    EXPECT_THAT(ruled(high + from).problems, ElementsAre(StartsWith("small.ini:10: rules.high: contradicts")));
    const std::string low = "low = cancer: vegf increases apoptosis to 5e-4 1/min, half at 1 ng/ml\n"; // below the own
    const std::string base = "base = cancer: oxygen increases apoptosis from 0 to 5e-4 1/min, half at 1 kPa\n";
    const std::map<std::string, std::string> own{{"cell.cancer.death.apoptosis_rate", "1e-3 1/min"}};
    EXPECT_THAT(ruled(base + low, own).problems, IsEmpty());
    EXPECT_THAT(ruled(low + base, own).problems, IsEmpty());
    EXPECT_THAT(ruled(low, own).problems, ElementsAre(StartsWith("small.ini:10: rules.low: contradicts")));
}

TEST(ReadRules, TwoRulesThatDecreaseShareTheirEnd)
{
    const RuledCase made = ruled("one = cancer: oxygen decreases apoptosis to 1e-5 1/min, half at 1 kPa\n"
                                 "two = cancer: vegf decreases apoptosis to 1e-6 1/min, half at 1 ng/ml\n");
    EXPECT_THAT(made.problems,
                ElementsAre(AllOf(StartsWith("small.ini:11: rules.two: the value after 'decreases ... to'"),
                                  HasSubstr("rule 'one'"))));
}

TEST(ReadRules, AllProblemsAreTold)
{
    const RuledCase made = ruled("a = cancr: oxygen increases speed to 1 um/min, half at 1 kPa\n"
                                 "b = cancer: oxygen increases persistence to 1 h, half at 1 kPa\n"
                                 "c = cancer: oxigen increases speed to 1 um/min, half at 1 kPa\n"
                                 "d = nonsense\n",
                                 {{"rules.e", "cancer: oxygen increases speed to 1 kg, half at 1 kPa"}});
    EXPECT_THAT(made.problems,
                ElementsAre(StartsWith("small.ini:10: rules.a: no cell type"),
                            StartsWith("small.ini:12: rules.c: no signal"),
                            StartsWith("small.ini:13: rules.d: 'nonsense' is no rule, nor 'off'"),
                            StartsWith("command line: rules.e: '1 kg' after 'to': unit 'kg' has the wrong dimension")));
    EXPECT_NEAR(made.response(Behaviour::persistence).most, 60.0, 1e-12);
}

TEST(ReadRules, AFieldNamedAsAnotherSignalIsNotMistakenForIt)
{
    const RuledCase made = read_case(std::string("[field.pressure]\nunit = kPa\n") + case_with_rules +
                                     "squeeze = cancer: pressure decreases speed to 0 um/min, half at 0.5\n"
                                     "other = cancer: matrix decreases speed to 0 um/min, half at 0.5\n");
    EXPECT_THAT(made.problems, ElementsAre(AllOf(StartsWith("small.ini:12: rules.squeeze: "), HasSubstr("'pressure'"),
                                                 HasSubstr("field"))));
}

TEST(ReadRules, FilesOfPhysicellComeOnTopAndTheirMistakesNameTheirLines)
{
    const std::string path = testing::TempDir() + "paget_rules.csv";
    std::ofstream(path) << "Cancer,oxygen,increases,cycle entry,0.00072,5,4,0\n"
                           "cancer,contact with t,increases,apoptosis,1,1,4,0\n"
                           "cancer,oxygen,increases,cycle entry,0.001,5,4,0\n";
    const RuledCase made = ruled("mine = cancer: pressure decreases cycle_entry to 0 1/min, half at 1\n"
                                 "import = " +
                                 path + "\n");
    const rules::Response& response = made.response(Behaviour::cycle_entry);
    EXPECT_EQ(response.most, 0.00072);
    EXPECT_THAT(response.raising, SizeIs(1));
    EXPECT_THAT(response.lowering, SizeIs(1));
    EXPECT_EQ(response.raising.at(0).half, 5.0);
    const std::string start = "small.ini:11: rules.import: " + path;
    EXPECT_THAT(made.problems,
                ElementsAre(AllOf(StartsWith(start + ":2: "), HasSubstr("no signal 'contact_t'")),
                            AllOf(StartsWith(start + ":3: "), HasSubstr("share their ends"), HasSubstr(path + ":1"))));
}

TEST(ReadRules, AWordThatIsCutShortIsCompleted)
{
    EXPECT_THAT(ruled("turn = cancer: age increases turning_into_str to 1 1/h, half at 1 h\n").problems,
                ElementsAre(HasSubstr("Did you mean 'turning_into_stroma'?")));
}

TEST(ReadRules, ASecondRuleOnTheSameSignalNamesTheFirst)
{
    const std::string rule = " = cancer: age increases apoptosis to 1 1/h, half at 1 h\n";
    EXPECT_THAT(ruled("first" + rule + "second" + rule).problems, ElementsAre(HasSubstr("already by rule 'first'")));
}

TEST(ReadRules, OfAFileStandInTheCaseWithTheirPlace)
{
    const std::string path = testing::TempDir() + "paget_places.csv";
    std::ofstream(path) << "\ncancer,damage,increases,apoptosis,0.001,5,4,0\n";
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(case_with_rules + ("import = " + path + "\n"), "small.ini");
    description.check();
    read_tissue(description);
    description.warn("rules.imported_1", "here");
    EXPECT_THAT(description.warnings(), ElementsAre(path + ":2: rules.imported_1: here"));
}

TEST(ReadRules, AFileWithoutRulesIsAProblem)
{
    const std::string path = testing::TempDir() + "paget_nothing.csv";
    std::ofstream(path).flush();
    for (const std::string& what : {path, testing::TempDir()}) {
        EXPECT_THAT(ruled("import = " + what + "\n").problems,
                    ElementsAre(AllOf(StartsWith("small.ini:10: rules.import: "), HasSubstr("has nothing in it"))));
    }
}

TEST(ReadRules, AContradictionInAFileNamesItsLine)
{
    const std::string path = testing::TempDir() + "paget_contradiction.csv";
    std::ofstream(path) << "# base 1, saturated 0.5\ncancer,oxygen,increases,migration speed,1,0.5,5,4,0\n";
    EXPECT_THAT(ruled("import = " + path + "\n").problems,
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.import: " + path + ":2: contradicts"),
                                  HasSubstr("'from' is the fifth of nine fields"))));
}

TEST(ReadRules, AFileThatIsNotThereIsAProblem)
{
    EXPECT_THAT(
        ruled("import = nowhere.csv\n").problems,
        ElementsAre(AllOf(StartsWith("small.ini:10: rules.import: "), HasSubstr("'nowhere.csv' cannot be read"))));
}

} // namespace paget::organ
