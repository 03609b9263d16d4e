#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace paget::app
{

/// A process that holds, or held, a run folder: everything that another process needs to find out whether it still
/// lives.
struct LockOwner {
    std::string host;
    std::string boot;           ///< id of the start of that machine, so that an equal name is not yet the same machine
    std::int64_t process = 0;   ///< its number there
    std::int64_t started = 0;   ///< when, in clock ticks since the machine's start: process numbers are used again
    std::string job;            ///< SLURM's number of the job; empty without SLURM
    std::int64_t job_start = 0; ///< how often SLURM had requeued that job by then
    std::string since;          ///< date and time, for people

    bool operator==(const LockOwner&) const = default;
};

/// This process. Local.
LockOwner this_process();

/// The content of a lock file, and back (nothing if the text is no lock of Paget's).
std::string text_of(const LockOwner& owner);
std::optional<LockOwner> read_owner(const std::string& text);

/// "process 4711 on n1 (SLURM job 42) since 2026-03-01 10:00:00".
std::string description_of(const LockOwner& owner);

/// What is known of an owner's life.
enum class Life { alive, ended, unknown };

/// By the table of processes, if `owner` is of the machine of `self`; else unknown. Local.
Life life_on_this_machine(const LockOwner& owner, const LockOwner& self);

/// An earlier start of the very job that `self` belongs to has ended; of other starts and jobs nothing is known here.
Life life_before_requeue(const LockOwner& owner, const LockOwner& self);

} // namespace paget::app
