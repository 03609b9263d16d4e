#include "paget/app/command_line.hpp"

#include "paget/core/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace paget::app
{
namespace
{
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using Command = CommandLine::Command;
using Words = std::vector<std::string>;

/// The message with which the words are refused ("" if they are not).
std::string refusal(const Words& words)
{
    try {
        read_command_line(words);
    } catch (const InputError& error) {
        EXPECT_STRNE(error.what(), "");
        return error.what();
    }
    return {};
}
} // namespace

TEST(CommandLine, NothingMeansHelp)
{
    EXPECT_EQ(read_command_line({}).command, Command::help);
    EXPECT_EQ(read_command_line({"--help"}).command, Command::help);
    EXPECT_EQ(read_command_line({"-h"}).command, Command::help);
    EXPECT_EQ(read_command_line({"run", "--help"}).command, Command::help);
    EXPECT_EQ(read_command_line({"--version"}).command, Command::version);
}

TEST(CommandLine, ReadsCommandAndCase)
{
    const CommandLine line = read_command_line({"run", "a.ini"});
    EXPECT_EQ(line.command, Command::run);
    EXPECT_EQ(line.subject, "a.ini");
    EXPECT_EQ(line.output, "");
    EXPECT_FALSE(line.overwrite);
    EXPECT_THAT(line.keys, IsEmpty());
    EXPECT_THAT(line.petsc_options, IsEmpty());
    EXPECT_EQ(read_command_line({"check", "b.ini", "--ranks=64"}).ranks, 64);
    EXPECT_EQ(read_command_line({"check", "b.ini"}).ranks, 0);
    EXPECT_EQ(read_command_line({"explain", "organ.*"}).subject, "organ.*");
    EXPECT_EQ(read_command_line({"explain"}).subject, "*");
    EXPECT_TRUE(read_command_line({"explain", "--markdown"}).markdown);
}

TEST(CommandLine, ReadsWhereToGoOn)
{
    const CommandLine line =
        read_command_line({"run", "--restart=runs/a.b", "--fork", "runs/c", "--run.end=2 d", "-x_ksp_rtol", "1e-9"});
    EXPECT_EQ(line.command, Command::run);
    EXPECT_EQ(line.restart, "runs/a.b");
    EXPECT_EQ(line.fork, "runs/c");
    EXPECT_EQ(line.subject, "");
    EXPECT_THAT(line.keys, ElementsAre(Pair("run.end", "2 d")));
    EXPECT_THAT(line.petsc_options, ElementsAre("-x_ksp_rtol", "1e-9"));
    const CommandLine inspect = read_command_line({"inspect", "runs/a"});
    EXPECT_EQ(inspect.command, Command::inspect);
    EXPECT_EQ(inspect.subject, "runs/a");
}

TEST(CommandLine, RefusesWhatDoesNotGoWithARestart)
{
    EXPECT_THAT(refusal({"run", "a.ini", "--restart=r"}), HasSubstr("'a.ini' is one word too many"));
    EXPECT_THAT(refusal({"run", "--restart=r", "--output=o"}), HasSubstr("--fork=<new folder>"));
    EXPECT_THAT(refusal({"run", "--restart=r", "--overwrite"}), HasSubstr("exclude each other"));
    EXPECT_THAT(refusal({"run", "a.ini", "--fork=f"}), HasSubstr("--fork needs a run to go on from"));
    EXPECT_THAT(refusal({"check", "--restart=r"}), HasSubstr("--restart belongs to the command run"));
    EXPECT_THAT(refusal({"inspect"}), HasSubstr("needs a run folder"));
    EXPECT_EQ(refusal({"run", "--restart=r", "--fork=f", "--overwrite"}), "");
}

TEST(CommandLine, OptionsStandAnywhere)
{
    for (const Words& words :
         {Words{"run", "a.ini", "--output=x", "--overwrite"}, Words{"--output=x", "run", "--overwrite", "a.ini"},
          Words{"--overwrite", "run", "a.ini", "--output", "x"}, Words{"run", "-o", "x", "a.ini", "--overwrite"}}) {
        const CommandLine line = read_command_line(words);
        EXPECT_EQ(line.command, Command::run);
        EXPECT_EQ(line.subject, "a.ini");
        EXPECT_EQ(line.output, "x");
        EXPECT_TRUE(line.overwrite);
    }
}

TEST(CommandLine, KeysKeepTheirOrderAndText)
{
    const CommandLine line = read_command_line({"run", "--organ.lung.soil=0.4", "a.ini", "--run.end=2 days",
                                                "--organ.lung.soil=0.5", "--field.x.unit=a=b", "--organ.b.note="});
    EXPECT_THAT(line.keys,
                ElementsAre(Pair("organ.lung.soil", "0.4"), Pair("run.end", "2 days"), Pair("organ.lung.soil", "0.5"),
                            Pair("field.x.unit", "a=b"), Pair("organ.b.note", "")));
    EXPECT_EQ(line.subject, "a.ini");
}

TEST(CommandLine, NegativeValuesOfKeysAreRead)
{
    EXPECT_THAT(read_command_line({"run", "a.ini", "--organ.lung.scene.x=-5 um"}).keys,
                ElementsAre(Pair("organ.lung.scene.x", "-5 um")));
}

TEST(CommandLine, SeedIsShortForAKey)
{
    EXPECT_THAT(read_command_line({"run", "a.ini", "--seed=7"}).keys, ElementsAre(Pair("run.seed", "7")));
    EXPECT_THAT(read_command_line({"run", "a.ini", "--seed", "7"}).keys, ElementsAre(Pair("run.seed", "7")));
}

TEST(CommandLine, WordsOfPetscAreTakenWithTheirValues)
{
    const CommandLine line = read_command_line({"run", "a.ini", "-lung_oxygen_ksp_rtol", "1e-9", "--seed=3",
                                                "-ksp_monitor", "-mat_shift", "-1.5", "-shift", "-.5", "-log_view"});
    EXPECT_THAT(line.petsc_options, ElementsAre("-lung_oxygen_ksp_rtol", "1e-9", "-ksp_monitor", "-mat_shift", "-1.5",
                                                "-shift", "-.5", "-log_view"));
    EXPECT_THAT(line.keys, ElementsAre(Pair("run.seed", "3")));
    EXPECT_EQ(line.subject, "a.ini");
}

TEST(CommandLine, AWordOfPetscBeforeTheCaseTakesNoValue)
{
    for (const Words& words :
         {Words{"-ksp_monitor", "run", "a.ini"}, Words{"run", "-ksp_monitor", "a.ini"},
          Words{"run", "--seed=7", "-ksp_monitor", "a.ini"},
          Words{"--overwrite", "--seed=7", "-ksp_monitor", "run", "a.ini"},
          Words{"run", "-o", "x", "-ksp_monitor", "a.ini"}, Words{"run", "--output", "x", "-ksp_monitor", "a.ini"}}) {
        EXPECT_EQ(refusal(words), "");
        if (refusal(words).empty()) {
            const CommandLine line = read_command_line(words);
            EXPECT_EQ(line.command, Command::run);
            EXPECT_EQ(line.subject, "a.ini");
            EXPECT_THAT(line.petsc_options, ElementsAre("-ksp_monitor"));
        }
    }
}

TEST(CommandLine, OneDashForTwoIsSeen)
{
    EXPECT_EQ(refusal({"run", "a.ini", "-run.end=1 h", "-seed=5", "-overwrite", "-log_view"}),
              "'-run.end=1 h' has one dash (options of PETSc have; it would change nothing here). Write "
              "'--run.end=1 h'.\n"
              "'-seed=5' has one dash (options of PETSc have; it would change nothing here). Write '--seed=5'.\n"
              "'-overwrite' has one dash (options of PETSc have; it would change nothing here). Write '--overwrite'.");
    EXPECT_THAT(refusal({"run", "a.ini", "-output", "x"}), HasSubstr("Write '--output'"));
    EXPECT_EQ(refusal({"run", "a.ini", "-o", "x", "-lung_oxygen_ksp_rtol", "1e-9"}), "");
}

TEST(CommandLine, SaysWhatIsWrong)
{
    EXPECT_THAT(refusal({"run", "a.ini", "--max-wall-time=foo"}), HasSubstr("no wall time for --max-wall-time"));
    EXPECT_THAT(refusal({"fly", "a.ini"}), HasSubstr("'fly' is not a command"));
    EXPECT_THAT(refusal({"run"}), HasSubstr("needs a case file"));
    EXPECT_THAT(refusal({"check"}), HasSubstr("needs a case file"));
    EXPECT_THAT(refusal({"run", "a.ini", "b.ini"}), HasSubstr("'b.ini' is one word too many"));
    EXPECT_THAT(refusal({"run", "a.ini", "--speed=3"}), HasSubstr("'--speed' is not an option"));
    EXPECT_THAT(refusal({"run", "a.ini", "--organ.lung.soil"}), HasSubstr("'--organ.lung.soil' has no value"));
    EXPECT_THAT(refusal({"run", "a.ini", "--organ.lung.soil", "0.4"}), HasSubstr("--key=value"));
    EXPECT_THAT(refusal({"check", "a.ini", "--ranks=0"}), HasSubstr("--ranks must be at least 1"));
    EXPECT_THAT(refusal({"check", "a.ini", "--ranks=many"}), HasSubstr("ranks"));
    EXPECT_THAT(refusal({"run", "a.ini", "--output=a", "--output=b"}), HasSubstr("output"));
    EXPECT_THAT(refusal({"run", "a.ini", "--output"}), HasSubstr("output"));
    EXPECT_THAT(refusal({"run", "a.ini", "-x"}), HasSubstr("'-x' is not an option"));
    EXPECT_THAT(refusal({"run", "a.ini", "-5.5"}), HasSubstr("'-5.5' is not an option"));
}

TEST(CommandLine, NamesAllWrongOptionsAtOnce)
{
    const std::string message = refusal({"run", "a.ini", "--speed=3", "--organ.lung.soil", "--wind=2"});
    EXPECT_THAT(message, HasSubstr("--speed"));
    EXPECT_THAT(message, HasSubstr("--organ.lung.soil"));
    EXPECT_THAT(message, HasSubstr("--wind"));
}

TEST(CommandLine, NamesAreNotGuessed)
{
    EXPECT_NE(refusal({"run", "a.ini", "--over"}), "");
    EXPECT_NE(refusal({"run", "a.ini", "--out=x"}), "");
}

TEST(HelpText, NamesCommandsAndOptions)
{
    for (const char* word : {"run", "check", "explain", "--output", "--overwrite", "--seed", "--ranks", "85"}) {
        EXPECT_THAT(help_text(), HasSubstr(word));
    }
}

} // namespace paget::app
