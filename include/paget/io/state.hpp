#pragma once

#include "paget/core/error.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace paget::io
{

/// A column of numbers of one rank.
using Column =
    std::variant<std::span<const double>, std::span<const std::int64_t>, std::span<const std::uint64_t>,
                 std::span<const std::uint32_t>, std::span<const std::uint16_t>, std::span<const std::uint8_t>>;

/// Room for a column of numbers of one rank.
using ColumnRoom = std::variant<std::span<double>, std::span<std::int64_t>, std::span<std::uint64_t>,
                                std::span<std::uint32_t>, std::span<std::uint16_t>, std::span<std::uint8_t>>;

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
    void write_column(const std::string& path, std::uint64_t total, std::uint64_t first, Column mine)
    {
        begin_column(path, total, mine);
        write_part(path, first, mine);
        end_column(path);
    }

    /// The same for a column that comes in parts, other columns between them: begin, any number of parts, end. `like`
    /// says the type of the numbers.
    virtual void begin_column(const std::string& path, std::uint64_t total, Column like) = 0;
    virtual void write_part(const std::string& path, std::uint64_t first, Column mine) = 0;
    virtual void end_column(const std::string& path) = 0;

    /// This rank's box (x fastest) of a field over the whole grid; an empty box where the rank has none of it.
    virtual void write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<const double> mine) = 0;

    /// An attribute of a group or column that was written before (groups are made as needed). Same on all ranks.
    virtual void write_attribute(const std::string& path, const std::string& name, const Attribute& value) = 0;
};

/// Gives a state back piece by piece, on any number of ranks. Every rank of the world calls the same sequence
/// (collective). All members but the first throw FileError, on all ranks alike, if there is no such piece, if it is of
/// another type or shape, or if it cannot be read.
class StateReader
{
public:
    virtual ~StateReader() = default;

    /// Whether there is such a column. Throws nothing.
    virtual bool has_column(const std::string& path) = 0;

    /// Entries of a column over all ranks.
    virtual std::uint64_t column_size(const std::string& path) = 0;

    /// Entries [first, first + size of mine) of a column. The parts of all ranks make up the whole column once.
    virtual void read_column(const std::string& path, std::uint64_t first, ColumnRoom mine) = 0;

    /// This rank's box (x fastest) of a field over the whole grid; the boxes of all ranks make up the grid once.
    virtual void read_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                            std::span<double> mine) = 0;

    virtual Attribute read_attribute(const std::string& path, const std::string& name) = 0;
};

/// A whole column on every rank of `world`, the reader's. Collective.
template <class T>
std::vector<T> read_whole_column(StateReader& reader, const parallel::Communicator& world, const std::string& path)
{
    const std::uint64_t total = reader.column_size(path);
    std::vector<T> values(world.is_root() ? total : 0);
    reader.read_column(path, 0, std::span<T>(values));
    world.broadcast(values);
    return values;
}

/// An attribute of a known type. Throws FileError if it is of another one. Collective.
template <class T>
T read_attribute(StateReader& reader, const std::string& path, const std::string& name)
{
    const Attribute value = reader.read_attribute(path, name);
    if (!std::holds_alternative<T>(value)) {
        throw FileError("attribute " + name + " of " + path + " is of another type than it should be");
    }
    return std::get<T>(value);
}

} // namespace paget::io
