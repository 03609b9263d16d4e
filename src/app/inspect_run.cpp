#include "paget/app/continuation.hpp"

#include "paget/app/program.hpp"
#include "paget/app/run_folder.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace paget::app
{
namespace
{
/// A size as a person says it.
std::string size_text(std::uint64_t bytes)
{
    const char* units[] = {"B", "kB", "MB", "GB", "TB"};
    auto size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1000.0 && unit + 1 < std::size(units)) {
        size /= 1000.0;
        ++unit;
    }
    return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", size, units[unit]);
}

std::string row(const Checkpoint& checkpoint)
{
    const CheckpointFacts& facts = checkpoint.facts();
    return fmt::format("  {:<18} {:>12.2f} {:>10} {:>12} {:>6}   {:016x}   whole\n",
                       std::filesystem::path(checkpoint.path()).filename().string(),
                       minutes_from_ticks(facts.now) / minutes_per_hour, size_text(checkpoint.bytes()),
                       checkpoint.cells(), facts.history.runs.empty() ? 0 : facts.history.runs.back().ranks,
                       checkpoint.state_hash());
}

std::string run_text(const RunRecord& run)
{
    return fmt::format("  {}  {:>9.2f} to {:>9.2f} h  {:>5} ranks on {} node{}  {:>9.3f} core-hours{}\n", run.began,
                       minutes_from_ticks(run.from) / minutes_per_hour, minutes_from_ticks(run.to) / minutes_per_hour,
                       run.ranks, run.hosts.size(), run.hosts.size() == 1 ? "" : "s", run.core_hours(),
                       run.slurm_job.empty() ? "" : "  SLURM job " + run.slurm_job);
}

std::string story(const Checkpoint& newest)
{
    const CheckpointFacts& facts = newest.facts();
    std::string text = fmt::format("newest whole checkpoint: {} (simulated {:.2f} h)\ncase: {}, seed {}\n"
                                   "runs so far, {:.3f} core-hours:\n",
                                   newest.path(), minutes_from_ticks(facts.now) / minutes_per_hour, facts.case_file,
                                   facts.seed, facts.history.core_hours());
    for (const RunRecord& run : facts.history.runs) {
        text += run_text(run);
    }
    return text;
}
} // namespace

ExitCode inspect_run(const CommandLine& line, const parallel::Communicator& world)
{
    std::string refusal;
    if (world.is_root()) {
        try {
            require_run_folder(line.subject);
        } catch (const InputError& error) {
            refusal = error.what();
        }
    }
    world.broadcast(refusal);
    if (!refusal.empty()) {
        return refuse(world, refusal);
    }
    std::string text = fmt::format("  {:<18} {:>12} {:>10} {:>12} {:>6}   {:<16}\n", "checkpoint", "simulated h",
                                   "size", "cells", "ranks", "state hash");
    std::unique_ptr<Checkpoint> newest;
    for (const CheckpointName& name : checkpoints_seen_by_root(line.subject, world)) {
        try {
            auto checkpoint = std::make_unique<Checkpoint>(name.path, world);
            text += row(*checkpoint);
            newest = newest ? std::move(newest) : std::move(checkpoint);
        } catch (const FileError& error) {
            text += fmt::format("  {:<18} {}\n", std::filesystem::path(name.path).filename().string(), error.what());
        }
    }
    text += newest ? story(*newest) : "there is no whole checkpoint\n";
    if (world.is_root()) {
        fmt::print("{}", text);
        std::fflush(stdout);
    }
    return newest ? ExitCode::done : ExitCode::input_output_failed;
}

} // namespace paget::app
