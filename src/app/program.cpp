#include "paget/app/program.hpp"

#include "paget/app/continuation.hpp"
#include "paget/app/loaded_case.hpp"
#include "paget/app/run_folder.hpp"
#include "paget/app/run_lock.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/config/explain.hpp"
#include "paget/output/provenance.hpp"
#include "paget/parallel/session.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace paget::app
{
namespace
{
/// What rank 0 found out about the input: an error to show, or the resolved case, which asks no rank for the files that
/// the case includes.
struct Verdict {
    std::string error;
    std::string case_text;
};

Verdict validate(const CommandLine& line)
{
    Verdict verdict;
    try {
        verdict.case_text = load_case(line, read_case_text(line.subject)).resolved;
        if (line.command == CommandLine::Command::run) {
            refuse_held_folder(output_folder(line));
            check_run_folder(output_folder(line), line.overwrite);
        }
    } catch (const InputError& error) {
        verdict.error = error.what();
    }
    return verdict;
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
        say(world, line.markdown ? config::parameters_markdown(catalogue) : config::explain(catalogue, line.subject));
        return ExitCode::done;
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
    world.broadcast(verdict.case_text);
    const LoadedCase loaded = load_case(line, verdict.case_text);
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
