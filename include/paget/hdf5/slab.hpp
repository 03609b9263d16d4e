#pragma once

#include "paget/hdf5/handle.hpp"

#include <string>
#include <vector>

namespace paget::hdf5
{

/// A rectangular part of a data set, slowest dimension first. An extent of 0 on any axis: nothing.
struct Slab {
    std::vector<hsize_t> start;
    std::vector<hsize_t> count;

    hsize_t size() const;
};

/// How a slab is written: by this rank alone, or by all ranks of the file in one collective transfer.
enum class Transfer { independent, collective };

/// Writes `data`, in the order of the data set, to a slab of it. Throws FileError if it fails on this rank; other ranks
/// may have succeeded. Collective if `transfer` is (ranks without a part hand in an empty slab). A data set without any
/// element is left alone: HDF5 1.10 fails on a collective transfer of nothing ("addr overflow").
void write_slab(const Dataset& dataset, const Slab& slab, hid_t memory_type, const void* data, Transfer transfer,
                const std::string& file);

} // namespace paget::hdf5
