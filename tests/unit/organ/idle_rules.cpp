// Rules that can never act are told, those that may are not; rules and their words as people read them.

#include "paget/organ/rule_texts.hpp"

#include "ruled_case.hpp"

#include <string>

namespace paget::organ
{
namespace
{
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr const char* organs = R"(
[organ.lung]
vessels.source = capillary_bed
[organ.breast]
vessels.source = capillary_bed
)";

struct Warned {
    std::vector<std::string> warnings;
    std::string problems;
    std::string as_read;
};

/// The rules stand from line 10 on, the organs behind them.
Warned warned(const std::string& rules, const std::map<std::string, std::string>& command_line = {})
{
    config::Catalogue catalogue;
    agents::declare_parameters(catalogue);
    declare_parameters(catalogue);
    config::Case description(catalogue);
    description.read_text(case_with_rules + rules + organs, "small.ini");
    for (const auto& [key, value] : command_line) {
        description.set_from_command_line(key, value);
    }
    description.check();
    const TissueDescription tissue = read_tissue(description);
    warn_of_idle_rules(description, tissue, read_organs(description, tissue, 1));
    Warned result{description.warnings(), "", ""};
    for (const config::Problem& problem : description.problems()) {
        result.problems += problem.key + ": " + problem.message + "\n";
    }
    result.as_read = rules_as_read(description, tissue);
    return result;
}

TEST(IdleRules, OnDamageThatNobodyDoes)
{
    const std::string rule = "death = cancer: damage increases apoptosis to 1 1/h, half at 50 min\n";
    const Warned read = warned(rule);
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(read.warnings,
                ElementsAre("small.ini:10: rules.death: no cell type damages 'cancer', so its damage stays 0 (the rule "
                            "never acts). Set cell.<attacker>.attack.cancer.damage, or remove the rule."));
    EXPECT_THAT(warned(rule, {{"cell.stroma.attack.cancer.damage", "1"}}).warnings, IsEmpty());
}

TEST(IdleRules, OnAttacksOfThoseWhoAttackNobody)
{
    const std::string rules = "a = stroma: exhausted decreases speed to 0 um/min, half at 0.5\n"
                              "b = stroma: attached increases emigration to 1 1/h, half at 0.5\n";
    EXPECT_THAT(warned(rules, {{"matrix.initial", "0.5"}}).warnings,
                ElementsAre(AllOf(StartsWith("small.ini:10: rules.a: "), HasSubstr("attacks nobody")),
                            AllOf(StartsWith("small.ini:11: rules.b: "), HasSubstr("attacks nobody"))));
    const std::string by_rules = rules + "c = stroma: oxygen increases attack_cancer to 1 1/h, half at 1 kPa\n"
                                         "d = stroma: oxygen increases exhaustion to 1 1/h, half at 1 kPa\n";
    EXPECT_THAT(warned(by_rules, {{"matrix.initial", "0.5"}, {"field.oxygen.initial", "5 kPa"}}).warnings, IsEmpty());
    std::map<std::string, std::string> keys{{"matrix.initial", "0.5"}, {"cell.stroma.attack.cancer.rate", "1 1/h"}};
    EXPECT_THAT(warned(rules, keys).warnings, ElementsAre(HasSubstr("rules.a: 'stroma' never tires")));
    keys["cell.stroma.attack.exhaustion"] = "1 1/h";
    EXPECT_THAT(warned(rules, keys).warnings, IsEmpty());
}

TEST(IdleRules, OnWhatOnlyAttackersDo)
{
    for (const std::string behaviour : {"attachment", "detachment", "exhaustion"}) {
        const std::string rule = "hold = stroma: pressure increases " + behaviour + " to 1 1/min, half at 0.5\n";
        EXPECT_THAT(warned(rule).warnings, ElementsAre("small.ini:10: rules.hold: 'stroma' attacks nobody (the rule "
                                                       "never acts). Set cell.stroma.attack.<cell>.rate, or remove "
                                                       "the rule."));
        EXPECT_THAT(warned(rule, {{"cell.stroma.attack.cancer.rate", "1 1/h"}}).warnings, IsEmpty());
    }
}

TEST(IdleRules, OnNichesThatNobodyPrepares)
{
    const std::string rule = "wake = cancer: niche increases waking from 0 1/h to 1 1/h, half at 0.5\n";
    EXPECT_THAT(warned(rule).warnings, ElementsAre(HasSubstr("rules.wake: no organ's niche is prepared")));
    std::map<std::string, std::string> keys{{"organ.lung.niche.prepared_by", "breast"}};
    EXPECT_THAT(warned(rule, keys).warnings, ElementsAre(HasSubstr("rules.wake: no organ's niche is prepared")));
    keys["organ.lung.niche.preparation"] = "1 1/day";
    EXPECT_THAT(warned(rule, keys).warnings, IsEmpty());
}

/// Blood has 6 kPa of oxygen; with more in one organ, or a cell that makes some, half of the effect may be reached.
TEST(IdleRules, OnValuesThatAFieldNeverHas)
{
    const std::string rule = "growth = cancer: oxygen increases cycle_entry to 1 1/h, half at 12 kPa, hill 2\n";
    const std::map<std::string, std::string> blood{{"field.oxygen.blood", "6 kPa"},
                                                   {"field.oxygen.permeability", "1 um/min"}};
    EXPECT_THAT(warned(rule, blood).warnings,
                ElementsAre("small.ini:10: rules.growth: 'oxygen' is at most 6 kPa here, less than the 12 of half the "
                            "effect (the rule has 20 % of it at most). Give a smaller half."));
    for (const auto& [key, value] :
         std::map<std::string, std::string>{{"organ.lung.oxygen.blood", "13 kPa"},
                                            {"organ.lung.oxygen.initial", "13 kPa"},
                                            {"cell.stroma.oxygen.secretion", "1 kPa.um^3/min"},
                                            {"field.oxygen.tissue_release", "1 kPa/min"}}) {
        auto more = blood;
        more[key] = value;
        const Warned read = warned(rule, more);
        EXPECT_THAT(read.problems, IsEmpty()) << key;
        EXPECT_THAT(read.warnings, IsEmpty()) << key;
    }
    EXPECT_THAT(warned("v = cancer: volume increases apoptosis to 1 1/h, half at 1e6 um^3\n").warnings,
                ElementsAre(HasSubstr("'volume' is at most ")));
    EXPECT_THAT(warned("v = cancer: volume increases apoptosis to 1 1/h, half at 3000 um^3\n").warnings, IsEmpty());
}

TEST(IdleRules, ThatEndWhereTheyBegin)
{
    const std::string still = "still = cancer: pressure increases apoptosis from 1 1/h to 1 1/h, half at 1\n";
    EXPECT_THAT(warned(still).warnings, ElementsAre("small.ini:10: rules.still: ends where it begins, at '1 1/h' (the "
                                                    "rule changes nothing). Give 'to' another value than the behaviour "
                                                    "has without the signal."));
    const std::string own = "own = cancer: pressure decreases apoptosis to 1e-3 1/min, half at 1\n";
    const std::string key = "cell.cancer.death.apoptosis_rate";
    EXPECT_THAT(warned(own, {{key, "1e-3 1/min"}}).warnings, ElementsAre(HasSubstr("rules.own: ends where it begins")));
    EXPECT_THAT(warned(own, {{key, "2e-3 1/min"}}).warnings, IsEmpty());
    const std::string raised = "up = cancer: age increases apoptosis from 0 to 1 1/h, half at 1 h\n"
                               "down = cancer: pressure decreases apoptosis to 0 1/h, half at 1\n";
    EXPECT_THAT(warned(raised).warnings, IsEmpty()); // what the one raises, the other takes back
}

TEST(IdleRules, OnTheSpeedOfCellsThatMatrixStops)
{
    const std::string rule = "flight = cancer: mesenchymal increases speed to 1 um/min, half at 0.5\n";
    const std::map<std::string, std::string> kept{{"matrix.membrane_degradation", "0 1/s"}};
    EXPECT_THAT(warned(rule, kept).warnings,
                ElementsAre(AllOf(HasSubstr("rules.flight: matrix of full density stops cells"),
                                  HasSubstr("cell.cancer.motility.matrix_optimum = 0"))));
    for (const auto& [key, value] :
         std::map<std::string, std::string>{{"organ.lung.matrix.initial", "0.5"},
                                            {"organ.lung.matrix.membrane_degradation", "1e-4 1/s"},
                                            {"cell.cancer.motility.matrix_optimum", "0"}}) {
        auto otherwise = kept;
        otherwise[key] = value;
        EXPECT_THAT(warned(rule, otherwise).warnings, IsEmpty()) << key;
    }
}

TEST(ValuesWithoutUnit, OfUnitsThatNobodyHasInMindAreTold)
{
    const std::string key = "cell.cancer.vegf.secretion";
    EXPECT_THAT(warned("", {{key, "1e-20"}}).warnings,
                ElementsAre("command line: cell.cancer.vegf.secretion: is '1e-20', without a unit (it is read as "
                            "'1e-20 (ng/ml).um^3/min'). Write the unit that is meant."));
    EXPECT_THAT(warned("", {{key, "1e-20 g/s"}, {"field.vegf.initial", "3"}}).warnings, IsEmpty());
    EXPECT_THAT(warned("", {{key, "0"}}).warnings, IsEmpty());
}

TEST(IdleRules, StoresThatNothingOpens)
{
    std::map<std::string, std::string> keys{{"organ.lung.vegf.stored_in_matrix", "3 ng/ml"},
                                            {"matrix.membrane_degradation", "0 1/s"}};
    EXPECT_THAT(warned("", keys).warnings,
                ElementsAre(StartsWith("command line: organ.lung.vegf.stored_in_matrix: nothing degrades the matrix")));
    keys["organ.lung.matrix.membrane_degradation"] = "1e-4 1/s";
    EXPECT_THAT(warned("", keys).warnings, IsEmpty());
}

TEST(IdleRules, LeaksOfWallsThatAreAllMature)
{
    std::map<std::string, std::string> keys{{"organ.lung.vegf.leakiness", "3"}};
    EXPECT_THAT(warned("", keys).warnings,
                ElementsAre(StartsWith("command line: organ.lung.vegf.leakiness: no vessels grow")));
    keys["organ.lung.angiogenesis.field"] = "vegf";
    EXPECT_THAT(warned("", keys).warnings, IsEmpty());
}

TEST(IdleRules, OffForANameLikeThatOfAnother)
{
    const std::string rule = "growth = cancer: age increases speed to 1 um/min, half at 1 h\n";
    EXPECT_THAT(warned(rule + "grwth = off\n").warnings,
                ElementsAre("small.ini:11: rules.grwth: there is no rule 'grwth' to be switched off (all would act as "
                            "before). Did you mean 'growth'?"));
    EXPECT_THAT(warned(rule + "elsewhere = off\n").warnings, IsEmpty());
    EXPECT_THAT(warned(rule, {{"rules.growth", "off"}}).warnings, IsEmpty());
}

TEST(IdleRules, AreNoMatterInACaseThatIsWrong)
{
    const Warned read = warned("death = cancer: damage increases apoptosis to 1 1/h, half at 50 min\n"
                               "b = cancer: oxigen increases speed to 1 um/min, half at 1 kPa\n");
    EXPECT_THAT(read.problems, HasSubstr("oxigen"));
    EXPECT_THAT(read.warnings, IsEmpty());
}

TEST(RulesAsRead, TellTypeBehaviourEndsAndSignals)
{
    const Warned read =
        warned("a = cancer: oxygen increases cycle_entry from 0.06 1/h to 0.6 1/h, half at 3 kPa, hill 3\n"
               "b = cancer: pressure decreases cycle_entry to 0 1/min, half at 50 %\n"
               "c = cancer: contact_stroma decreases cycle_entry to 0 1/min, half at 2, hill 1\n"
               "d = stroma: vegf increases oxygen_uptake to 6 1/h, half at 1 ug/l\n");
    EXPECT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(
        read.as_read,
        "  cancer: cycle_entry is 0.001 1/min; up to 0.01 1/min by oxygen (half at 3 kPa, hill 3); down to 0 1/min "
        "by pressure (half at 0.5, hill 4) and contact_stroma (half at 2, hill 1)\n"
        "  stroma: oxygen_uptake is 0 1/min; up to 0.1 1/min by vegf (half at 1 ng/ml, hill 4)\n");
    EXPECT_EQ(warned("").as_read, "");
}

TEST(ExplainRuleWord, KnowsEveryWordAndWhatNamesMake)
{
    for (const agents::Word& word : agents::own_signal_words()) {
        EXPECT_THAT(explain_rule_word(word.name), AllOf(StartsWith(std::string(word.name) + "\n    signal of rules"),
                                                        HasSubstr(std::string(word.meaning))));
    }
    for (const agents::Word& word : agents::behaviour_words()) {
        EXPECT_THAT(explain_rule_word(word.name), AllOf(StartsWith(std::string(word.name) + "\n    behaviour of rules"),
                                                        HasSubstr(std::string(word.meaning))));
    }
    EXPECT_THAT(explain_rule_word("exhausted"), HasSubstr("at most  1"));
    EXPECT_THAT(explain_rule_word("oxygen_gradient"), StartsWith("FIELD_gradient\n    signal"));
    EXPECT_THAT(explain_rule_word("contact_dead"), StartsWith("contact_dead\n"));
    EXPECT_THAT(explain_rule_word("contact_macrophage"), StartsWith("contact_CELL\n"));
    EXPECT_THAT(explain_rule_word("attack_cancer"), StartsWith("attack_CELL\n    behaviour"));
    EXPECT_THAT(explain_rule_word("vegf_secretion"), HasSubstr("unit     (that of the field).um^3/min"));
    EXPECT_THAT(explain_rule_word("in_brain"), StartsWith("in_ORGAN\n"));
    EXPECT_THAT(explain_rule_word("nonsense"), IsEmpty());
    EXPECT_EQ(nearest_rule_word("cycle_entri"), "cycle_entry");
    EXPECT_EQ(nearest_rule_word("completely_different"), std::nullopt);
}
} // namespace
} // namespace paget::organ
