#pragma once

#include "paget/app/lock_owner.hpp"

#include <optional>
#include <string>

namespace paget::app
{

/// What SLURM's `squeue` says of the life of a job, e.g. "RUNNING"; an empty answer means that it does not know the job
/// (any more). A job that is just being ended (COMPLETING) may still write: unknown.
Life life_of_job(const std::string& state);

/// Seconds in a text as SLURM and people write durations: "45" (minutes, as in SLURM), "30:00", "1:30:00",
/// "2-12:00:00"; nothing for other texts ("UNLIMITED", "NOT_SET").
std::optional<double> seconds_of_duration(const std::string& text);

/// Asks SLURM for the state of a job; nothing where SLURM is not there or does not answer. Takes as long as `squeue`
/// does, at most ten seconds. Local.
std::optional<std::string> state_of_job(const std::string& job);

/// Seconds until SLURM ends the job that this process belongs to: from SLURM_JOB_END_TIME or else from `squeue`;
/// nothing outside of SLURM and without a limit. Local.
std::optional<double> seconds_left_of_job();

} // namespace paget::app
