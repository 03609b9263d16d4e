// Files of rules as PhysiCell writes them.

#include "paget/rules/physicell_csv.hpp"

#include <gtest/gtest.h>

namespace paget::rules::test
{

TEST(PhysicellCsv, BecomesSentences)
{
    const auto rules = read_physicell_csv("// a comment\n\n"
                                          "Tumor cell,oxygen,increases,cycle entry,0.00072,21.5,4,0\r\n"
                                          "cd8, pressure ,decreases,migration speed,0,1,2.5,0\n");
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules[0].problem, "");
    EXPECT_EQ(rules[0].line, 3);
    EXPECT_EQ(rules[0].sentence.cell, "tumor_cell");
    EXPECT_EQ(rules[0].sentence.signal, "oxygen");
    EXPECT_TRUE(rules[0].sentence.increases);
    EXPECT_EQ(rules[0].sentence.behaviour, "cycle_entry");
    EXPECT_FALSE(rules[0].sentence.base.has_value());
    EXPECT_EQ(rules[0].sentence.saturated, "0.00072");
    EXPECT_EQ(rules[0].sentence.half, "21.5");
    EXPECT_EQ(rules[0].sentence.hill, 4.0);
    EXPECT_EQ(rules[1].line, 4);
    EXPECT_FALSE(rules[1].sentence.increases);
    EXPECT_EQ(rules[1].sentence.signal, "pressure");
    EXPECT_EQ(rules[1].sentence.behaviour, "speed");
    EXPECT_EQ(rules[1].sentence.hill, 2.5);
}

TEST(PhysicellCsv, FieldsMayBeQuotedAndDecimalCommasAreSeen)
{
    const auto rules = read_physicell_csv("\xEF\xBB\xBF\"a\",\"oxygen\",increases,necrosis,\"0.5\",1,4,0\n"
                                          "a,oxygen,increases,necrosis,\"0,5\",1,4,0\n"
                                          "a,oxygen,increases,necrosis,0,05,1,4,0\n"
                                          "a,oxygen,increases,necrosis,0,0.5,1,4,0\n");
    ASSERT_EQ(rules.size(), 4U);
    EXPECT_EQ(rules[0].problem, "");
    EXPECT_EQ(rules[0].sentence.cell, "a") << "the file begins with a byte-order mark";
    EXPECT_EQ(rules[0].sentence.saturated, "0.5");
    EXPECT_EQ(rules[1].problem,
              "'0,5' is no number (it is the saturated value). Write one, with a point for decimals.");
    EXPECT_EQ(rules[2].problem, "'05' is no number (it is the saturated value). Write one, with a point for decimals.");
    EXPECT_EQ(rules[3].problem, "");
}

TEST(PhysicellCsv, NamesAreTranslated)
{
    const auto rules = read_physicell_csv("a,contact with Dead cell,increases,cell-cell adhesion,1,1,4,0\n"
                                          "a,contact with T cell,decreases,cell-cell repulsion,1,1,4,0\n"
                                          "a,oxygen gradient,increases,transform to B cell,1,1,4,0\n"
                                          "a,damage,increases,transition to c,1,1,4,0\n"
                                          "a,volume,increases,attack T cell,1,1,4,0\n");
    ASSERT_EQ(rules.size(), 5U);
    const auto reads = [&](std::size_t k) { return rules[k].sentence.signal + " " + rules[k].sentence.behaviour; };
    EXPECT_EQ(reads(0), "contact_dead adhesion");
    EXPECT_EQ(reads(1), "contact_t_cell repulsion");
    EXPECT_EQ(reads(2), "oxygen_gradient turning_into_b_cell");
    EXPECT_EQ(reads(3), "damage turning_into_c");
    EXPECT_EQ(reads(4), "volume attack_t_cell");
}

TEST(PhysicellCsv, OlderFilesHaveABaseValue)
{
    const auto rules = read_physicell_csv("a,oxygen,decreases,necrosis,0.0028,0,3.75,8,0\n");
    ASSERT_EQ(rules.size(), 1U);
    ASSERT_TRUE(rules[0].sentence.base.has_value());
    EXPECT_EQ(*rules[0].sentence.base, "0.0028");
    EXPECT_EQ(rules[0].sentence.saturated, "0");
    EXPECT_EQ(rules[0].sentence.half, "3.75");
}

TEST(PhysicellCsv, SaysWhatIsWrongWithALineAndReadsTheOthers)
{
    const auto rules = read_physicell_csv("a,oxygen,increases\n"
                                          "a,oxygen,raises,apoptosis,1,1,4,0\n"
                                          "a,oxygen,increases,apoptosis,much,1,4,0\n"
                                          "a,oxygen,increases,apoptosis,1,1,4,1\n"
                                          "a,oxygen,increases,apoptosis,1,1,0,0\n"
                                          "a,oxygen,increases,apoptosis,1,1,4,0\n");
    ASSERT_EQ(rules.size(), 6U);
    const auto says = [&](std::size_t k, const char* word) { return rules[k].problem.find(word) != std::string::npos; };
    EXPECT_TRUE(says(0, "3 fields")) << rules[0].problem;
    EXPECT_TRUE(says(1, "'raises'")) << rules[1].problem;
    EXPECT_TRUE(says(2, "'much' is no number")) << rules[2].problem;
    EXPECT_TRUE(says(3, "the dead")) << rules[3].problem;
    EXPECT_TRUE(says(4, "Hill exponent of 0")) << rules[4].problem;
    EXPECT_EQ(rules[5].problem, "");
    EXPECT_EQ(rules[5].line, 6);
}

} // namespace paget::rules::test
