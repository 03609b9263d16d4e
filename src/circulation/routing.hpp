#pragma once

#include "convoy.hpp"

#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::circulation
{

/// Number in [0, places) that follows from the id of a cluster alone.
int place_of(CellId cluster, std::size_t places);

/// Sends the travellers that are not on the rank of their cluster there, and returns those that are now here, sorted by
/// (cluster, id). Collective.
std::vector<Traveller> bring_home(std::vector<Traveller> travellers, const parallel::Communicator& world);

/// Sends arrivals to ranks of their organs, all cells of a cluster to one; returns those for this rank, sorted by id.
/// Collective.
std::vector<Arrival> hand_over(const std::vector<Arrival>& arrivals, const std::vector<std::vector<int>>& organ_ranks,
                               const parallel::Communicator& world);

} // namespace paget::circulation
