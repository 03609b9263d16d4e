#pragma once

#include "paget/body/description.hpp"

#include <string>

namespace paget::output
{

inline constexpr const char* vessel_file = "snapshots/vessels.h5";

/// Writes the vessels of all organs, at their place in the scene, into one HDF5 file: two points per
/// segment, and per segment its radius, whether it flows, and, where they are known, flow and haematocrit. On one rank.
/// Throws FileError.
void write_vessels(const body::BodyDescription& body, const std::string& folder);

} // namespace paget::output
