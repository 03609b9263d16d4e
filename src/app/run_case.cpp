#include "paget/app/program.hpp"
#include "paget/app/run_checkpoints.hpp"
#include "paget/app/run_folder.hpp"
#include "paget/app/run_lock.hpp"
#include "paget/app/step_watch.hpp"

#include "paget/io/agreement.hpp"
#include "paget/io/durable.hpp"
#include "paget/output/recorder.hpp"
#include "paget/petsc/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace paget::app
{
namespace
{
/// Rank 0 takes the folder for this run alone, before anything is computed; all ranks learn why it could not.
std::string lock_folder(const std::string& folder, std::optional<RunLock>& lock, const parallel::Communicator& world)
{
    std::string error;
    if (world.is_root()) {
        try {
            lock.emplace(folder);
            if (!lock->taken_over_from().empty()) {
                fmt::print(stderr, "paget: '{}' was left behind by {}, which has ended; it is taken over.\n", folder,
                           lock->taken_over_from());
            }
        } catch (const InputError& refused) {
            error = refused.what();
        }
    }
    world.broadcast(error);
    return error;
}

/// Rank 0 makes the folder of a new run or of a fork ready, or writes what changed into that of a run that goes on; all
/// ranks learn why it could not.
std::string take_folder(const CommandLine& line, const LoadedCase& loaded, const Continuation* from,
                        const parallel::Communicator& world)
{
    std::string error;
    const std::string trunk =
        from != nullptr && !line.fork.empty() ? std::filesystem::absolute(line.restart).string() : "";
    const std::string text = marked_case(loaded.resolved, std::filesystem::absolute(loaded.path).string(), trunk);
    io::agreed_on_root(world, [&] {
        try {
            if (from == nullptr || !line.fork.empty()) {
                prepare_run_folder(output_folder(line), line.overwrite, text);
            } else if (from->case_changed) {
                io::write_whole_file(output_folder(line) + "/" + run_mark, text);
            }
            if (!trunk.empty()) { // without a checkpoint a branch begins anew
                copy_outputs(line.restart, line.fork, from->checkpoint->facts().outputs);
            }
        } catch (const InputError& refused) {
            error = refused.what();
        }
    });
    world.broadcast(error);
    return error;
}

/// Of PETSc's options on the command line, those that no rank has read by now. A rank reads only those of its own
/// organs. Collective.
std::vector<std::string> unread_options(const CommandLine& line, const petsc::Session& petsc,
                                        const parallel::Communicator& world)
{
    const std::vector<std::string> unused = petsc.unused_options();
    std::vector<std::string> given;
    std::vector<std::int64_t> read;
    for (const std::string& word : line.petsc_options) {
        if (is_petsc_option(word)) {
            given.push_back(word);
            read.push_back(std::find(unused.begin(), unused.end(), word) == unused.end() ? 1 : 0);
        }
    }
    world.maximum(std::span(read));
    std::vector<std::string> unread;
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (read[i] == 0) {
            unread.push_back(given[i]);
        }
    }
    return unread;
}

/// What is wrong with the options for solvers: those of solvers, or of an organ, that no solver has asked for are
/// misspelt. Others (e.g. -log_view) are read at the end. Collective.
std::string misspelt_option(const CommandLine& line, const petsc::Session& petsc, const body::Body& body)
{
    const auto& organs = body.description().organs;
    for (const std::string& option : unread_options(line, petsc, body.world())) {
        const bool of_a_solver = option.find("ksp_") != std::string::npos || option.find("pc_") != std::string::npos;
        const bool of_an_organ = std::any_of(organs.begin(), organs.end(), [&](const auto& organ) {
            return option.starts_with("-" + organ.name + "_");
        });
        if (of_a_solver || of_an_organ) {
            const auto& organ = organs.front();
            return fmt::format("PETSc option '{}' is read by no solver (it would change nothing). The prefix is "
                               "-<organ>_<field>_, as in -{}_{}_ksp_rtol.",
                               option, organ.name,
                               organ.fields.empty() ? "oxygen" : organ.fields.front().substance.name);
        }
    }
    return {};
}

/// The strictest of all limits from `now`: the body's parts, the next output, the end.
TimeStep next_step(const body::Body& body, const output::Recorder& recorder, Tick now)
{
    Tick length = std::min(body.longest_step(now).length, body.description().end - now);
    if (const auto due = recorder.next_due(now)) {
        length = std::min(length, *due - now);
    }
    return {now, length};
}

/// Looks at the balance of the ranks; the body may live elsewhere afterwards. Collective.
void keep_balance(body::LoadBalance& balance, output::Recorder& recorder, Tick now, bool last)
{
    const auto measured = recorder.balance_meter().measure();
    if (last) {
        balance.finish(now);
    } else if (const auto seen = balance.after_step(now)) {
        recorder.say(fmt::format(
            "{:.1f} h: organs are cut anew (the busiest rank computed {:.2f} times the mean, {:.2f} "
            "expected; {:.2f} s)",
            minutes_from_ticks(now) / minutes_per_hour, seen->imbalance, seen->recut->expected, seen->recut->seconds));
    }
}

/// On entry the body stands at `now`; on exit at the end, or where all ranks agreed to stop. After every step the
/// ledger has been checked (Body::advance) and what was due has been written. Checkpoints are written between steps
/// and change nothing.
ExitCode run_loop(body::Body& body, output::Recorder& recorder, StepWatch& watch, RunCheckpoints& checkpoints,
                  body::LoadBalance& balance, Tick now)
{
    bool stopped = false;
    while (now < body.description().end && !stopped) {
        const TimeStep step = next_step(body, recorder, now);
        recorder.observe(body.advance(step));
        now = step.end();
        const Due due = watch.after_step(now);
        if (due.checkpoint || now == body.description().end) {
            const auto measured = recorder.checkpoint_meter().measure();
            checkpoints.write(now);
            watch.after_checkpoint(now);
        }
        stopped = due.stop;
        keep_balance(balance, recorder, now, stopped || now == body.description().end);
    }
    const bool early = now < body.description().end;
    recorder.finish(now, early, balance.record());
    return early ? ExitCode::stopped_early : ExitCode::done;
}

std::string joined(const CommandLine& line)
{
    std::string words = "paget run " + (line.restart.empty() ? line.subject : "--restart=" + line.restart);
    words += line.fork.empty() ? "" : " --fork=" + line.fork;
    for (const auto& [key, value] : line.keys) {
        words += fmt::format(" --{}='{}'", key, value);
    }
    return fmt::format("{} {}", words, fmt::join(line.petsc_options, " "));
}
} // namespace

