#pragma once

#include "paget/io/state.hpp"
#include "paget/parallel/communicator.hpp"

#include <memory>
#include <string>

namespace paget::io
{

/// Reads a file that Hdf5StateWriter made. Rank 0 lets HDF5 tell where the values stand; every rank reads its own with
/// plain system calls.
class Hdf5StateReader : public StateReader
{
public:
    /// Checks the whole file, byte for byte, before anything of it is believed. Throws FileError on all ranks, saying
    /// what is wrong, if it is not there or damaged. `world` must outlive the reader. Collective.
    Hdf5StateReader(const std::string& path, const parallel::Communicator& world);
    ~Hdf5StateReader() override;
    Hdf5StateReader(const Hdf5StateReader&) = delete;
    Hdf5StateReader& operator=(const Hdf5StateReader&) = delete;

    bool has_column(const std::string& path) override;
    std::uint64_t column_size(const std::string& path) override;
    void read_column(const std::string& path, std::uint64_t first, ColumnRoom mine) override;
    void read_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                    std::span<double> mine) override;
    Attribute read_attribute(const std::string& path, const std::string& name) override;

    /// Collective.
    bool has_attribute(const std::string& path, const std::string& name);

    const std::string& path() const;
    /// Size of the file. The same on all ranks. Local.
    std::uint64_t bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace paget::io
