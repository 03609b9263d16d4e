#pragma once

#include "paget/io/state.hpp"
#include "paget/organ/organ.hpp"
#include "paget/parallel/communicator.hpp"

#include <string>

namespace paget::body
{

// Vessels that grow, as columns of a saved state. Both are collective over the world.

/// `organ`: null on ranks that do not work on it.
void write_grown_vessels(io::StateWriter& writer, const std::string& path, const organ::Organ* organ,
                         const parallel::Communicator& world);

/// The same on all ranks. Throws FileError on all of them if columns are missing or do not fit each other.
organ::GrownVessels read_grown_vessels(io::StateReader& reader, const std::string& path,
                                       const parallel::Communicator& world);

} // namespace paget::body
