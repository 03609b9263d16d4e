#pragma once

#include "paget/body/body.hpp"
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
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    /// The next tick after `now` at which something is due, so that a step can end there. Local, the same on all ranks.
    std::optional<Tick> next_due(Tick now) const;

    /// Takes note of a step that ended at report.step.end(); writes what is due then; shows progress.
    void observe(const body::StepReport& report);

    /// How far all outputs have come, for a checkpoint between two steps.
    StreamPositions positions() const;

    /// Writes the last row, snapshot, state and summary; shows the table. `stopped_early` if `now` is before the end.
    void finish(Tick now, bool stopped_early);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::output
