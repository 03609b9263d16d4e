#include "paget/app/program.hpp"

#include "paget/app/continuation.hpp"
#include "paget/app/loaded_case.hpp"
#include "paget/app/run_folder.hpp"
#include "paget/app/run_lock.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/config/explain.hpp"
#include "paget/organ/rule_texts.hpp"
#include "paget/output/provenance.hpp"
#include "paget/parallel/session.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace paget::app
{
namespace
{
/// What rank 0 found out about the input: an error to show, or the resolved case, which asks no rank for the files that
/// the case includes.
struct Verdict {
    std::string error;
    std::vector<std::string> warnings; ///< with the lines of the case's own files
    std::string case_text;
};

Verdict validate(const CommandLine& line)
{
    Verdict verdict;
    try {
        LoadedCase loaded = load_case(line, read_case_text(line.subject));
        verdict.case_text = std::move(loaded.resolved);
        verdict.warnings = std::move(loaded.warnings);
        if (line.command == CommandLine::Command::run) {
            refuse_held_folder(output_folder(line));
            check_run_folder(output_folder(line), line.overwrite);
        }
    } catch (const InputError& error) {
        verdict.error = error.what();
    }
    return verdict;
}

struct Explanation {
    std::string text;
    bool known = true;
};

/// Of keys, and of words of rules, which are not keys.
Explanation explanation(const config::Catalogue& catalogue, const std::string& word)
{
    const std::string of_rules = organ::explain_rule_word(word);
    const bool has_keys = !catalogue.matching(word).empty();
    if (!of_rules.empty()) {
        return {of_rules + (has_keys ? "\n" + config::explain(catalogue, word) : "")};
    }
    const auto nearest = has_keys ? std::nullopt : organ::nearest_rule_word(word);
    return {(nearest ? fmt::format("Rules have a word '{}'.\n", *nearest) : "") + config::explain(catalogue, word),
            has_keys};
}

void say(const parallel::Communicator& world, const std::string& text)
{
    if (world.is_root()) {
        std::fputs(text.c_str(), stdout);
        std::fflush(stdout);
    }
}

ExitCode carry_out(const CommandLine& line, const parallel::Communicator& world)
{
    switch (line.command) {
    case CommandLine::Command::help:
        say(world, help_text());
        return ExitCode::done;
    case CommandLine::Command::version:
        say(world, output::version_text());
        return ExitCode::done;
    case CommandLine::Command::explain: {
        const auto catalogue = make_catalogue();
        const Explanation found =
            line.markdown ? Explanation{config::parameters_markdown(catalogue)} : explanation(catalogue, line.subject);
        say(world, found.text);
        return found.known ? ExitCode::done : ExitCode::bad_input;
    }
    default:
        break;
    }
    if (line.command == CommandLine::Command::inspect) {
        return inspect_run(line, world);
    }
    if (!line.restart.empty()) {
        return continue_run(line, world);
    }
    Verdict verdict = world.is_root() ? validate(line) : Verdict{};
    world.broadcast(verdict.error);
    if (!verdict.error.empty()) {
        return refuse(world, verdict.error);
    }
    for (const std::string& warning : verdict.warnings) { // only rank 0 has any
        fmt::print(stderr, "paget: warning: {}\n", warning);
    }
    world.broadcast(verdict.case_text);
    CommandLine resolved = line;
    resolved.keys.clear(); // they are in the resolved case
    const LoadedCase loaded = load_case(resolved, verdict.case_text);
    if (line.command == CommandLine::Command::check) {
        say(world, describe_case(loaded, line.ranks > 0 ? line.ranks : world.size()));
        return ExitCode::done;
    }
    if (line.command == CommandLine::Command::rules) {
        say(world, loaded.rule_words);
        return ExitCode::done;
    }
    return run_case(line, loaded, world, nullptr);
}
} // namespace

ExitCode refuse(const parallel::Communicator& world, const std::string& error)
{
    if (world.is_root()) {
        fmt::print(stderr, "paget: {}\n", error);
    }
    return ExitCode::bad_input;
}

ExitCode run_program(const std::vector<std::string>& words, const parallel::Communicator& world)
{
    CommandLine line;
    try {
        line = read_command_line(words); // a pure function of the words: all ranks succeed or fail alike
    } catch (const InputError& error) {
        return refuse(world, error.what());
    }
    return carry_out(line, world);
}

void report_failure(const std::string& message, ExitCode code, int rank)
{
    if (rank != 0) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    fmt::print(stderr, "paget (rank {}): {}\n", rank, message);
    std::fflush(stderr);
    parallel::abort_all(static_cast<int>(code));
}

} // namespace paget::app
