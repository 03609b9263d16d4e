#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
namespace
{
/// The one problem of `key = value` on line 5, or "none"; the case declares the names that the keys need.
std::string problem(const std::string& key, const std::string& value)
{
    const auto all = sample::problems("[time]\n[organ.lung]\n[field.oxygen]\n[organ]\n" + key + " = " + value + "\n");
    return all.empty() ? "none" : all.size() == 1 ? all.front() : "several";
}
} // namespace

TEST(ProblemsOfValues, NotANumber)
{
    EXPECT_EQ(problem("lung.soil", "much"),
              "a.ini:5: organ.lung.soil: 'much' is not a number (this key takes a number). Write e.g. '50 %'.");
    EXPECT_EQ(
        problem("lung.vessels.spacing", "about 3 um"),
        "a.ini:5: organ.lung.vessels.spacing: 'about 3 um' is not a number (this key takes a number in um). Write "
        "e.g. '120 um'.");
    EXPECT_EQ(problem("lung.soil", ""), "a.ini:5: organ.lung.soil: no value is given (this key takes a number). Write "
                                        "one, or delete the line.");
    for (const char* text : {"nan", "inf", "-inf", "1e999", "+-1", "--1", "#", "e5"}) {
        EXPECT_NE(problem("lung.soil", text), "none") << text;
    }
}

TEST(ProblemsOfValues, WrongUnit)
{
    EXPECT_EQ(problem("lung.vessels.spacing", "3 kg"),
              "a.ini:5: organ.lung.vessels.spacing: the unit 'kg' has the wrong dimension (it cannot be converted to "
              "'um'). Give the value in that unit, or in one that converts to it.");
    EXPECT_EQ(problem("lung.soil", "0.3 um"), "a.ini:5: organ.lung.soil: the unit 'um' has the wrong dimension (this "
                                              "key takes a plain number). Leave the unit out.");
    EXPECT_EQ(problem("lung.vessels.spacing", "3 parsnips"),
              "a.ini:5: organ.lung.vessels.spacing: 'parsnips' is not a unit (this key takes a number in um, with a "
              "decimal point and no other digits behind it). Write e.g. '120 um'.");
    for (const char* text : {"0,3", "0.1 2", "0.1 0.2", "0.1-0.2", "0x1", "1 000", "0.1.2", "0.1 % %%"}) {
        EXPECT_NE(problem("lung.soil", text), "none") << text;
    }
}

TEST(ProblemsOfValues, UnitsThatAreFine)
{
    for (const char* text : {"0.3", "+0.3", "30 %", "30%", "30 percent", " 0.3 ", "3e-1", "1", "100 %", "0"}) {
        EXPECT_EQ(problem("lung.soil", text), "none") << text;
    }
    for (const char* text : {"12", "12 um", "12um", "0.012 mm", "1 cm", "12 \xC2\xB5m", "12 micrometer"}) {
        EXPECT_EQ(problem("lung.vessels.spacing", text), "none") << text;
    }
    for (const char* text : {"1", "1 1/h", "1/h", "1 /h", "0.1 1/min", "0.1 min^-1", "0.1 min-1", "1 (60 min)^-1"}) {
        EXPECT_EQ(problem("lung.oxygen.decay", text), "none") << text;
    }
}

TEST(ProblemsOfValues, OutOfRangeStatesTheRangeWithItsUnit)
{
    EXPECT_EQ(problem("lung.soil", "1.5"),
              "a.ini:5: organ.lung.soil: '1.5' is out of range (allowed is 0 to 1). Choose "
              "a value in the range.");
    EXPECT_EQ(problem("lung.vessels.spacing", "1 nm"),
              "a.ini:5: organ.lung.vessels.spacing: '1 nm' is out of range (allowed is at least 1 um). Choose a value "
              "in the range.");
    const auto all = sample::problems("[cell.tumour]\nradius = 1 mm\n");
    EXPECT_THAT(all, testing::ElementsAre("a.ini:2: cell.tumour.radius: '1 mm' is out of range (allowed is 1 um to 50 "
                                          "um). Choose a value in the range."));
    Catalogue catalogue;
    catalogue.add(
        {.pattern = "cold", .unit = "degC", .default_text = "0", .highest = 4.0, .meaning = "T.", .source = "x"});
    EXPECT_THAT(sample::problems(catalogue, "cold = 300 K"),
                testing::ElementsAre("a.ini:1: cold: '300 K' is out of range (allowed is at most 4 degC). Choose a "
                                     "value in the range."));
}

