#pragma once

#include "paget/io/state.hpp"

#include <cstdint>

namespace paget::io
{

/// This rank's share of the checksum of the column at `path`, whose entries begin at `first`; shares of all ranks add
/// up modulo 2^64, however the column is cut.
std::uint64_t column_checksum(const std::string& path, std::uint64_t first, Column mine);

/// Likewise of a field; entries count by the index of their voxel in the whole grid.
std::uint64_t field_checksum(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<const double> mine);

/// Checksum of an attribute, the same on all ranks.
std::uint64_t attribute_checksum(const Attribute& value);

} // namespace paget::io
