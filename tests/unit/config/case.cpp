#include "paget/config/case.hpp"

#include "paget/core/error.hpp"
#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace paget::config
{
namespace
{
constexpr const char* good = "seed = 9007199254740993 # more than a double holds\n"
                             "[time]\n"
                             "end = 3 days\n"
                             "[organ.lung]\n"
                             "soil = 40 %\n"
                             "tissue = alveolar\n"
                             "active = no\n"
                             "vessels.spacing = 0.05 mm\n"
                             "[organ.lung.oxygen]\n"
                             "decay = 0.1 /min\n"
                             "[organ.bone]\n"
                             "[field.oxygen]\n"
                             "decay = 0.5\n"
                             "[field.vegf]\n"
                             "[cell.tumour]\n"
                             "radius = 6.5 \xC2\xB5m\n"
                             "senses = oxygen, vegf\n";
} // namespace

TEST(Case, ReadsEveryKindInTheUnitOfTheCatalogue)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text(good, "a.ini");
    a_case.check();
    EXPECT_NO_THROW(a_case.throw_if_problems());
    EXPECT_EQ(a_case.integer("seed"), 9007199254740993);
    EXPECT_DOUBLE_EQ(a_case.real("time.end"), 4320.0);
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.soil"), 0.4);
    EXPECT_DOUBLE_EQ(a_case.real("organ.bone.soil"), 0.5) << "the default, 50 %";
    EXPECT_EQ(a_case.text("organ.lung.tissue"), "alveolar");
    EXPECT_FALSE(a_case.flag("organ.lung.active"));
    EXPECT_TRUE(a_case.flag("organ.bone.active"));
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.vessels.spacing"), 50.0);
    EXPECT_DOUBLE_EQ(a_case.real("cell.tumour.radius"), 6.5);
    EXPECT_EQ(a_case.text("organ.lung.vessels.file"), "");
    EXPECT_THAT(a_case.names("cell.tumour.senses"), testing::ElementsAre("oxygen", "vegf"));
    EXPECT_TRUE(a_case.given("organ.lung.soil"));
    EXPECT_FALSE(a_case.given("organ.bone.soil"));
}

TEST(Case, NamesAreDeclaredInTheOrderOfTheFile)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text(good, "a.ini");
    EXPECT_THAT(a_case.declared("organ"), testing::ElementsAre("lung", "bone"));
    EXPECT_THAT(a_case.declared("field"), testing::ElementsAre("oxygen", "vegf"));
    EXPECT_THAT(a_case.declared("time"), testing::IsEmpty());
    a_case.set_from_command_line("organ.liver.soil", "0.1");
    EXPECT_THAT(a_case.declared("organ"), testing::ElementsAre("lung", "bone", "liver"));
}

TEST(Case, AnOrganInheritsTheDecayOfTheField)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text(good, "a.ini");
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.oxygen.decay"), 6.0) << "its own, 0.1 /min in 1/h";
    EXPECT_DOUBLE_EQ(a_case.real("organ.bone.oxygen.decay"), 30.0) << "the field's, 0.5 1/min in 1/h";
    EXPECT_DOUBLE_EQ(a_case.real("organ.bone.vegf.decay"), 6.0) << "the default of the field, 0.1 1/min in 1/h";
}

TEST(Case, TheCommandLineWins)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.set_from_command_line("organ.lung.soil", "0.7");
    a_case.read_text(good, "a.ini");
    a_case.set_from_command_line("field.oxygen.decay", "2 1/min");
    a_case.check();
    EXPECT_THAT(a_case.problems(), testing::IsEmpty());
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.soil"), 0.7);
    EXPECT_DOUBLE_EQ(a_case.real("organ.bone.oxygen.decay"), 120.0) << "inheritance sees the command line too";
}

TEST(Case, WhatCannotBeUsedIsNotedOnceAndTheDefaultStandsIn)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text("[organ.lung]\nsoil = much\n[cell.tumour]\n", "a.ini");
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.soil"), 0.5);
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.soil"), 0.5);
    EXPECT_EQ(a_case.real("cell.tumour.radius"), 0.0) << "required and missing";
    EXPECT_EQ(a_case.problems().size(), 2U);
    a_case.check();
    a_case.check();
    EXPECT_EQ(a_case.problems().size(), 2U);
}

