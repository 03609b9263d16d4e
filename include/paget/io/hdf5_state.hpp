#pragma once

#include "paget/io/state.hpp"
#include "paget/parallel/communicator.hpp"

#include <memory>
#include <string>

namespace paget::io
{

/// Writes a state into one HDF5 file, collectively, one contiguous data set per piece with a checksum attribute that
/// does not depend on the cut, and a seal over all bytes at the end. The file is written under another name and renamed
/// by commit(), so that a file of the final name is always whole. The bytes of the file depend on the state only, not
/// on the number of ranks or the time of day.
class Hdf5StateWriter : public StateWriter
{
public:
    /// Creates `path` + ".part". Throws FileError, on all ranks alike, if it cannot. Collective over `world`.
    Hdf5StateWriter(const std::string& path, const parallel::Communicator& world);
    /// Removes the partial file if commit() was not called.
    ~Hdf5StateWriter() override;
    Hdf5StateWriter(const Hdf5StateWriter&) = delete;
    Hdf5StateWriter& operator=(const Hdf5StateWriter&) = delete;

    void begin_column(const std::string& path, std::uint64_t total, Column like) override;
    void write_part(const std::string& path, std::uint64_t first, Column mine) override;
    void end_column(const std::string& path) override;
    void write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                     std::span<const double> mine) override;
    void write_attribute(const std::string& path, const std::string& name, const Attribute& value) override;

    /// The state hash (as StateHash gives it) of all that was written up to now. The same on all ranks. Local.
    std::uint64_t hash() const;

    /// Closes, syncs, reads back and compares, and renames. Throws FileError on all ranks if anything failed.
    /// Collective.
    void commit();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::io
