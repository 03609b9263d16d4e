#include "sample.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace paget::config
{
namespace
{
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A folder of case files, removed at the end.
class IncludedFiles : public testing::Test
{
protected:
    IncludedFiles()
        : folder_(std::filesystem::path(testing::TempDir()) / ("paget_includes_" + std::to_string(getpid())))
    {
        std::filesystem::create_directories(folder_ / "cells");
    }
    ~IncludedFiles() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

    Case read(const std::string& name) const
    {
        Case a_case(catalogue_);
        a_case.read_file((folder_ / name).string());
        a_case.check();
        return a_case;
    }

    /// As `cells/a.ini:3: key: message`, without the folder.
    std::vector<std::string> problems(const std::string& name) const
    {
        std::vector<std::string> lines;
        const std::string prefix = folder_.string() + "/";
        const Case a_case = read(name);
        for (const Problem& problem : a_case.problems()) {
            std::string line = problem.origin.text() + ": " + problem.key + ": " + problem.message;
            for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
                line.erase(at, prefix.size());
            }
            lines.push_back(line);
        }
        return lines;
    }

private:
    Catalogue catalogue_ = sample::catalogue();
    std::filesystem::path folder_;
};
} // namespace

TEST_F(IncludedFiles, CountAsIfTheirKeysStoodInTheCase)
{
    write("cells/tumour.ini", "include = ../oxygen.ini\n[cell.tumour]\nradius = 9 um\n");
    write("oxygen.ini", "[field.oxygen]\ndecay = 0.3 1/min\n");
    write("case.ini", "include = cells/tumour.ini\nseed = 4\n[organ.lung]\nsoil = 0.2\n");
    const Case a_case = read("case.ini");
    EXPECT_THAT(a_case.problems(), IsEmpty());
    EXPECT_EQ(a_case.integer("seed"), 4);
    EXPECT_EQ(a_case.real("cell.tumour.radius"), 9.0);
    EXPECT_EQ(a_case.real("organ.lung.oxygen.decay"), 18.0);
    EXPECT_EQ(std::filesystem::path(a_case.folder()).filename().string().find("paget_includes_"), 0U);
}

TEST_F(IncludedFiles, GiveWayToTheFileThatIncludesThem)
{
    write("far.ini", "seed = 1\n[organ.lung]\nsoil = 0.1\n[cell.tumour]\nradius = 1 um\n");
    write("near.ini", "include = far.ini\n[organ.lung]\nsoil = 0.2\n[cell.tumour]\nradius = 2 um\n");
    write("case.ini", "seed = 3\ninclude = near.ini\n[cell.tumour]\nradius = 3 um\n");
    const Case a_case = read("case.ini");
    EXPECT_THAT(a_case.problems(), IsEmpty());
    EXPECT_EQ(a_case.integer("seed"), 3) << "also if it stands above the include";
    EXPECT_EQ(a_case.real("organ.lung.soil"), 0.2);
    EXPECT_EQ(a_case.real("cell.tumour.radius"), 3.0);
}

TEST_F(IncludedFiles, TellWhatTheCaseReplaces)
{
    write("far.ini", "seed = 1\n");
    write("case.ini", "include = far.ini\nseed = 3\n[organ.lung]\nsoil = 0.2\n");
    Case a_case = read("case.ini");
    EXPECT_FALSE(a_case.replaces_nothing("seed"));
    EXPECT_TRUE(a_case.replaces_nothing("organ.lung.soil"));
    EXPECT_FALSE(a_case.replaces_nothing("cell.tumour.radius")) << "not given at all";
    EXPECT_FALSE(read("far.ini").replaces_nothing("seed")) << "the only file there is";
    a_case.set_from_command_line("organ.lung.soil", "0.3");
    EXPECT_FALSE(a_case.replaces_nothing("organ.lung.soil"));
    a_case.set_from_command_line("cell.tumour.radius", "3 um");
    EXPECT_TRUE(a_case.replaces_nothing("cell.tumour.radius"));
}

TEST_F(IncludedFiles, OfTwoThatStandSideBySideNoneWins)
{
    write("a.ini", "seed = 1\n");
    write("b.ini", "\nseed = 2\n");
    write("case.ini", "include = a.ini\ninclude = b.ini\n");
    EXPECT_THAT(problems("case.ini"), ElementsAre("b.ini:2: seed: given twice, at a.ini:1 and b.ini:2 (only one value "
                                                  "can hold). Remove one of them."));
    write("case.ini", "include = a.ini\ninclude = b.ini\nseed = 7\n");
    EXPECT_THAT(problems("case.ini"), testing::SizeIs(1)) << "they still contradict each other";
}

