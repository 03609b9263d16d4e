#pragma once

#include "paget/body/description.hpp"

#include <string>

namespace paget::output
{

inline constexpr const char* vessel_file = "snapshots/vessels.h5";

/// Writes the vessels of all organs, at their place in the scene, into one HDF5 file: two points per
/// segment, and radius and flow per segment. On one rank. Throws FileError.
void write_vessels(const body::BodyDescription& body, const std::string& folder);

} // namespace paget::output
