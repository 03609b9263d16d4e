#pragma once

#include "paget/hdf5/handle.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace paget::hdf5
{

/// An HDF5 file being written whose bytes depend only on what is written and in which order: no time stamps, a fixed
/// format version (that of HDF5 1.10, whose metadata carry checksums), contiguous data sets that are allocated when
/// made and never filled. All functions throw FileError with the file's name and HDF5's own text. A file of several
/// ranks is collective in every call.
class NewFile
{
public:
    /// A file of this rank alone. Replaces an existing one.
    explicit NewFile(const std::string& path);
    /// A file that all ranks of `comm` write together, also if it is only one. Collective.
    NewFile(const std::string& path, const parallel::Communicator& comm);

    const std::string& path() const { return path_; }
    hid_t id() const { return file_.id(); }

    /// Makes the groups on the way to `path` ("/a/b/c" makes /a and /a/b) that are not there yet.
    void make_parents(const std::string& path);
    /// Makes a group and its parents unless something of that name is there.
    void make_group(const std::string& path);
    /// A new data set (and its parents) of the given type in the file and shape, slowest dimension first.
    Dataset make_dataset(const std::string& path, hid_t file_type, const std::vector<hsize_t>& shape);

    /// A number or text of `object`, which is a data set or group of this file.
    void write_attribute(hid_t object, const std::string& name, std::int64_t value);
    void write_attribute(hid_t object, const std::string& name, std::uint64_t value);
    void write_attribute(hid_t object, const std::string& name, double value);
    void write_attribute(hid_t object, const std::string& name, const std::string& text);
    /// As above, of what stands at `path`; a group of that name is made unless something is there.
    template <class Value>
    void write_attribute(const std::string& path, const std::string& name, const Value& value)
    {
        make_group(path);
        const Handle<H5Oclose> object{
            checked(path_, "open " + path + " of", [&] { return H5Oopen(id(), path.c_str(), H5P_DEFAULT); })};
        write_attribute(object.id(), name, value);
    }

    /// Hands everything to the file system. Collective for a file of several ranks.
    void flush();
    /// Closes; nothing may be written afterwards. Collective for a file of several ranks.
    void close();
    /// Forgets the file without closing it: only where a failure elsewhere makes a collective close impossible.
    void abandon() { file_.release(); }
    bool is_open() const { return file_.is_open(); }

private:
    void write_plain_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type,
                               const void* value);

    std::string path_;
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