/// base.ini stands beside other.ini, whether another file has included it before or not.
TEST_F(IncludedFiles, CountByTheirShortestWayToTheCase)
{
    write("base.ini", "seed = 2\n[cell.a]\nradius = 3 um\n");
    write("a.ini", "include = base.ini\n[cell.b]\nradius = 3 um\n");
    write("other.ini", "seed = 5\n");
    for (const char* text : {"include = base.ini\ninclude = a.ini\ninclude = other.ini\n",
                             "include = a.ini\ninclude = other.ini\ninclude = base.ini\n",
                             "include = a.ini\ninclude = base.ini\ninclude = other.ini\n"}) {
        write("case.ini", text);
        EXPECT_THAT(problems("case.ini"), ElementsAre(HasSubstr("seed: given twice"))) << text;
    }
    write("case.ini", "include = a.ini\ninclude = base.ini\n");
    EXPECT_THAT(problems("case.ini"), IsEmpty());
    EXPECT_THAT(read("case.ini").declared("cell"), ElementsAre("a", "b"));
}

TEST_F(IncludedFiles, AreReadOnceHoweverOftenTheyAreNamed)
{
    write("oxygen.ini", "seed = 2\n[field.oxygen]\n");
    write("cells/a.ini", "include = ../oxygen.ini\n[cell.a]\nradius = 3 um\n");
    write("cells/b.ini", "include = ../cells/../oxygen.ini\n[cell.b]\nradius = 3 um\n");
    write("case.ini", "include = cells/a.ini\ninclude = cells/b.ini\ninclude = oxygen.ini\n");
    EXPECT_THAT(problems("case.ini"), IsEmpty());
    EXPECT_THAT(read("case.ini").declared("cell"), ElementsAre("a", "b"));
}

TEST_F(IncludedFiles, AreNamedInTheirProblems)
{
    write("cells/tumour.ini", "[cell.tumour]\nradius = 9 um\nraduis = 3 um\n\n[organ.lung]\nsoil = 2\n");
    write("case.ini", "[organ.lung]\nnonsense\n[cell.tumour]\ninclude = cells/tumour.ini\nradius = 3 um\n");
    EXPECT_THAT(problems("case.ini"),
                ElementsAre(HasSubstr("case.ini:2: : 'nonsense' is not understood"),
                            "case.ini:4: include: stands in section [cell.tumour] (all that follows belongs to that "
                            "section). Put it above the first section of the file."));
    write("case.ini", "include = cells/tumour.ini\n[organ.lung]\nsoil = 3\n");
    EXPECT_THAT(problems("case.ini"),
                ElementsAre(HasSubstr("case.ini:3: organ.lung.soil: '3' is out of range"),
                            HasSubstr("cells/tumour.ini:3: cell.tumour.raduis: unknown key (nothing would read it). "
                                      "Did you mean 'cell.tumour.radius'?"),
                            HasSubstr("cells/tumour.ini:6: organ.lung.soil: '2' is out of range")));
}

TEST_F(IncludedFiles, ThatCannotBeReadAreNamedWhereTheyAreAskedFor)
{
    write("case.ini", "include = cells/none.ini\ninclude = cells\ninclude =\nseed = 4\n");
    EXPECT_THAT(
        problems("case.ini"),
        ElementsAre("case.ini:1: include: 'cells/none.ini': there is no such file (the run is described by it). "
                    "Check the path: that of an include begins at the folder of the file in which it stands, others at "
                    "the working directory.",
                    "case.ini:2: include: 'cells': this is a directory (a case is one file). Name the file in "
                    "it.",
                    HasSubstr("case.ini:3: include: ")));
}

TEST_F(IncludedFiles, InACircleAreRefused)
{
    write("cells/a.ini", "include = ../b.ini\n");
    write("b.ini", "\ninclude = cells/a.ini\n");
    write("case.ini", "include = cells/a.ini\nseed = 4\n");
    EXPECT_THAT(
        problems("case.ini"),
        ElementsAre("b.ini:2: include: 'cells/a.ini': the file includes itself (by way of cells/a.ini -> b.ini; "
                    "none of them would come first). Remove one of the includes."));
    write("self.ini", "include = self.ini\n");
    EXPECT_THAT(problems("self.ini"), ElementsAre(HasSubstr("self.ini:1: include: 'self.ini': the file includes "
                                                            "itself")));
}

TEST_F(IncludedFiles, AreNotNeededByTheResolvedCase)
{
    write("cells/tumour.ini", "[cell.tumour]\nradius = 9 um\n[field.oxygen]\n");
    write("case.ini", "include = cells/tumour.ini\nseed = 4\n");
    const Case a_case = read("case.ini");
    a_case.real("field.oxygen.decay");
    const std::string text = a_case.resolved();
    EXPECT_THAT(text, testing::Not(HasSubstr("include =")));
    const Catalogue catalogue = sample::catalogue();
    Case again(catalogue);
    again.read_text(text, "elsewhere/case.ini");
    again.check();
    again.real("field.oxygen.decay");
    EXPECT_EQ(again.resolved(), text);
}

} // namespace paget::config
