#pragma once

#include "paget/core/clock.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace paget::app
{

/// One start of the program, of those that a simulation is made of.
struct RunRecord {
    std::string began; ///< date and time, UTC, as 2026-03-01T10:00:00Z
    std::string version;
    std::string revision;
    std::string libraries;
    std::string command;
    std::string folder;
    std::int64_t ranks = 1;
    std::vector<std::string> hosts;
    std::string slurm_job;      ///< SLURM's number of the job; empty without SLURM
    std::string slurm_restarts; ///< how often SLURM had requeued it
    Tick from = 0;
    Tick to = 0;               ///< at the checkpoint in which this stands
    double wall_seconds = 0.0; ///< up to there

    double core_hours() const { return static_cast<double>(ranks) * wall_seconds / 3600.0; }
};

/// Everything that brought a simulation to where it stands, the run at work last.
struct RunHistory {
    std::vector<RunRecord> runs;

    double core_hours() const;
};

/// This start of the program, from `from` on. The same on all ranks. Collective.
RunRecord this_run(const parallel::Communicator& world, const std::string& command, const std::string& folder,
                   Tick from);

/// As JSON, and back. The latter throws FileError if the text is none of the former's. Local.
std::string text_of(const RunHistory& history);
RunHistory history_from(std::string_view text);

} // namespace paget::app
