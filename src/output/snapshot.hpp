#pragma once

#include "paget/body/body.hpp"
#include "paget/output/written_snapshot.hpp"
#include "stamp.hpp"

#include <string>

namespace paget::output
{

/// Writes all fields and cells as they are at `now` into one HDF5 file. Cells stand in the order of their ids, at their
/// place in the scene (organs side by side). Throws FileError on all ranks. Collective over the body's world.
Snapshot write_snapshot(const body::Body& body, const std::string& folder, int number, Tick now, const Stamp& stamp);

} // namespace paget::output
