#include "paget/hdf5/file.hpp"

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
    // Closing a file closes what is open in it: a data set must not keep a failed file alive.
    checked(path, "prepare", [&] { return H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG); });
    checked(path, "prepare", [&] { return H5Pset_alignment(access.id(), alignment_bytes, alignment_bytes); });
    return access;
}

PropertyList shared_access(const std::string& path, const parallel::Communicator& comm)
{
    PropertyList access = file_access(path);
    checked(path, "prepare", [&] { return H5Pset_fapl_mpio(access.id(), comm.handle(), MPI_INFO_NULL); });
    checked(path, "prepare", [&] { return H5Pset_coll_metadata_write(access.id(), true); });
    return access;
}

/// Nobody reads a file of this rank before it is whole and renamed; locks would only fail where the file system has
/// none.
PropertyList private_access(const std::string& path)
{
    PropertyList access = file_access(path);
    checked(path, "prepare", [&] { return H5Pset_file_locking(access.id(), false, true); });
    return access;
}

/// Creation properties of any object, without times of creation and change.
PropertyList timeless(hid_t list_class, const std::string& path)
{
    PropertyList creation = make_list(list_class, path);
    checked(path, "prepare", [&] { return H5Pset_obj_track_times(creation.id(), false); });
    return creation;
}

File create(const std::string& path, const PropertyList& access)
{
    const PropertyList creation = timeless(H5P_FILE_CREATE, path);
    return File{
        checked(path, "create", [&] { return H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()); })};
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

NewFile::NewFile(const std::string& path) : path_(path), file_(create(path, private_access(path))) {}

NewFile::NewFile(const std::string& path, const parallel::Communicator& comm)
    : path_(path),
      file_(create(path, shared_access(path, comm)))
{
}

void NewFile::make_parents(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0) {
        make_group(path.substr(0, slash));
    }
}

void NewFile::make_group(const std::string& path)
{
    if (path == "/" || made_.count(path) != 0) {
        return;
    }
    make_parents(path);
    const PropertyList creation = timeless(H5P_GROUP_CREATE, path_);
    const Group made{checked(path_, "make group " + path + " in",
                             [&] { return H5Gcreate2(id(), path.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT); })};
    made_.insert(path);
}

Dataset NewFile::make_dataset(const std::string& path, hid_t file_type, const std::vector<hsize_t>& shape)
{
    make_parents(path);
    const std::string doing = "make data set " + path + " in";
    const Dataspace space{
        checked(path_, doing, [&] { return H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr); })};
    const PropertyList creation = dataset_creation(path_);
    Dataset dataset{checked(path_, doing, [&] {
        return H5Dcreate2(id(), path.c_str(), file_type, space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT);
    })};
    made_.insert(path);
    return dataset;
}

void NewFile::write_plain_attribute(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type,
                                    const void* value)
{
    const std::string doing = "write attribute " + name + " to";
    const Dataspace space{checked(path_, doing, [] { return H5Screate(H5S_SCALAR); })};
    const Attribute attribute{checked(path_, doing, [&] {
        return H5Acreate2(object, name.c_str(), file_type, space.id(), H5P_DEFAULT, H5P_DEFAULT);
    })};
    checked(path_, doing, [&] { return H5Awrite(attribute.id(), memory_type, value); });
}

void NewFile::write_attribute(hid_t object, const std::string& name, std::int64_t value)
{
    write_plain_attribute(object, name, TypeOf<std::int64_t>::file(), TypeOf<std::int64_t>::memory(), &value);
}

void NewFile::write_attribute(hid_t object, const std::string& name, std::uint64_t value)
{
    write_plain_attribute(object, name, TypeOf<std::uint64_t>::file(), TypeOf<std::uint64_t>::memory(), &value);
}

void NewFile::write_attribute(hid_t object, const std::string& name, double value)
{
    write_plain_attribute(object, name, TypeOf<double>::file(), TypeOf<double>::memory(), &value);
}

void NewFile::write_attribute(hid_t object, const std::string& name, const std::string& text)
{
    const std::string doing = "write attribute " + name + " to";
    const Datatype type{checked(path_, doing, [] { return H5Tcopy(H5T_C_S1); })};
    checked(path_, doing, [&] { return H5Tset_size(type.id(), text.size() + 1); });
    checked(path_, doing, [&] { return H5Tset_cset(type.id(), H5T_CSET_UTF8); });
    write_plain_attribute(object, name, type.id(), type.id(), text.c_str());
}

void NewFile::flush()
{
    checked(path_, "write", [&] { return H5Fflush(id(), H5F_SCOPE_GLOBAL); });
}

void NewFile::close() { file_.close(path_, "close"); }

} // namespace paget::hdf5
