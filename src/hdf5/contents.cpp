#include "paget/hdf5/contents.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

namespace paget::hdf5
{
namespace
{
File open_to_read(const std::string& path)
{
    const PropertyList access{checked(path, "prepare to read", [] { return H5Pcreate(H5P_FILE_ACCESS); })};
    // Nobody writes into a file that bears its final name, and many parallel file systems know no locks.
    checked(path, "prepare to read", [&] { return H5Pset_file_locking(access.id(), false, true); });
    return File{checked(path, "open", [&] { return H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()); })};
}

herr_t note_link(hid_t, const char* name, const H5L_info_t*, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

herr_t note_attribute(hid_t, const char* name, const H5A_info_t*, void* names)
{
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

std::optional<NumberType> number_type(hid_t type)
{
    const std::array<std::pair<hid_t, NumberType>, 6> known{{{TypeOf<double>::file(), NumberType::real64},
                                                             {TypeOf<std::int64_t>::file(), NumberType::int64},
                                                             {TypeOf<std::uint64_t>::file(), NumberType::uint64},
                                                             {TypeOf<std::uint32_t>::file(), NumberType::uint32},
                                                             {TypeOf<std::uint16_t>::file(), NumberType::uint16},
                                                             {TypeOf<std::uint8_t>::file(), NumberType::uint8}}};
    for (const auto& [id, name] : known) {
        if (H5Tequal(type, id) > 0) {
            return name;
        }
    }
    return std::nullopt;
}

template <class T>
AttributeValue read_number(hid_t attribute, const std::string& file, const std::string& doing)
{
    T value{};
    checked(file, doing, [&] { return H5Aread(attribute, TypeOf<T>::memory(), &value); });
    return value;
}

AttributeValue read_text(hid_t attribute, hid_t type, const std::string& file, const std::string& doing)
{
    std::string text(H5Tget_size(type), '\0');
    checked(file, doing, [&] { return H5Aread(attribute, type, text.data()); });
    text.resize(text.find_last_not_of('\0') + 1); // npos + 1: nothing but zeros
    return text;
}

AttributeValue read_value(hid_t attribute, const std::string& file, const std::string& doing)
{
    const Datatype type{checked(file, doing, [&] { return H5Aget_type(attribute); })};
    if (H5Tget_class(type.id()) == H5T_STRING) {
        return read_text(attribute, type.id(), file, doing);
    }
    const auto number = number_type(type.id());
    if (number == NumberType::int64) {
        return read_number<std::int64_t>(attribute, file, doing);
    }
    if (number == NumberType::uint64) {
        return read_number<std::uint64_t>(attribute, file, doing);
    }
    if (number == NumberType::real64) {
        return read_number<double>(attribute, file, doing);
    }
    throw FileError(fmt::format("cannot {} {}: it is of a type that Paget does not write", doing, file));
}
} // namespace

std::uint64_t StoredData::entries() const
{
    return std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
}

FileContents::FileContents(const std::string& path) : file_(path)
{
    File file = open_to_read(path);
    std::vector<std::string> names;
    checked(path, "list what is in",
            [&] { return H5Lvisit(file.id(), H5_INDEX_NAME, H5_ITER_INC, note_link, &names); });
    read_object(file.id(), "/");
    for (const std::string& name : names) {
        read_object(file.id(), "/" + name);
    }
    file.close(path, "close");
}

void FileContents::read_object(hid_t file, const std::string& path)
{
    const Object object{
        checked(file_, "open " + path + " of", [&] { return H5Oopen(file, path.c_str(), H5P_DEFAULT); })};
    if (H5Iget_type(object.id()) == H5I_DATASET) {
        read_data(object.id(), path);
    }
    read_attributes(object.id(), path);
}

void FileContents::read_data(hid_t dataset, const std::string& path)
{
    const std::string doing = "read data set " + path + " of";
    const Datatype type{checked(file_, doing, [&] { return H5Dget_type(dataset); })};
    const Dataspace space{checked(file_, doing, [&] { return H5Dget_space(dataset); })};
    const auto number = number_type(type.id());
    if (!number) {
        throw FileError(fmt::format("cannot {} {}: its numbers are of a type that Paget does not write", doing, file_));
    }
    StoredData data;
    data.type = *number;
    data.shape.resize(
        static_cast<std::size_t>(checked(file_, doing, [&] { return H5Sget_simple_extent_ndims(space.id()); })));
    checked(file_, doing, [&] { return H5Sget_simple_extent_dims(space.id(), data.shape.data(), nullptr); });
    data.place.bytes = H5Dget_storage_size(dataset);
    data.place.address = data.place.bytes > 0 ? H5Dget_offset(dataset) : 0;
    if (data.place.address == HADDR_UNDEF || data.place.bytes != data.entries() * H5Tget_size(type.id())) {
        throw FileError(fmt::format("cannot {} {}: it is not stored in one piece", doing, file_));
    }
    data_.emplace(path, std::move(data));
}

void FileContents::read_attributes(hid_t object, const std::string& path)
{
    std::vector<std::string> names;
    checked(file_, "list attributes of " + path + " of",
            [&] { return H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, note_attribute, &names); });
    for (const std::string& name : names) {
        const std::string doing = fmt::format("read attribute {} of {} of", name, path);
        const Attribute attribute{checked(file_, doing, [&] { return H5Aopen(object, name.c_str(), H5P_DEFAULT); })};
        attributes_[path].emplace(name, read_value(attribute.id(), file_, doing));
    }
}

const StoredData& FileContents::data(const std::string& path) const
{
    const auto found = data_.find(path);
    if (found == data_.end()) {
        throw FileError(fmt::format("{} has no data set {}", file_, path));
    }
    return found->second;
}

bool FileContents::has_attribute(const std::string& path, const std::string& name) const
{
    const auto object = attributes_.find(path);
    return object != attributes_.end() && object->second.count(name) != 0;
}

const AttributeValue& FileContents::attribute(const std::string& path, const std::string& name) const
{
    if (!has_attribute(path, name)) {
        throw FileError(fmt::format("{} has no attribute {} of {}", file_, name, path));
    }
    return attributes_.at(path).at(name);
}

} // namespace paget::hdf5
