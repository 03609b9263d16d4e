#pragma once

#include "paget/body/description.hpp"
#include "snapshot.hpp"

#include <string>
#include <vector>

namespace paget::output
{

// Texts in XDMF 2 that tell ParaView how to read the HDF5 files of a run: a series in time (hours) of collections of
// organs. ParaView 5.11 reads them without a converter (VTKHDF of that version reads no cell-centred grids).

/// Fields, one value per voxel, on grids that stand side by side.
std::string fields_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots);
/// Cells as points with attributes; organs without cells at a time are left out then.
std::string cells_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots);
/// Vessels as lines. They do not change in time, unless they grow in some organ: then there is one set per snapshot.
std::string vessels_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots);

} // namespace paget::output
