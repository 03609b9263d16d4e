#pragma once

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

    std::vector<std::uint64_t> vessels{}; ///< [organ], segments in the file; empty if no vessels grow

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

} // namespace paget::output
