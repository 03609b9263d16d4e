#pragma once

#include "paget/agents/cell.hpp"
#include "paget/agents/cell_type.hpp"
#include "paget/core/random.hpp"
#include "paget/organ/description.hpp"

#include <vector>

namespace paget::organ
{

/// The `count` sites of a close packing (2-D: hexagonal) of spheres of the given radius that lie nearest to the grid's
/// centre and inside the box, nearest first; fewer if the box is full.
std::vector<Vec3> packed_sites(const mesh::Grid& grid, double radius_um, std::int64_t count);

/// Founder cells of one [organ.*] section's tumour, with numbers from `first_number` on; every founder starts a clone.
/// Their state is drawn by the given fractions, their phase by the phases' mean durations unless they start in step.
std::vector<agents::CellRecord> place_founders(const Founders& founders, const agents::CellType& type,
                                               std::uint8_t type_index, const mesh::Grid& grid, OrganKey organ,
                                               std::uint64_t first_number, const RandomNumbers& random);

} // namespace paget::organ
