#pragma once

#include "paget/body/description.hpp"
#include "paget/circulation/traveller.hpp"
#include "paget/io/state.hpp"
#include "paget/mesh/layout.hpp"
#include "paget/organ/organ_state.hpp"

#include <vector>

namespace paget::body
{

// What Body::write_state wrote, read back, for any number of ranks. All are collective over the world and throw
// FileError on all ranks alike if a piece is missing or does not fit the description.

/// This rank's part of an organ; on ranks that do not work on it a state without cells and voxels. Throws InputError if
/// the organ's vessels are not those of the saved state.
organ::OrganState read_organ(io::StateReader& reader, const BodyDescription& description, std::size_t index,
                             const mesh::OrganPlacement& placement, const parallel::Communicator& world);

/// A part of the cells in the blood.
std::vector<circulation::Traveller> read_travellers(io::StateReader& reader, const BodyDescription& description,
                                                    const parallel::Communicator& world);

circulation::BloodLedger read_blood_ledger(io::StateReader& reader, const parallel::Communicator& world);

std::vector<double> read_drugs(io::StateReader& reader, const BodyDescription& description,
                               const parallel::Communicator& world);

/// Readiness of all organs' niches; all zero if the description has none.
std::vector<double> read_niches(io::StateReader& reader, const BodyDescription& description,
                                const parallel::Communicator& world);

} // namespace paget::body
