#pragma once

#include "paget/agents/journey.hpp"

#include <array>
#include <cstdint>

namespace paget::circulation
{

/// Causes of death between leaving a tissue and entering one.
enum class BloodDeath : std::uint8_t { anoikis = 0, shear = 1, nk_cell = 2, arrested_too_long = 3 };
inline constexpr std::size_t blood_death_count = 4;

using agents::Arrival;
using agents::ShedCell;

/// An arrival in an organ of which no tissue is simulated.
struct LumpedArrival : Arrival {
    std::int32_t bed = -1; ///< index in VascularGraph::beds()
};

/// A cell between tissues. Cells that travel together agree in all that follows the cell itself.
struct Traveller {
    agents::CellRecord cell;
    CellId cluster; ///< smallest id (the leader's) of the cells that travel together: cell.id for a single
    OrganId source = OrganId::none;
    Tick shed_at = 0;
    Tick arrested_at = 0;       ///< meaningful while arrested
    std::int32_t bed = -1;      ///< bed in which it is arrested; -1: flowing
    double minutes_ahead = 0.0; ///< from the present tick until it leaves the place in which it flows
    std::int32_t location = -1; ///< bed it flows in, -1 the veins, -2 the arteries
    std::uint64_t passes = 0;   ///< random draws used on this journey; 0: has not entered the blood yet
};
static_assert(std::is_trivially_copyable_v<Traveller>);

/// Counts since the start of the run; summed over ranks they are exact.
struct BloodLedger {
    std::int64_t shed = 0;
    std::array<std::int64_t, blood_death_count> died{};
    std::int64_t extravasated = 0;        ///< into resolved organs
    std::int64_t extravasated_lumped = 0; ///< into organs that are not resolved
};

/// What is in blood and lymph now.
struct BloodCount {
    std::int64_t flowing_singles = 0;
    std::int64_t flowing_clusters = 0;
    std::int64_t flowing_cells = 0;  ///< singles and members of clusters
    std::int64_t arrested_cells = 0; ///< also in lymph nodes
    std::int64_t lymph_cells = 0;    ///< under way in lymph; not among the flowing ones, which are in the blood

    /// Cells between tissues.
    std::int64_t all_cells() const { return flowing_cells + arrested_cells + lymph_cells; }
};

} // namespace paget::circulation