ExitCode run_case(const CommandLine& line, const LoadedCase& loaded, const parallel::Communicator& world,
                  Continuation* from)
{
    const WallClock clock;
    const petsc::Session petsc(line.petsc_options);
    StopSignal signals; // from the start: building a large body takes a while
    std::optional<RunLock> lock;
    std::string refusal = lock_folder(output_folder(line), lock, world);
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    const Tick now = from != nullptr ? from->checkpoint->facts().now : 0;
    body::Body body =
        from != nullptr ? body::Body(loaded.body, world, from->checkpoint->state()) : body::Body(loaded.body, world);
    refusal = misspelt_option(line, petsc, body);
    if (refusal.empty()) {
        refusal = take_folder(line, loaded, from, world); // last, so that nothing is left of a run that does not start
    }
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    const output::RunFacts facts{loaded.path, loaded.resolved, joined(line), loaded.body.end};
    output::Recorder recorder = from != nullptr ? output::Recorder(loaded.plan, output_folder(line), body, facts,
                                                                   from->checkpoint->facts().outputs, now)
                                                : output::Recorder(loaded.plan, output_folder(line), body, facts);
    RunCheckpoints checkpoints(line, loaded, facts.command_line, body, recorder, clock, lock, from, now);
    const auto limit_s = world.is_root() ? wall_limit(clock, line.max_wall_time_s) : std::nullopt;
    StepWatch watch(loaded.checkpoints, world, signals, clock, now, limit_s, clock.seconds());
    if (from != nullptr && (from->case_changed || !line.fork.empty())) {
        checkpoints.write(now); // so that a restart finds the keys as they are now, in this folder
        watch.after_checkpoint(now);
    }
    body::LoadBalance balance(loaded.balance, body, now);
    return run_loop(body, recorder, watch, checkpoints, balance, now);
}

} // namespace paget::app
