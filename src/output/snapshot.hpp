#pragma once

#include "paget/body/body.hpp"
#include "stamp.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::output
{

/// A snapshot that has been written.
struct Snapshot {
    std::string file; ///< relative to the run folder
    double time_h = 0.0;
    std::vector<std::uint64_t> cells; ///< [organ], dead ones in the tissue included
};

/// Writes all fields and cells as they are at `now` into one HDF5 file. Cells stand in the order of their ids, at their
/// place in the scene (organs side by side). Throws FileError on all ranks. Collective over the body's world.
Snapshot write_snapshot(const body::Body& body, const std::string& folder, int number, Tick now, const Stamp& stamp);

} // namespace paget::output
