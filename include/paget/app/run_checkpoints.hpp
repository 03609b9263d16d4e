#pragma once

#include "paget/app/continuation.hpp"
#include "paget/app/loaded_case.hpp"
#include "paget/app/run_lock.hpp"
#include "paget/app/wall_clock.hpp"
#include "paget/output/recorder.hpp"

#include <optional>
#include <string>

namespace paget::app
{

/// The checkpoints of the run at work.
class RunCheckpoints
{
public:
    /// Starts this run's part of the history, from `now` on. `from`: where the run goes on, or null. `lock` is held on
    /// rank 0. All references must outlive the object. Collective.
    RunCheckpoints(const CommandLine& line, const LoadedCase& loaded, const std::string& command,
                   const body::Body& body, const output::Recorder& recorder, const WallClock& clock,
                   const std::optional<RunLock>& lock, const Continuation* from, Tick now);

    /// Writes one, between two steps. If that fails the run ends by FileError (on all ranks), or goes on with a
    /// warning if the case says so; earlier checkpoints are intact in either case. Collective.
    void write(Tick now);

private:
    void try_to_write(Tick now);

    const body::Body* body_;
    const output::Recorder* recorder_;
    const WallClock* clock_;
    const std::optional<RunLock>* lock_;
    bool go_on_after_failure_;
    CheckpointFacts facts_;
    CheckpointFolder folder_;
};

} // namespace paget::app
