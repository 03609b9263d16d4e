#include "paget/hdf5/frame.hpp"

namespace paget::hdf5
{
namespace
{
/// Data sets from this size on start at a multiple of it: the stripe of a parallel file system.
constexpr hsize_t alignment_bytes = hsize_t{1} << 20U;

PropertyList make_list(hid_t list_class, const std::string& path)
{
    return PropertyList{checked(path, "prepare", [&] { return H5Pcreate(list_class); })};
}

/// Access with a fixed format version: bytes must not depend on the library's defaults.
PropertyList file_access(const std::string& path)
{
    PropertyList access = make_list(H5P_FILE_ACCESS, path);
    checked(path, "prepare", [&] { return H5Pset_libver_bounds(access.id(), H5F_LIBVER_V110, H5F_LIBVER_V110); });
    checked(path, "prepare", [&] { return H5Pset_alignment(access.id(), alignment_bytes, alignment_bytes); });
    return access;
}

/// Creation properties of any object, without times of creation and change.
PropertyList timeless(hid_t list_class, const std::string& path)
{
    PropertyList creation = make_list(list_class, path);
    checked(path, "prepare", [&] { return H5Pset_obj_track_times(creation.id(), false); });
    return creation;
}

File create(const std::string& name, const Driver& driver, Image& image)
{
    const PropertyList access = file_access(name);
    use_image(access, driver, image, name);
    const PropertyList creation = timeless(H5P_FILE_CREATE, name);
    return File{
        checked(name, "prepare", [&] { return H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()); })};
}

PropertyList dataset_creation(const std::string& path)
{
    PropertyList creation = timeless(H5P_DATASET_CREATE, path);
    checked(path, "prepare", [&] { return H5Pset_layout(creation.id(), H5D_CONTIGUOUS); });
    checked(path, "prepare", [&] { return H5Pset_alloc_time(creation.id(), H5D_ALLOC_TIME_EARLY); });
    checked(path, "prepare", [&] { return H5Pset_fill_time(creation.id(), H5D_FILL_TIME_NEVER); });
    return creation;
}
} // namespace

FileFrame::FileFrame(const std::string& name)
    : name_(name),
      image_(std::make_unique<Image>()),
      driver_(make_image_driver(name)),
      file_(create(name, driver_, *image_))
{
}

void FileFrame::make_parents(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0) {
        make_group(path.substr(0, slash));
    }
}

void FileFrame::make_group(const std::string& path)
{
    if (path == "/" || made_.count(path) != 0) {
        return;
    }
    make_parents(path);
    const PropertyList creation = timeless(H5P_GROUP_CREATE, name_);
    const Group made{checked(name_, "make group " + path + " in", [&] {
        return H5Gcreate2(file_.id(), path.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT);
    })};
    made_.insert(path);
}

DataPlace FileFrame::make_dataset(const std::string& path, hid_t file_type, const std::vector<hsize_t>& shape)
{
    make_parents(path);
    const std::string doing = "make data set " + path + " in";
    const Dataspace space{
        checked(name_, doing, [&] { return H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr); })};
    const PropertyList creation = dataset_creation(name_);
    const Dataset dataset{checked(name_, doing, [&] {
        return H5Dcreate2(file_.id(), path.c_str(), file_type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT);
    })};
    made_.insert(path);
    const hsize_t bytes = H5Dget_storage_size(dataset.id());
    return {bytes > 0 ? H5Dget_offset(dataset.id()) : 0, bytes};
}

void FileFrame::write_plain_attribute(const std::string& path, const std::string& name, hid_t file_type,
                                      hid_t memory_type, const void* value)
{
    make_group(path);
    const std::string doing = "write attribute " + name + " to";
    const Dataspace space{checked(name_, doing, [] { return H5Screate(H5S_SCALAR); })};
    const Attribute attribute{checked(name_, doing, [&] {
        return H5Acreate_by_name(file_.id(), path.c_str(), name.c_str(), file_type, space.id(), H5P_DEFAULT,
                                 H5P_DEFAULT, H5P_DEFAULT);
    })};
    checked(name_, doing, [&] { return H5Awrite(attribute.id(), memory_type, value); });
}

void FileFrame::write_attribute(const std::string& path, const std::string& name, std::int64_t value)
{
    write_plain_attribute(path, name, TypeOf<std::int64_t>::file(), TypeOf<std::int64_t>::memory(), &value);
}

void FileFrame::write_attribute(const std::string& path, const std::string& name, std::uint64_t value)
{
    write_plain_attribute(path, name, TypeOf<std::uint64_t>::file(), TypeOf<std::uint64_t>::memory(), &value);
}

void FileFrame::write_attribute(const std::string& path, const std::string& name, double value)
{
    write_plain_attribute(path, name, TypeOf<double>::file(), TypeOf<double>::memory(), &value);
}

void FileFrame::write_attribute(const std::string& path, const std::string& name, const std::string& text)
{
    const std::string doing = "write attribute " + name + " to";
    const Datatype type{checked(name_, doing, [] { return H5Tcopy(H5T_C_S1); })};
    checked(name_, doing, [&] { return H5Tset_size(type.id(), text.size() + 1); });
    checked(name_, doing, [&] { return H5Tset_cset(type.id(), H5T_CSET_UTF8); });
    write_plain_attribute(path, name, type.id(), type.id(), text.c_str());
}

const Image& FileFrame::finish()
{
    if (file_.is_open()) {
        file_.close(name_, "finish");
    }
    return *image_;
}

} // namespace paget::hdf5
