#include "paget/hdf5/slab.hpp"

#include <cstddef>

namespace paget::hdf5
{
namespace
{
void select(const Dataspace& space, const Slab& slab, const std::string& file)
{
    checked(file, "select a part of a data set of", [&] {
        return slab.size() == 0 ? H5Sselect_none(space.id())
                                : H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, slab.start.data(), nullptr,
                                                      slab.count.data(), nullptr);
    });
}

PropertyList transfer_list(Transfer transfer, const std::string& file)
{
    PropertyList list{checked(file, "prepare", [] { return H5Pcreate(H5P_DATASET_XFER); })};
    if (transfer == Transfer::collective) {
        checked(file, "prepare", [&] { return H5Pset_dxpl_mpio(list.id(), H5FD_MPIO_COLLECTIVE); });
    }
    return list;
}
} // namespace

hsize_t Slab::size() const
{
    hsize_t product = 1;
    for (const hsize_t extent : count) {
        product *= extent;
    }
    return product;
}

void write_slab(const Dataset& dataset, const Slab& slab, hid_t memory_type, const void* data, Transfer transfer,
                const std::string& file)
{
    const std::string doing = "write a data set of";
    const Dataspace in_file{checked(file, doing, [&] { return H5Dget_space(dataset.id()); })};
    if (checked(file, doing, [&] { return H5Sget_simple_extent_npoints(in_file.id()); }) == 0) {
        return;
    }
    select(in_file, slab, file);
    const hsize_t elements = slab.size();
    const Dataspace in_memory{checked(file, doing, [&] { return H5Screate_simple(1, &elements, nullptr); })};
    const PropertyList list = transfer_list(transfer, file);
    // A rank without a part has no data to point at, but HDF5 wants an address.
    const std::byte nothing{};
    checked(file, doing, [&] {
        return H5Dwrite(dataset.id(), memory_type, in_memory.id(), in_file.id(), list.id(),
                        data != nullptr ? data : &nothing);
    });
}

} // namespace paget::hdf5
