#pragma once

#include "paget/io/state.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace paget::io
{

/// Name of an attribute among the pieces of a state.
inline std::string attribute_path(const std::string& path, const std::string& name) { return path + "@" + name; }

/// One number over pieces (checksum by path) and their names.
std::uint64_t hash_of(const std::map<std::string, std::uint64_t>& pieces);

/// A writer that only sums checksums: the state hash. Equal states have equal hashes on any number of ranks; a column's
/// checksum is the sum over its entries of a mix of position and bits.
class StateHash : public StateWriter
{
public:
    explicit StateHash(const parallel::Communicator& world) : world_(&world) {}

    void begin_column(const std::string& path, std::uint64_t total, Column like) override;
    void write_part(const std::string& path, std::uint64_t first, Column mine) override;
    void end_column(const std::string& path) override;
    void write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                     std::span<const double> mine) override;
    void write_attribute(const std::string& path, const std::string& name, const Attribute& value) override;

    /// Checksum of every piece by its path (attributes as path@name). Collective.
    std::map<std::string, std::uint64_t> pieces() const;
    /// One number over all pieces and their names. Collective.
    std::uint64_t value() const;

private:
    const parallel::Communicator* world_;
    std::map<std::string, std::uint64_t> local_;  ///< this rank's share of the sums
    std::map<std::string, std::uint64_t> common_; ///< the same on all ranks
};

} // namespace paget::io
