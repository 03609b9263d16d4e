#pragma once

#include "paget/body/description.hpp"
#include "paget/io/state.hpp"
#include "paget/mesh/layout.hpp"

#include <vector>

namespace paget::body
{

/// Loads of all organs without any work: their grids, and how narrow their parts may be. Local.
std::vector<mesh::OrganLoad> empty_loads(const BodyDescription& description);

/// Share of an organ's work on fields that each of its ranks repeats: the multigrid's grids that all of them hold
/// whole.
double repeated_share(const mesh::Grid& grid);

/// Estimated work of each organ where its voxels and its saved cells are. Collective over `world`.
std::vector<mesh::OrganLoad> saved_loads(const BodyDescription& description, const parallel::Communicator& world,
                                         io::StateReader& saved);

} // namespace paget::body