TEST(ProblemsOfValues, ConversionDoesNotPushAValueOverTheEdge)
{
    Catalogue catalogue;
    for (const char* unit : {"um", "min", "1/min", "mmHg", "nmol/l", "1"}) {
        const std::string pattern = std::string("x").append(std::to_string(catalogue.all().size()));
        catalogue.add({.pattern = pattern,
                       .unit = unit,
                       .default_text = "0.3",
                       .lowest = 0.3,
                       .highest = 0.3,
                       .meaning = "X.",
                       .source = "computed"});
    }
    EXPECT_THAT(sample::problems(catalogue, "x0 = 0.0003 mm\nx1 = 18 s\nx2 = 18 1/h\nx4 = 300 pmol/l\nx5 = 30 %\n"),
                testing::IsEmpty());
}

TEST(ProblemsOfValues, WholeNumbers)
{
    for (const char* text : {"7", "-7", "1e6", "7.0", "9223372036854775807"}) {
        EXPECT_THAT(sample::problems(std::string("seed = ") + text), testing::IsEmpty()) << text;
    }
    EXPECT_THAT(
        sample::problems("seed = 2.5"),
        testing::ElementsAre("a.ini:1: seed: '2.5' is not a whole number (this key takes a whole number). Write "
                             "e.g. '1'."));
    for (const char* text : {"9223372036854775808", "1e300", "seven", "7 um", ""}) {
        EXPECT_EQ(sample::problems(std::string("seed = ") + text).size(), 1U) << text;
    }
}

TEST(ProblemsOfValues, SwitchesAreYesOrNo)
{
    EXPECT_EQ(problem("lung.active", "true"), "a.ini:5: organ.lung.active: 'true' is neither yes nor no (this key is a "
                                              "switch). Write 'yes'.");
    EXPECT_EQ(problem("lung.active", "off"), "a.ini:5: organ.lung.active: 'off' is neither yes nor no (this key is a "
                                             "switch). Write 'no'.");
    EXPECT_EQ(problem("lung.active", "maybe"), "a.ini:5: organ.lung.active: 'maybe' is neither yes nor no (this key is "
                                               "a switch). Write 'yes' or 'no'.");
}

TEST(ProblemsOfValues, ChoicesAreListed)
{
    EXPECT_EQ(
        problem("lung.tissue", "marow"),
        "a.ini:5: organ.lung.tissue: 'marow' is not a choice (the choices are generic, marrow, alveolar). Did you "
        "mean 'marrow'?");
    EXPECT_EQ(problem("lung.tissue", "wood"), "a.ini:5: organ.lung.tissue: 'wood' is not a choice (the choices are "
                                              "generic, marrow, alveolar). Write one of the choices.");
    Catalogue catalogue;
    catalogue.add({.pattern = "faces",
                   .kind = Kind::names,
                   .default_text = "",
                   .choices = {"left", "right"},
                   .meaning = "Faces.",
                   .source = "x"});
    EXPECT_THAT(sample::problems(catalogue, "faces = left,right left"), testing::IsEmpty());
    EXPECT_THAT(sample::problems(catalogue, "faces = left, rigth"),
                testing::ElementsAre("a.ini:1: faces: 'rigth' is not a choice (the choices are left, right). Did you "
                                     "mean 'right'?"));
}

TEST(ProblemsOfValues, TheCommandLineCannotSayWhatAFileCannotHold)
{
    const auto said = [](const std::string& value) {
        return sample::problems("[organ.lung]\n", {{"organ.lung.vessels.file", value}});
    };
    EXPECT_THAT(said("net work = [1].txt"), testing::IsEmpty());
    EXPECT_THAT(said("a#b"),
                testing::ElementsAre("command line: organ.lung.vessels.file: the value holds '#' (it begins "
                                     "a comment in a case file, so the case could not be written). Leave "
                                     "it out."));
    for (const char* text : {"a\nb", "\xFF", "\xC0\x80", "a\x7F", "\xED\xA0\x80"}) {
        EXPECT_THAT(said(text), testing::ElementsAre(testing::HasSubstr("not UTF-8 (a case file is text)")));
    }
}

} // namespace paget::config