TEST(Case, ReadingWhatTheCatalogueDoesNotKnowIsABug)
{
    const Catalogue catalogue = sample::catalogue();
    const Case a_case(catalogue);
    EXPECT_THROW(a_case.real("organ.lung.colour"), BugError);
    EXPECT_THROW(a_case.given("organ.lung.colour"), BugError);
    EXPECT_THROW(a_case.integer("organ.lung.soil"), BugError) << "it is a real";
    EXPECT_THROW(a_case.text("seed"), BugError);
}

TEST(Case, AFallbackMustBeAParameterOfTheSameKindAndDimension)
{
    const auto make = [](const std::string& fallback) {
        Catalogue catalogue = sample::catalogue();
        catalogue.add(
            {.pattern = "x.<field>.y", .unit = "um", .meaning = "M.", .source = "memory", .fallback = fallback});
        const Case a_case(catalogue);
    };
    EXPECT_THROW(make("nothing.there"), BugError);
    EXPECT_THROW(make("seed"), BugError);
    EXPECT_THROW(make("time.end"), BugError);
    EXPECT_THROW(make("x.<field>.y"), BugError);
}

TEST(Case, KnowsTheFolderOfItsFile)
{
    const Catalogue catalogue = sample::catalogue();
    const std::string folder = testing::TempDir();
    const std::string path = folder + "paget_case_test.ini";
    std::ofstream(path) << good;
    Case a_case(catalogue);
    EXPECT_EQ(a_case.folder(), "");
    a_case.read_file(path);
    a_case.check();
    EXPECT_THAT(a_case.problems(), testing::IsEmpty());
    EXPECT_EQ(a_case.folder() + "/", folder);
    EXPECT_DOUBLE_EQ(a_case.real("organ.lung.soil"), 0.4);

    Case same(catalogue);
    same.read_text(good, path); // as on the ranks that got the text from another one
    EXPECT_EQ(same.folder(), a_case.folder());
}

TEST(Case, OthersReportProblemsAtTheKeyItsSectionOrTheFile)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.report("seed", "no file yet.");
    a_case.read_text("[organ.lung]\n\nsoil = 0.3\n", "a.ini");
    a_case.report("organ.lung.soil", "given.");
    a_case.report("organ.lung.vessels.file", "in the section.");
    a_case.report("time.end", "nowhere.");
    a_case.set_from_command_line("time.end", "1 h");
    a_case.report("time.end", "on the command line.");
    std::vector<std::string> origins;
    for (const Problem& problem : a_case.problems()) {
        origins.push_back(problem.origin.text() + " " + problem.message);
    }
    EXPECT_THAT(origins, testing::ElementsAre("a.ini nowhere.", "a.ini:1 in the section.", "a.ini:3 given.",
                                              "command line no file yet.", "command line on the command line."));
}

TEST(Case, CanBeMoved)
{
    const Catalogue catalogue = sample::catalogue();
    Case first(catalogue);
    first.read_text("[organ.lung]\nsoil = much\n", "a.ini");
    Case second(std::move(first));
    second.check();
    EXPECT_EQ(second.problems().size(), 1U);
    second = Case(catalogue);
    second.read_text(good, "b.ini");
    second.check();
    EXPECT_THAT(second.problems(), testing::IsEmpty());
}

TEST(Case, ProblemsStandWhereAnInheritedValueIsWritten)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_text("[field.oxygen]\ndecay = 0.3 1/min\n[organ.lung]\nsoil = 0.2\n", "a.ini");
    a_case.report("organ.lung.oxygen.decay", "is odd");
    a_case.warn("organ.lung.vessels.spacing", "is odd, too"); // written nowhere: its section
    EXPECT_EQ(a_case.problems().at(0).origin.text(), "a.ini:2");
    EXPECT_EQ(a_case.problems().at(0).key, "organ.lung.oxygen.decay");
    EXPECT_THAT(a_case.warnings(), testing::ElementsAre("a.ini:3: organ.lung.vessels.spacing: is odd, too"));
}

} // namespace paget::config
