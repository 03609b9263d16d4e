#pragma once

#include "paget/hdf5/handle.hpp"
#include "paget/hdf5/image.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace paget::hdf5
{

/// Where the values of a data set go.
struct DataPlace {
    std::uint64_t address = 0; ///< in the file
    std::uint64_t bytes = 0;
};

/// The frame of an HDF5 file, made in memory by one process: groups, attributes and the shapes of data sets, whose
/// values are written into the file by others, at the addresses told here. HDF5 itself never meets a disk that is full,
/// and the bytes depend only on what is made and in which order: no time stamps, a fixed format version (that of HDF5
/// 1.10, whose metadata carry checksums), contiguous data sets that are allocated when made and never filled.
/// All members throw FileError with the file's name and HDF5's own text. Local.
class FileFrame
{
public:
    /// `name` is for messages only.
    explicit FileFrame(const std::string& name);

    /// Makes a group and its parents unless something of that name is there.
    void make_group(const std::string& path);
    /// A new data set (and its parents) of the given type in the file and shape, slowest dimension first.
    DataPlace make_dataset(const std::string& path, hid_t file_type, const std::vector<hsize_t>& shape);

    /// A number or text of the group or data set at `path`; a group is made unless something of that name is there.
    void write_attribute(const std::string& path, const std::string& name, std::int64_t value);
    void write_attribute(const std::string& path, const std::string& name, std::uint64_t value);
    void write_attribute(const std::string& path, const std::string& name, double value);
    void write_attribute(const std::string& path, const std::string& name, const std::string& text);

    /// Ends the making and returns the bytes of everything but the data sets' values.
    const Image& finish();

private:
    void make_parents(const std::string& path);
    void write_plain_attribute(const std::string& path, const std::string& name, hid_t file_type, hid_t memory_type,
                               const void* value);

    std::string name_;
    std::unique_ptr<Image> image_; ///< on the heap: HDF5 keeps its address
    Driver driver_;
    File file_;
    std::set<std::string> made_; ///< groups and data sets
};

/// The type of T in files (little endian on every machine) and in memory.
template <class T>
struct TypeOf;
template <>
struct TypeOf<double> {
    static hid_t file() { return H5T_IEEE_F64LE; }
    static hid_t memory() { return H5T_NATIVE_DOUBLE; }
};
template <>
struct TypeOf<std::int64_t> {
    static hid_t file() { return H5T_STD_I64LE; }
    static hid_t memory() { return H5T_NATIVE_INT64; }
};
template <>
struct TypeOf<std::uint64_t> {
    static hid_t file() { return H5T_STD_U64LE; }
    static hid_t memory() { return H5T_NATIVE_UINT64; }
};
template <>
struct TypeOf<std::uint32_t> {
    static hid_t file() { return H5T_STD_U32LE; }
    static hid_t memory() { return H5T_NATIVE_UINT32; }
};
template <>
struct TypeOf<std::uint16_t> {
    static hid_t file() { return H5T_STD_U16LE; }
    static hid_t memory() { return H5T_NATIVE_UINT16; }
};
template <>
struct TypeOf<std::uint8_t> {
    static hid_t file() { return H5T_STD_U8LE; }
    static hid_t memory() { return H5T_NATIVE_UINT8; }
};

} // namespace paget::hdf5
