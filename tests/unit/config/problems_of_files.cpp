#include "paget/core/error.hpp"
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

std::vector<std::string> problems_of_file(const std::string& path)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    a_case.read_file(path);
    a_case.check();
    std::vector<std::string> messages;
    for (const Problem& problem : a_case.problems()) {
        EXPECT_EQ(problem.origin.text(), path.empty() ? "(no file name)" : path);
        messages.push_back(problem.message);
    }
    return messages;
}
} // namespace

TEST(ProblemsOfFiles, AFileThatCannotBeReadIsTheOnlyProblem)
{
    EXPECT_THAT(problems_of_file("no/such/file.ini"),
                ElementsAre("there is no such file (the run is described by it). Check the path: that of an include "
                            "begins at the folder of the file in which it stands, others at the working directory."));
    EXPECT_THAT(problems_of_file("."), ElementsAre("this is a directory (a case is one file). Name the file in it."));
    EXPECT_THAT(problems_of_file("/dev/zero"),
                ElementsAre("the file is larger than 4 MiB (a case file is text of some kB). Name the case file."));
    EXPECT_THAT(problems_of_file(""), testing::SizeIs(1));
}

TEST(ProblemsOfFiles, AFileThatMayNotBeRead)
{
    const std::string path = testing::TempDir() + "paget_secret.ini";
    std::ofstream(path) << "seed = 1\n";
    std::filesystem::permissions(path, std::filesystem::perms::none);
    const auto messages = problems_of_file(path);
    if (geteuid() == 0) { // nothing is closed to root
        EXPECT_THAT(messages, testing::IsEmpty());
    } else {
        EXPECT_THAT(messages, ElementsAre("the file cannot be opened (Permission denied). Check who may read it."));
    }
    std::filesystem::remove(path);
}

TEST(ProblemsOfFiles, ALineThatSaysNothing)
{
    EXPECT_THAT(sample::problems("# fine\n\n   \nseed 3\n"),
                ElementsAre("a.ini:4: 'seed 3' is not understood (a line is a [section], 'key = value' or a comment). "
                            "Write 'key = value', or put '#' before it."));
    for (const char* line : {"= 3", "a b = 3", "seed", "=", "a] = 3", "; comment"}) {
        EXPECT_THAT(sample::problems(line), ElementsAre(testing::HasSubstr("is not understood"))) << line;
    }
}

TEST(ProblemsOfFiles, ABrokenSectionHeaderIsGuessedSoThatTheRestIsChecked)
{
    EXPECT_THAT(sample::problems("[organ.lung\nsoil = 2\n"),
                ElementsAre("a.ini:1: '[organ.lung' is not a section header (the keys below it would have no section). "
                            "Write '[organ.lung]'.",
                            testing::StartsWith("a.ini:2: organ.lung.soil: '2' is out of range")));
    EXPECT_THAT(sample::problems("[]\nsoil = 2\n"),
                ElementsAre("a.ini:1: '[]' is not a section header (the keys below it would have no section). Write "
                            "'[kind.name]'."));
    EXPECT_THAT(
        sample::problems("[organ  lung]\nsoil = 0.2\n"),
        ElementsAre("a.ini:1: '[organ  lung]' is not a section header (the keys below it would have no section). "
                    "Write '[organ.lung]'."));
    for (const char* header : {"[organ.lung.]", "[organ lung]", "[[organ.lung]]", "[organ.lung] x", "[.organ.lung]",
                               "[", "[ ]", "[organ..lung]", "[a]=3"}) {
        EXPECT_THAT(sample::problems(header), testing::Contains(testing::HasSubstr("is not a section header")))
            << header;
    }
    EXPECT_THAT(sample::problems(" [ organ.lung ] # a comment\n soil = 0.2 # another\n"), testing::IsEmpty());
}

TEST(ProblemsOfFiles, WindowsLineEndsAndByteOrderMarksAreTolerated)
{
    EXPECT_THAT(sample::problems("\xEF\xBB\xBF[organ.lung]\r\nsoil = 0.3\r\n\r\n[cell.tumour]\r\nradius = 3 um"),
                testing::IsEmpty());
}

TEST(ProblemsOfFiles, WhatIsNotText)
{
    EXPECT_THAT(sample::problems("seed = 1\n[cell.tumour]\nradius = 3 \xB5m\n"),
                testing::Contains("a.ini:3: the line holds bytes that are not text (a case file is UTF-8). Save the "
                                  "file as UTF-8, or write 'um' for a micro sign."));
    EXPECT_THAT(sample::problems(std::string("seed = 1\nx\0y\nnonsense\n", 22)),
                ElementsAre("a.ini:2: the file is not text from here on (it holds a zero byte, as binary files and "
                            "UTF-16 do). Name a case file, saved as UTF-8."));
    EXPECT_THAT(sample::problems(std::string("\xFF\xFEs\0e\0", 6)), testing::SizeIs(1));
}

TEST(ProblemsOfFiles, AVeryLongListIsCutWhenThrown)
{
    const Catalogue catalogue = sample::catalogue();
    Case a_case(catalogue);
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += "nonsense\n";
    }
    a_case.read_text(text, "a.ini");
    a_case.check();
    EXPECT_EQ(a_case.problems().size(), 300U);
    EXPECT_THAT([&] { a_case.throw_if_problems(); },
                testing::Throws<InputError>(
                    testing::Property(&InputError::what, testing::EndsWith("\n... and 100 problems more"))));
}

} // namespace paget::config
