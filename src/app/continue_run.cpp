#include "paget/app/continuation.hpp"

#include "paget/app/case_changes.hpp"
#include "paget/app/loaded_case.hpp"
#include "paget/app/program.hpp"
#include "paget/app/run_folder.hpp"
#include "paget/app/run_lock.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

namespace paget::app
{
namespace
{
namespace fs = std::filesystem;

/// Runs `check` on rank 0 and gives all ranks what it refuses; empty if nothing.
template <class Check>
std::string refused_on_root(const parallel::Communicator& world, Check&& check)
{
    std::string error;
    if (world.is_root()) {
        try {
            check();
        } catch (const InputError& refused) {
            error = refused.what();
        }
    }
    world.broadcast(error);
    return error;
}

void warn(const parallel::Communicator& world, const std::string& text)
{
    if (world.is_root()) {
        fmt::print(stderr, "paget: {}\n", text);
    }
}

/// The command line as if the run had been started with the case of the checkpoint.
CommandLine with_case(const CommandLine& line, const std::string& case_file)
{
    CommandLine full = line;
    full.subject = case_file;
    return full;
}

/// A fork that was killed before its first checkpoint would begin where its trunk did, with its own keys from there on.
void refuse_unfinished_fork(const std::string& folder, const std::string& trunk)
{
    if (!trunk.empty()) {
        throw InputError(
            fmt::format("'{0}' is a fork of '{1}' that ended before its first checkpoint (so it cannot go "
                        "on). Fork anew: paget run --restart={1} --fork={0} --overwrite, and the keys that "
                        "the fork is to change.",
                        folder, trunk));
    }
}

/// In a folder in which a run was killed before its first checkpoint.
ExitCode begin_anew(const CommandLine& line, const parallel::Communicator& world)
{
    warn(world, fmt::format("'{}' holds no checkpoint yet: the run begins anew from its case.", line.restart));
    std::string case_text;
    std::string case_file;
    const std::string refusal = refused_on_root(world, [&] {
        case_text = read_case_text((fs::path(line.restart) / run_mark).string());
        case_file = case_file_of(case_text);
        refuse_unfinished_fork(line.restart, trunk_of(case_text));
        load_case(with_case(line, case_file), case_text);
    });
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    world.broadcast(case_text);
    world.broadcast(case_file);
    CommandLine full = with_case(line, case_file);
    full.output = output_folder(line);
    full.overwrite = full.overwrite || line.fork.empty();
    return run_case(full, load_case(full, case_text), world, nullptr);
}

/// The case of a checkpoint with the keys of the command line. Problems name lines as they stand in the run's case.ini.
LoadedCase load_saved(const CommandLine& line, const CheckpointFacts& facts)
{
    try {
        return load_case(line, marked_case(facts.resolved_case, facts.case_file), organ::FirstCells::saved_state);
    } catch (const InputError& error) {
        const std::string what = error.what();
        const bool names_line = what.find(facts.case_file + ":") != std::string::npos;
        throw InputError(names_line ? fmt::format("{}\n(A run goes on with the case of its checkpoint: lines are those "
                                                  "of {}/{}.)",
                                                  what, line.restart, run_mark)
                                    : what);
    }
}

/// Whether cells came and went, or killed others, in the case of the checkpoint.
bool was_open(const CheckpointFacts& facts)
{
    CommandLine line;
    line.subject = facts.case_file;
    return load_saved(line, facts).body.tissue.open;
}

/// Throws InputError if a key may not change, or if there is no time left to simulate.
void check_changes(const LoadedCase& loaded, const CheckpointFacts& facts)
{
    const auto changed = changed_keys(facts.resolved_case, loaded.resolved);
    std::string refusal = refusal_of(changed, facts.resolved_case);
    if (refusal.empty() && !changed.empty()) {
        refusal = refusal_of_turnover(changed, was_open(facts), loaded.body.tissue.open);
    }
    if (!refusal.empty()) {
        throw InputError(refusal);
    }
    if (loaded.body.end < facts.now) {
        throw InputError(fmt::format("run.end is {} h, but the checkpoint stands at {} h (there is nothing left to "
                                     "simulate). Give a later run.end.",
                                     minutes_from_ticks(loaded.body.end) / minutes_per_hour,
                                     minutes_from_ticks(facts.now) / minutes_per_hour));
    }
}

/// Throws FileError, on all ranks, if all checkpoints are damaged.
FoundCheckpoint find(const CommandLine& line, const parallel::Communicator& world)
{
    FoundCheckpoint found = newest_checkpoint(line.restart, world);
    if (!found.checkpoint && !found.damaged.empty()) {
        throw FileError(fmt::format("no checkpoint in '{}' is whole:\n{}\nStart the run anew, or bring back a copy of "
                                    "one of them.",
                                    line.restart, fmt::join(found.warnings, "\n")));
    }
    for (const std::string& what : found.warnings) {
        warn(world, fmt::format("warning: {}. An earlier checkpoint is used.", what));
    }
    return found;
}
} // namespace

ExitCode continue_run(const CommandLine& line, const parallel::Communicator& world)
{
    std::string refusal = refused_on_root(world, [&] {
        require_run_folder(line.restart);
        refuse_held_folder(output_folder(line));
        if (!line.fork.empty()) {
            check_fork_folder(line.restart, line.fork, line.overwrite);
        }
    });
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    FoundCheckpoint found = find(line, world);
    if (!found.checkpoint) {
        return begin_anew(line, world);
    }
    const CheckpointFacts& facts = found.checkpoint->facts();
    const CommandLine full = with_case(line, facts.case_file);
    refusal = refused_on_root(world, [&] { check_changes(load_saved(full, facts), facts); });
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    const LoadedCase loaded = load_saved(full, facts);
    const bool changed = !changed_keys(facts.resolved_case, loaded.resolved).empty();
    bool ended = world.is_root() && !changed && line.fork.empty() && facts.now == loaded.body.end &&
                 has_ended(line.restart, facts.now);
    ended = world.any(ended);
    if (ended) {
        warn(world, "the run has ended and stays as it is. To go on give a later --run.end, to branch off --fork.");
        return ExitCode::done;
    }
    warn(world, fmt::format("going on from {} at {:.2f} h", found.checkpoint->path(),
                            minutes_from_ticks(facts.now) / minutes_per_hour));
    Continuation from{std::move(found.checkpoint), std::move(found.damaged), changed};
    return run_case(full, loaded, world, &from);
}

void copy_outputs(const std::string& folder, const std::string& fork, const output::StreamPositions& positions)
{
    std::vector<std::string> names{"series.csv", "events.csv", "tracks.csv", "vessels.xmf", "snapshots/vessels.h5"};
    for (const output::Snapshot& snapshot : positions.snapshots) {
        names.push_back(snapshot.file);
    }
    try {
        fs::create_directories(fs::path(fork) / "snapshots");
        for (const std::string& name : names) {
            if (fs::exists(fs::path(folder) / name)) {
                fs::copy_file(fs::path(folder) / name, fs::path(fork) / name, fs::copy_options::overwrite_existing);
            }
        }
    } catch (const fs::filesystem_error& error) {
        throw FileError(fmt::format("cannot copy the outputs of {} to {}: {}", folder, fork, error.code().message()));
    }
}

} // namespace paget::app
