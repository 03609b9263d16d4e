#pragma once

#include <cstddef>
#include <string>

namespace paget::output
{

/// Removes from a run folder what an earlier run wrote after the moment from which it is continued: snapshots but the
/// first `snapshots`, partial files, final state and summary, and tracks unless there were some by then. Throws
/// FileError. On one rank.
void remove_leftovers(const std::string& folder, std::size_t snapshots, bool keeps_tracks);

} // namespace paget::output
