#pragma once

#include "paget/body/body.hpp"
#include "paget/io/append_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::output
{

/// A cell in tissue as tracks.csv shows it.
struct TrackedCell {
    agents::CellRecord record;
    double radius_um = 0.0;
    double pressure = 0.0;
    OrganId organ = OrganId::none;
};

/// All cells of all organs, on rank 0; nothing on the others. Collective over the world.
std::vector<TrackedCell> track_cells(const body::Body& body);

/// tracks.csv: one line per cell in tissue and time. On one rank. Throws FileError.
class TrackLog
{
public:
    /// `body` must outlive the log.
    TrackLog(const std::string& folder, const body::BodyDescription& body);
    /// Goes on after the first `bytes` of an earlier run's file.
    TrackLog(const std::string& folder, const body::BodyDescription& body, std::uint64_t bytes);

    /// Adds the cells at `now`, by organ and id.
    void append(std::vector<TrackedCell> cells, Tick now);

    void sync() { file_.sync(); }
    std::uint64_t bytes() const { return file_.size(); }

private:
    const body::BodyDescription* body_;
    io::AppendFile file_;
};

} // namespace paget::output
