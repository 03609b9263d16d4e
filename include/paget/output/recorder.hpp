#pragma once

#include "paget/body/body.hpp"
#include "paget/body/load_balance.hpp"
#include "paget/output/plan.hpp"
#include "paget/output/stream_positions.hpp"

#include <memory>
#include <optional>
#include <string>

namespace paget::output
{

/// What outputs say of the run besides its results.
struct RunFacts {
    std::string case_path;
    std::string resolved_case;
    std::string command_line;
    Tick end = 0;
};

/// Everything that a run writes into its folder (which exists): series.csv, series.h5, events.csv, snapshots/,
/// fields.xmf, cells.xmf, vessels.xmf, summary.json, state.h5; and the progress line and final table on the terminal.
/// Reads the body, changes nothing. Files of results depend on the trajectory only; what depends on ranks, host or wall
/// time stands in summary.json and on the terminal. All members are collective over the world.
class Recorder
{
public:
    /// Writes the first row and the first snapshot. `body` must outlive the recorder.
    Recorder(const Plan& plan, const std::string& folder, const body::Body& body, RunFacts facts);
    /// Continues the files of an earlier run in `folder` (or of copies of them) from a checkpoint at `now`, at which
    /// `body` stands: cuts them back to `positions`, removes snapshots that came later and what was written at the end.
    /// Throws FileError on all ranks if files are missing or shorter than they were.
    Recorder(const Plan& plan, const std::string& folder, const body::Body& body, RunFacts facts,
             const StreamPositions& positions, Tick now);
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// The next tick after `now` at which something is due, so that a step can end there. Local, the same on all ranks.
    std::optional<Tick> next_due(Tick now) const;

    /// Takes note of a step that ended at report.step.end(); writes what is due then; shows progress.
    void observe(const body::StepReport& report);

    /// For whoever writes checkpoints: measures them for the performance report. Local.
    parallel::Meter& checkpoint_meter();

    /// The same for whoever looks at the balance of the ranks and cuts the body anew.
    parallel::Meter& balance_meter();

    /// How far all outputs have come, for a checkpoint between two steps. All that they have by then is on disk. Throws
    /// FileError on all ranks.
    StreamPositions positions() const;

    /// Writes the summary and shows the table; at the end of the run also the last row, snapshot and state. If
    /// `stopped_early` (`now` is before the end) those are left out: a run that is continued would not have them.
    void finish(Tick now, bool stopped_early, const body::BalanceRecord& balance = {});

    /// Shows a line among those of the progress. Local; on rank 0.
    void say(const std::string& line);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::output
