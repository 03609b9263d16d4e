#pragma once

#include "paget/circulation/traveller.hpp"

#include <span>
#include <vector>

namespace paget::circulation
{

/// Places of flow that are not beds (Traveller::location).
inline constexpr std::int32_t in_veins = -1;
inline constexpr std::int32_t in_arteries = -2;
/// Traveller::bed of what flows.
inline constexpr std::int32_t not_arrested = -1;

/// Cells that travel together, a single or a cluster, with the journey that they share. Ascending by id; the first
/// leads: its traits decide for all, and its id keys their common random numbers.
struct Convoy {
    std::vector<agents::CellRecord> cells;
    OrganId source = OrganId::none;
    Tick shed_at = 0;
    Tick arrested_at = 0;
    std::int32_t bed = not_arrested;
    double minutes_ahead = 0.0;
    std::int32_t location = in_veins;
    std::uint64_t passes = 0;

    bool empty() const { return cells.empty(); }
    bool is_cluster() const { return cells.size() > 1; }
    bool flows() const { return bed == not_arrested; }
    bool has_just_been_shed() const { return passes == 0; }
    const agents::CellRecord& leader() const { return cells.front(); }

    /// The same journey for other cells.
    Convoy with(std::vector<agents::CellRecord> others) const;
};

/// By (cluster, id), the order in which travellers are kept.
bool travels_before(const Traveller& a, const Traveller& b);

Convoy convoy_of(std::span<const Traveller> together);
void append(const Convoy& convoy, std::vector<Traveller>& travellers);

/// End of the travellers that travel with the one at `begin`, in sorted travellers.
std::size_t end_of_convoy(std::span<const Traveller> sorted, std::size_t begin);

} // namespace paget::circulation
