#pragma once

#include "paget/mesh/grid.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>

namespace paget::io
{

/// A column of numbers of one rank.
using Column =
    std::variant<std::span<const double>, std::span<const std::int64_t>, std::span<const std::uint64_t>,
                 std::span<const std::uint32_t>, std::span<const std::uint16_t>, std::span<const std::uint8_t>>;

/// A number or text that describes a state.
using Attribute = std::variant<std::int64_t, std::uint64_t, double, std::string>;

/// Receives a state piece by piece. Every rank of the world calls the same sequence (collective); ranks that own
/// nothing of a piece hand in an empty span. What is received does not depend on how the pieces are cut among the
/// ranks.
class StateWriter
{
public:
    virtual ~StateWriter() = default;

    /// Entries [first, first + size of mine) of a column with `total` entries over all ranks. `total` is the same on
    /// all ranks. Path like "/organs/lung/cells/id".
    virtual void write_column(const std::string& path, std::uint64_t total, std::uint64_t first, Column mine) = 0;

    /// This rank's box (x fastest) of a field over the whole grid; an empty box where the rank has none of it.
    virtual void write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<const double> mine) = 0;

    /// An attribute of a group or column that was written before (groups are made as needed). Same on all ranks.
    virtual void write_attribute(const std::string& path, const std::string& name, const Attribute& value) = 0;
};

} // namespace paget::io
