#pragma once

#include "paget/io/state.hpp"

#include <cstdint>
#include <string>

namespace paget::output
{

/// What every HDF5 file says of where it comes from; nothing of ranks, host or time of day.
struct Stamp {
    std::string resolved_case;
    std::uint64_t seed = 0;
};

/// Writes program version, libraries, seed and resolved case as attributes of the file's root. Collective as `writer`.
void write_stamp(io::StateWriter& writer, const Stamp& stamp);

} // namespace paget::output
