#pragma once

#include "paget/hdf5/frame.hpp"
#include "paget/hdf5/handle.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace paget::hdf5
{

/// Types of numbers that files hold, all little endian.
enum class NumberType : std::uint8_t { real64, int64, uint64, uint32, uint16, uint8 };

/// A contiguous data set of a file.
struct StoredData {
    NumberType type = NumberType::real64;
    std::vector<hsize_t> shape; ///< slowest dimension first
    DataPlace place;

    std::uint64_t entries() const;
};

using AttributeValue = std::variant<std::int64_t, std::uint64_t, double, std::string>;

/// What is in a file that FileFrame made the frame of: where the values of each data set stand, and all attributes.
/// Read whole at construction; the file is closed then. Only for files that are known to be whole: HDF5 may crash on
/// others. All members throw FileError that names the file. Local, for one rank.
class FileContents
{
public:
    explicit FileContents(const std::string& path);

    /// Throws if there is no such data set.
    const StoredData& data(const std::string& path) const;
    /// Of a group or data set. Throws if there is no such attribute.
    const AttributeValue& attribute(const std::string& path, const std::string& name) const;

    bool has_data(const std::string& path) const { return data_.count(path) != 0; }
    bool has_attribute(const std::string& path, const std::string& name) const;

private:
    void read_object(hid_t file, const std::string& path);
    void read_data(hid_t dataset, const std::string& path);
    void read_attributes(hid_t object, const std::string& path);

    std::string file_;
    std::map<std::string, StoredData> data_;
    std::map<std::string, std::map<std::string, AttributeValue>> attributes_; ///< by path, by name
};

} // namespace paget::hdf5
