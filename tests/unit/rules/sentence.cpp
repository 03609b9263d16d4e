#include "paget/rules/sentence.hpp"
#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <vector>

namespace paget::rules
{
namespace
{
using testing::AllOf;
using testing::HasSubstr;

/// Why a text is refused; empty if it is not.
std::string refusal(const std::string& text)
{
    try {
        read_sentence(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

std::string with_clauses(const std::string& clauses) { return "cancer: oxygen increases speed to 1 um/min" + clauses; }
} // namespace

TEST(ReadSentence, ReadsEveryPart)
{
    const Sentence rule =
        read_sentence("cancer: oxygen increases cycle_entry from 0 to 7.2e-4 1/min, half at 21.5 mmHg, hill 3");
    EXPECT_EQ(rule.cell, "cancer");
    EXPECT_EQ(rule.signal, "oxygen");
    EXPECT_TRUE(rule.increases);
    EXPECT_EQ(rule.behaviour, "cycle_entry");
    EXPECT_EQ(rule.base, "0");
    EXPECT_EQ(rule.saturated, "7.2e-4 1/min");
    EXPECT_EQ(rule.half, "21.5 mmHg");
    EXPECT_EQ(rule.hill, 3.0);
}

TEST(ReadSentence, WithoutFromAndHillTheyAreLeftOpenAndFour)
{
    const Sentence rule = read_sentence("t: pressure decreases speed to 0 um/min, half at 0.5");
    EXPECT_FALSE(rule.increases);
    EXPECT_FALSE(rule.base);
    EXPECT_EQ(rule.saturated, "0 um/min");
    EXPECT_EQ(rule.half, "0.5");
    EXPECT_EQ(rule.hill, 4.0);
}

TEST(ReadSentence, ClausesStandInAnyOrder)
{
    const Sentence rule = read_sentence(with_clauses(", hill 2.5, half at 3 mmHg"));
    EXPECT_EQ(rule.half, "3 mmHg");
    EXPECT_EQ(rule.hill, 2.5);
}

TEST(ReadSentence, QuantitiesMayHaveSeveralWordsAndBareFractions)
{
    const Sentence rule = read_sentence("t: vegf increases apoptosis from 1e-3 /min to 0.5 /h, half at 2 ng/ml");
    EXPECT_EQ(rule.base, "1e-3 1/min");
    EXPECT_EQ(rule.saturated, "0.5 1/h");
    EXPECT_EQ(rule.half, "2 ng/ml");
}

TEST(ReadSentence, BlanksAreFree)
{
    const Sentence rule =
        read_sentence("  cancer :oxygen \t increases speed  to  1  um/min ,half  at 3 mmHg,  hill 2 ");
    EXPECT_EQ(rule.cell, "cancer");
    EXPECT_EQ(rule.signal, "oxygen");
    EXPECT_EQ(rule.saturated, "1 um/min");
    EXPECT_EQ(rule.half, "3 mmHg");
    EXPECT_EQ(rule.hill, 2.0);
}

TEST(ReadSentence, HillIsAboveZeroAndAtMostTwenty)
{
    EXPECT_EQ(read_sentence(with_clauses(", half at 1, hill 20")).hill, 20.0);
    EXPECT_EQ(read_sentence(with_clauses(", half at 1, hill 0.1")).hill, 0.1);
    for (const char* bad : {"0", "-1", "20.5", "four", "nan", "inf", "2 2", "4x", ""}) {
        const std::string clause = std::string(", half at 1, hill ") + bad;
        EXPECT_THAT(refusal(with_clauses(clause)), HasSubstr("'hill' wants one number above 0, at most 20")) << bad;
    }
}

TEST(ReadSentence, SaysWhatIsMissing)
{
    const std::map<std::string, std::string> refusals{
        {"", "is no rule, nor 'off'"},
        {"\"cancer: oxygen increases speed to 1 um/min, half at 3 mmHg\"", "quotation marks stand around the rule"},
        {"Off", "'Off' is no rule, nor 'off', which takes one out"},
        {"cancer: oxygen increases speed to 1 um/min from 0, half at 3", "'from' stands behind 'to'"},
        {"cancer: oxygen increases speed to 1 um/min, half at 3 min to 5", "'to' stands behind 'half at'"},
        {"cancer: oxygen increases speed to 1 um/min, half at 3,", "nothing stands behind a comma"},
        {"cancer oxygen increases speed to 1 um/min, half at 3 mmHg", "no colon"},
        {": oxygen increases speed to 1 um/min, half at 3 mmHg", "one cell type must be named"},
        {"cancer stem: oxygen increases speed to 1 um/min, half at 3 mmHg", "one cell type must be named"},
        {"cancer:", "needs a signal, 'increases' or 'decreases', and a behaviour"},
        {"cancer: oxygen increases", "needs a signal, 'increases' or 'decreases', and a behaviour"},
        {"cancer: , half at 3 mmHg", "needs a signal"},
        {"cancer: oxygen raises speed to 1 um/min, half at 3 mmHg", "'raises' where 'increases' or 'decreases'"},
        {"cancer: oxygen Increases speed to 1 um/min, half at 3 mmHg", "'Increases' where"},
        {"cancer: oxygen increases speed, half at 3 mmHg", "no 'to' and value after 'speed'"},
        {"cancer: oxygen increases speed 1 um/min, half at 3 mmHg", "no 'to' and value after 'speed'"},
        {"cancer: oxygen increases speed to, half at 3 mmHg", "no value after 'to'"},
        {"cancer: oxygen increases speed from 1 um/min, half at 3 mmHg", "no 'to' and value after 'speed'"},
        {"cancer: oxygen increases speed from to 1 um/min, half at 3 mmHg", "no value after 'from'"},
        {"cancer: oxygen increases speed to 1 um/min", "no 'half at' and value"},
        {"cancer: oxygen increases speed to 1 um/min, hill 4", "no 'half at' and value"},
        {"cancer: oxygen increases speed to 1 um/min, half at", "no value after 'half at'"},
    };
    for (const auto& [text, reason] : refusals) {
        EXPECT_THAT(refusal(text), HasSubstr(reason)) << text;
    }
}

TEST(ReadSentence, RefusesWhatItDoesNotUnderstandOrHearsTwice)
{
    for (const char* clauses : {", half at 1, half at 2", ", half at 1, hill 2, hill 2", ", half at 1, please",
                                ", half 1", ", at half 1", ", half at 1, slope 2"}) {
        EXPECT_THAT(refusal(with_clauses(clauses)), HasSubstr("not understood, or said twice")) << clauses;
    }
    for (const char* clauses :
         {", half at 1,, hill 2", ",, half at 1", ", half at 1, ", ", half at 1,", ", half at 1, hill 2,"}) {
        EXPECT_THAT(refusal(with_clauses(clauses)), HasSubstr("nothing stands behind a comma")) << clauses;
    }
    EXPECT_THAT(refusal(with_clauses(", half at 1, slope 2")), HasSubstr("'slope 2' is not"));
}

TEST(ReadSentence, NamesTheSlipsOfCommasAndBlanks)
{
    EXPECT_THAT(refusal("a: b gradient increases c to 1, half at 2"),
                HasSubstr("the signal 'b gradient' is no single word: names have '_'"));
    EXPECT_THAT(refusal("a: b increases c to 1, half at 2 mmHg hill 4"), HasSubstr("no comma before 'hill'"));
    EXPECT_THAT(refusal("a: b increases c to 1 half at 2"), HasSubstr("no comma before 'half'"));
    EXPECT_THAT(refusal("a: b increases c to 1, half at 21,5 mmHg"),
                HasSubstr("'5 mmHg' follows a comma: decimals stand behind a point"));
}

TEST(ReadSentence, EveryRefusalShowsHowARuleIsWritten)
{
    for (const char* text :
         {"", "cancer:", "cancer: oxygen makes speed to 1, half at 2", "cancer: a increases b to 1"}) {
        EXPECT_THAT(refusal(text),
                    AllOf(HasSubstr("CELL: SIGNAL increases|decreases BEHAVIOUR [from VALUE] to VALUE, half at VALUE"),
                          HasSubstr("e.g. 'cancer: oxygen increases")))
            << text;
    }
}

TEST(ReadSentence, ReadsTheExampleOfItsRefusals)
{
    const std::string said = refusal("");
    const std::size_t begin = said.find("e.g. '") + 6;
    const Sentence rule = read_sentence(said.substr(begin, said.find('\'', begin) - begin));
    EXPECT_EQ(rule.behaviour, "cycle_entry");
    EXPECT_EQ(rule.half, "21.5 mmHg");
}

} // namespace paget::rules
