#include "paget/core/error.hpp"
#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::config
{
using sample::problems;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* named = "[organ.lung]\n[organ.bone]\n[field.oxygen]\n[field.vegf]\n"; // four lines

TEST(ProblemsOfKeys, AnUnknownKeyComesWithTheNearestOne)
{
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\nsiol = 0.3\n"),
                ElementsAre("a.ini:6: organ.lung.siol: unknown key (nothing would read it). Did you mean "
                            "'organ.lung.soil'?"));
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\noxygen.decya = 0.3\n"),
                ElementsAre("a.ini:6: organ.lung.oxygen.decya: unknown key (nothing would read it). Did you mean "
                            "'organ.lung.oxygen.decay'?"));
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\nvessels_spacing = 0.3\n"),
                ElementsAre("a.ini:6: organ.lung.vessels_spacing: unknown key (nothing would read it). Did you mean "
                            "'organ.lung.vessels.spacing'?"));
    EXPECT_THAT(problems("", {{"seeed", "3"}}),
                ElementsAre("command line: seeed: unknown key (nothing would read it). Did you mean 'seed'?"));
    EXPECT_THAT(problems("", {{"ti.me.end", "3"}}),
                ElementsAre("command line: ti.me.end: unknown key (nothing would read it). Did you mean 'time.end'?"));
    EXPECT_THAT(problems("", {{"organ..soil", "3"}}),
                ElementsAre("command line: organ..soil: unknown key (nothing would read it). Did you mean "
                            "'organ.<organ>.soil'?"));
}

TEST(ProblemsOfKeys, CapitalLettersAndAMissingPartAreFoundToo)
{
    EXPECT_THAT(problems(named, {{"Organ.LUNG.Soil", "0.3"}}),
                ElementsAre("command line: Organ.LUNG.Soil: unknown key (nothing would read it). Did you mean "
                            "'organ.lung.soil'?"));
    EXPECT_THAT(problems(named, {{"organ.soil", "0.3"}}),
                ElementsAre("command line: organ.soil: unknown key (nothing would read it). Did you mean "
                            "'organ.<organ>.soil'?"));
    EXPECT_THAT(problems(named, {{"organ.lung.color", "0.3"}}), ElementsAre(testing::HasSubstr("paget explain")));
}

TEST(ProblemsOfKeys, WhereNothingIsNearExplainHelps)
{
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\nsomething_completely_different = 0.3\n"),
                ElementsAre("a.ini:6: organ.lung.something_completely_different: unknown key (nothing would read it). "
                            "`paget explain 'organ.*'` lists the keys that exist."));
    EXPECT_THAT(problems("zzzzzz = 3\n"),
                ElementsAre("a.ini:1: zzzzzz: unknown key (nothing would read it). `paget explain '*'` lists the keys "
                            "that exist."));
}

TEST(ProblemsOfKeys, AnUnknownSectionIsToldOnceNotForEachOfItsKeys)
{
    EXPECT_THAT(problems("[orgam.lung]\nsoil = 0.3\ncolour = 3\n"),
                ElementsAre("a.ini:1: [orgam.lung]: unknown section (nothing would read its keys). Did you mean "
                            "[organ.lung]?"));
    EXPECT_THAT(problems("\n[tmie]\nend = 3 h\n"),
                ElementsAre("a.ini:2: [tmie]: unknown section (nothing would read its keys). Did you mean [time]?"));
    EXPECT_THAT(problems("[organ.lung]\n[organ.lung.vessel]\nspacing = 10\n"),
                ElementsAre("a.ini:2: [organ.lung.vessel]: no section declares the field 'vessel' (its keys would be "
                            "used nowhere). Did you mean [organ.lung.vessels]? If not, add a section [field.vessel]."));
    EXPECT_THAT(problems("[plumbing]\n"),
                ElementsAre("a.ini:1: [plumbing]: unknown section (nothing would read its keys). `paget explain '*'` "
                            "lists the keys that exist."));
}

TEST(ProblemsOfKeys, NamesMustBeDeclared)
{
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\noxigen.decay = 0.1\n"),
                ElementsAre("a.ini:6: organ.lung.oxigen.decay: no section declares the field 'oxigen' (the value would "
                            "be used nowhere). Did you mean 'organ.lung.oxygen.decay'? If not, add a section "
                            "[field.oxigen]."));
    EXPECT_THAT(problems("[organ.lung]\noxygen.decay = 0.1\n"),
                ElementsAre("a.ini:2: organ.lung.oxygen.decay: no section declares the field 'oxygen' (the value would "
                            "be used nowhere). Add a section [field.oxygen]."));
    EXPECT_THAT(problems(std::string(named) + "[organ.lung]\nglucose.decay = 0.1\n"),
                ElementsAre("a.ini:6: organ.lung.glucose.decay: no section declares the field 'glucose' (the value "
                            "would be used nowhere). Add a section [field.glucose], or use oxygen or vegf."));
    EXPECT_THAT(problems(std::string(named) + "[organ.lung.oxigen]\ndecay = 0.1\ndecya = 0.1\n"),
                ElementsAre("a.ini:5: [organ.lung.oxigen]: no section declares the field 'oxigen' (its keys would be "
                            "used nowhere). Did you mean [organ.lung.oxygen]? If not, add a section [field.oxigen].",
                            "a.ini:7: organ.lung.oxigen.decya: unknown key (nothing would read it). Did you mean "
                            "'organ.lung.oxygen.decay'?"));
    EXPECT_THAT(problems("organ.lung.soil = 0.3\n"),
                ElementsAre("a.ini:1: organ.lung.soil: no section declares the organ 'lung' (the value would be used "
                            "nowhere). Add a section [organ.lung]."));
}

