#include "paget/app/run_folder.hpp"

#include "paget/core/error.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <map>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;
using testing::HasSubstr;

void write(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

std::string read(const fs::path& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Every file below a folder with its text, and every folder.
std::map<std::string, std::string> content(const fs::path& folder)
{
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        all[entry.path().lexically_relative(folder).string()] = entry.is_directory() ? "<folder>" : read(entry.path());
    }
    return all;
}

std::string refusal(const std::function<void()>& action)
{
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}
} // namespace

class RunFolder : public testing::Test
{
protected:
    /// Both refuse, for the same reason, and nothing is changed.
    void expect_refused(const std::string& folder, bool overwrite, const std::string& reason)
    {
        const auto before = content(folder_.path());
        EXPECT_THAT(refusal([&] { check_run_folder(folder, overwrite); }), HasSubstr(reason));
        EXPECT_THAT(refusal([&] { prepare_run_folder(folder, overwrite, "new"); }), HasSubstr(reason));
        EXPECT_EQ(content(folder_.path()), before);
    }

    parallel::Communicator world_ = parallel::Communicator::world();
    test::TemporaryFolder folder_{world_};
};

TEST_F(RunFolder, IsMadeWithItsParents)
{
    const fs::path made = folder_ / "runs/deep/a";
    check_run_folder(made, false);
    EXPECT_FALSE(fs::exists(made)); // looking changes nothing
    prepare_run_folder(made, false, "[run]\n");
    EXPECT_EQ(content(made), (std::map<std::string, std::string>{{"case.ini", "[run]\n"}}));
}

TEST_F(RunFolder, AnEmptyFolderIsUsed)
{
    fs::create_directory(folder_ / "empty");
    prepare_run_folder(folder_ / "empty", false, "x");
    EXPECT_EQ(read(folder_ / "empty/case.ini"), "x");
}

TEST_F(RunFolder, AnEarlierRunIsKeptUnlessItMayBeReplaced)
{
    write(folder_ / "a/case.ini", "old");
    write(folder_ / "a/series.csv", "1,2");
    expect_refused(folder_ / "a", false, "holds an earlier run");
}

TEST_F(RunFolder, FilesOfOthersAreNeverTouched)
{
    write(folder_ / "a/thesis.tex", "years of work");
    expect_refused(folder_ / "a", false, "holds no run of Paget");
    expect_refused(folder_ / "a", true, "holds no run of Paget"); // also not with --overwrite
}

TEST_F(RunFolder, ReplacingRemovesTheRunAndNothingElse)
{
    for (const char* name : {"case.ini", "series.csv", "series.h5", "events.csv", "summary.json", "state.h5",
                             "snapshots/000000.h5", "fields.xmf", "cells.xmf", "vessels.xmf"}) {
        write(folder_ / (std::string("a/") + name), "old");
    }
    write(folder_ / "a/notes.txt", "mine");
    write(folder_ / "a/figures/plot.py", "mine too");
    check_run_folder(folder_ / "a", true);
    EXPECT_EQ(read(folder_ / "a/case.ini"), "old");
    prepare_run_folder(folder_ / "a", true, "new");
    EXPECT_EQ(
        content(folder_ / "a"),
        (std::map<std::string, std::string>{
            {"case.ini", "new"}, {"notes.txt", "mine"}, {"figures", "<folder>"}, {"figures/plot.py", "mine too"}}));
}

TEST_F(RunFolder, AFileIsNotAFolder)
{
    write(folder_ / "file", "text");
    expect_refused(folder_ / "file", true, "is not a folder");
    expect_refused(folder_ / "file/run", false, "is not a folder");
}

TEST_F(RunFolder, ALinkToNowhereIsRefused)
{
    fs::create_symlink(folder_ / "missing", folder_ / "link");
    EXPECT_NE(refusal([&] { prepare_run_folder(folder_ / "link", false, "x"); }), "");
}

TEST_F(RunFolder, RefusalsSayWhatToDo)
{
    write(folder_ / "a/case.ini", "old");
    const std::string message = refusal([&] { check_run_folder(folder_ / "a", false); });
    EXPECT_THAT(message, HasSubstr("--overwrite"));
    EXPECT_THAT(message, HasSubstr("--output=<folder>"));
}

TEST_F(RunFolder, TheCaseRemembersItsFile)
{
    const std::string text = marked_case("[run]\n", "/home/me/a case.ini");
    EXPECT_EQ(case_file_of(text), "/home/me/a case.ini");
    EXPECT_EQ(text.substr(text.find('\n') + 1), "[run]\n");
    EXPECT_EQ(case_file_of("[run]\n"), "case.ini");
    EXPECT_EQ(case_file_of(""), "case.ini");
    const std::string branch = marked_case("[run]\n", "/home/me/a case.ini", "/runs/a");
    EXPECT_EQ(case_file_of(branch), "/home/me/a case.ini");
    EXPECT_EQ(branch.substr(0, text.size()), text) << "lines have the same numbers";
    EXPECT_EQ(trunk_of(branch), "/runs/a");
    for (const char* other : {text.c_str(), "[run]\n", "", "# read from x"}) {
        EXPECT_EQ(trunk_of(other), "");
    }
}

TEST_F(RunFolder, OnlyAFolderWithACaseHoldsARun)
{
    write(folder_ / "a/case.ini", "x");
    EXPECT_EQ(refusal([&] { require_run_folder(folder_ / "a"); }), "");
    EXPECT_THAT(refusal([&] { require_run_folder(folder_ / "b"); }), HasSubstr("holds no run of Paget"));
    EXPECT_THAT(refusal([&] { require_run_folder(folder_ / "a/case.ini"); }), HasSubstr("holds no run of Paget"));
}

TEST_F(RunFolder, AHalfWrittenCaseIsNoRun) // of a run that was killed in its first moment
{
    write(folder_ / "a/case.ini.part", "x");
    prepare_run_folder(folder_ / "a", false, "[run]\n");
    EXPECT_EQ(content(folder_ / "a"), (std::map<std::string, std::string>{{"case.ini", "[run]\n"}}));
}

TEST_F(RunFolder, HasEndedIfItsSummarySaysSo)
{
    const Tick end = 90 * ticks_per_minute;
    const auto says = [&](const std::string& summary) {
        write(folder_ / "run/summary.json", summary);
        return has_ended(folder_ / "run", end);
    };
    EXPECT_FALSE(has_ended(folder_ / "run", end));
    EXPECT_TRUE(says(R"({"run": {"simulated_h": 1.5, "stopped_early": false}})"));
    for (const char* other :
         {R"({"run": {"simulated_h": 1.5, "stopped_early": true}})",
          R"({"run": {"simulated_h": 1.0, "stopped_early": false}})",
          R"({"run": {"simulated_h": "1.5", "stopped_early": false}})", R"({"run": 3})", "[]", "{", ""}) {
        EXPECT_FALSE(says(other)) << other;
    }
}

} // namespace paget::app
