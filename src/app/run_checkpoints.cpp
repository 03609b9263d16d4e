#include "paget/app/run_checkpoints.hpp"

#include "paget/core/error.hpp"
#include "paget/io/agreement.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace paget::app
{

RunCheckpoints::RunCheckpoints(const CommandLine& line, const LoadedCase& loaded, const std::string& command,
                               const body::Body& body, const output::Recorder& recorder, const WallClock& clock,
                               const std::optional<RunLock>& lock, const Continuation* from, Tick now)
    : body_(&body),
      recorder_(&recorder),
      clock_(&clock),
      lock_(&lock),
      go_on_after_failure_(loaded.checkpoints.go_on_after_failure),
      folder_(output_folder(line), loaded.checkpoints.keep,
              from != nullptr && line.fork.empty() ? from->damaged : std::vector<CheckpointName>{})
{
    facts_.seed = loaded.body.seed;
    facts_.case_file = std::filesystem::absolute(loaded.path).string();
    facts_.resolved_case = loaded.resolved;
    if (from != nullptr) {
        facts_.history = from->checkpoint->facts().history;
    }
    facts_.history.runs.push_back(this_run(body.world(), command, output_folder(line), now));
}

/// A folder that belongs to another run by now ends this one, whatever the case says of failures.
void RunCheckpoints::write(Tick now)
{
    io::agreed_on_root(body_->world(), [this] { lock_->value().check_held(); });
    if (!go_on_after_failure_) {
        try_to_write(now);
        return;
    }
    try {
        try_to_write(now);
    } catch (const FileError& error) { // on all ranks alike
        if (body_->world().is_root()) {
            fmt::print(stderr, "paget: warning: no checkpoint at {:.2f} h: {}. The run goes on.\n",
                       minutes_from_ticks(now) / minutes_per_hour, error.what());
        }
    }
}

void RunCheckpoints::try_to_write(Tick now)
{
    facts_.now = now;
    facts_.outputs = recorder_->positions();
    facts_.history.runs.back().to = now;
    facts_.history.runs.back().wall_seconds = clock_->seconds();
    folder_.write(*body_, facts_);
}

} // namespace paget::app