TEST(ProblemsOfKeys, TheCommandLineDeclaresUnlessItLooksLikeASlip)
{
    EXPECT_THAT(problems(named, {{"organ.liver.soil", "0.1"}}), IsEmpty());
    EXPECT_THAT(problems(named, {{"organ.lugn.soil", "0.1"}}),
                ElementsAre("command line: organ.lugn.soil: no section declares the organ 'lugn' (the value would be "
                            "used nowhere). Did you mean 'organ.lung.soil'? If not, add a section [organ.lugn]."));
}

TEST(ProblemsOfKeys, ASectionWithoutKeysDeclaresAndBadNamesAreRefused)
{
    EXPECT_THAT(problems("[organ.liver]\n"), IsEmpty());
    EXPECT_THAT(problems("[organ.Liver]\nsoil = 0.3\n"),
                ElementsAre("a.ini:1: [organ.Liver]: 'Liver' cannot be the name of an organ (keys are made of it). Use "
                            "small letters, digits and '_', beginning with a letter."));
    EXPECT_THAT(problems("[organ.liver]\n[field.vessels]\n"),
                ElementsAre("a.ini:2: [field.vessels]: the name 'vessels' is a word of the key "
                            "'organ.<organ>.vessels.spacing' (it would be mistaken for "
                            "'organ.<organ>.<field>.spacing'). Choose another name."));
}

TEST(ProblemsOfKeys, NamesThatHideKeysAreToldApart)
{
    Catalogue catalogue = sample::catalogue();
    Case good(catalogue);
    good.read_text("[organ.lung]\n", "a.ini");
    good.check();
    EXPECT_TRUE(good.names_are_clear());
    Case hidden(catalogue);
    hidden.read_text("[field.vessels]\n[organ.lung]\n", "a.ini");
    hidden.check();
    EXPECT_FALSE(hidden.names_are_clear());
}

TEST(ProblemsOfKeys, RequiredKeysAreAskedForAtTheirSection)
{
    EXPECT_THAT(problems("[cell.tumour]\n[cell.immune]\nradius = 4\n[cell.stroma]\n"),
                ElementsAre("a.ini:1: cell.tumour.radius: this key must be given (it has no default). Write 'radius = "
                            "...' in section [cell.tumour]; it takes a number in um.",
                            "a.ini:4: cell.stroma.radius: this key must be given (it has no default). Write 'radius = "
                            "...' in section [cell.stroma]; it takes a number in um."));
    EXPECT_THAT(problems("[cell.tumour]\n", {{"cell.tumour.radius", "3 um"}}), IsEmpty());
    Catalogue catalogue;
    catalogue.add({.pattern = "title", .kind = Kind::text, .meaning = "Title.", .source = "assumption"});
    EXPECT_THAT(problems(catalogue, ""), ElementsAre("a.ini: title: this key must be given (it has no default). Write "
                                                     "'title = ...' at the top; it takes a text."));
}

TEST(ProblemsOfKeys, AKeyGivenTwiceNamesBothLines)
{
    EXPECT_THAT(problems("[organ.lung]\nsoil = 0.3\n[time]\n[organ.lung]\nsoil = 0.3\n"),
                ElementsAre("a.ini:5: organ.lung.soil: given twice, at a.ini:2 and a.ini:5 (only one value can hold). "
                            "Remove one of them."));
    EXPECT_THAT(
        problems("", {{"seed", "3"}, {"seed", "4"}}),
        ElementsAre("command line: seed: given twice, on the command line (only one value can hold). Remove one "
                    "of them."));
    EXPECT_THAT(problems("seed = 1\n", {{"seed", "4"}}), IsEmpty());
}

TEST(ProblemsOfKeys, AllProblemsComeAtOnceInTheOrderOfTheInput)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.set_from_command_line("seed", "x");
    a_case.read_text("[cell.tumour]\n[organ.lung]\nsoil = 3\nnonsense\nsiol = 0.1\n[broken\n", "a.ini");
    a_case.read_text("[time]\nend = 3 kg\n", "b.ini");
    a_case.check();
    try {
        a_case.throw_if_problems();
        FAIL() << "seven problems were expected";
    } catch (const InputError& error) {
        EXPECT_THAT(error.what(), testing::MatchesRegex("a.ini:1: cell.tumour.radius: [^\n]*\n"
                                                        "a.ini:3: organ.lung.soil: [^\n]*\n"
                                                        "a.ini:4: 'nonsense' [^\n]*\n"
                                                        "a.ini:5: organ.lung.siol: [^\n]*\n"
                                                        "a.ini:6: '.broken' [^\n]*\n"
                                                        "a.ini:6: .broken.: unknown section [^\n]*\n"
                                                        "b.ini:2: time.end: [^\n]*\n"
                                                        "command line: seed: [^\n]*"));
    }
}

} // namespace paget::config
