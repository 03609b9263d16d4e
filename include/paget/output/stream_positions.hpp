#pragma once

#include "paget/body/step_report.hpp"
#include "paget/output/written_snapshot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paget::output
{

/// Arrivals in one organ from another, by what became of them.
struct SeedingCount {
    OrganId destination = OrganId::none;
    OrganId source = OrganId::none;
    std::int64_t grew = 0;
    std::int64_t slept = 0;
    std::int64_t died = 0;

    friend bool operator==(const SeedingCount&, const SeedingCount&) = default;
};

/// How far every output of a run had come at a checkpoint, and what its recorder knows besides the body. A run that is
/// continued cuts its files back to this, so that they have neither gap nor repeat. The same on all ranks.
struct StreamPositions {
    std::uint64_t series_bytes = 0; ///< of series.csv, header included
    std::uint64_t series_rows = 0;
    std::uint64_t event_bytes = 0; ///< of events.csv, header included
    std::uint64_t track_bytes = 0; ///< of tracks.csv, header included; 0 if there is none
    std::vector<Snapshot> snapshots;
    std::optional<Tick> last_row;
    std::optional<Tick> last_snapshot;
    body::BodyCensus start;                  ///< at tick 0
    std::vector<SeedingCount> seedings;      ///< since tick 0, sorted by destination and source
    std::vector<organ::SolverTotals> solver; ///< [organ], since tick 0
    double wall_seconds = 0.0;               ///< of all runs up to here
};

/// As JSON, and back. The latter throws FileError if the text is none of the former's. Local.
std::string text_of(const StreamPositions& positions);
StreamPositions positions_from(std::string_view text);

} // namespace paget::output
