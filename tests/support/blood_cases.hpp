#pragma once

// Beds, cells and tallies that the tests of the circulation share.

#include "paget/circulation/circulation.hpp"
#include "paget/core/hash.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace paget::circulation::cases
{

inline constexpr OrganId breast{0};
inline constexpr OrganId lung{1};
inline constexpr Tick minute = ticks_per_minute;

inline agents::CellRecord cell(std::uint64_t number)
{
    agents::CellRecord record;
    record.id = CellId::make(OrganKey{0}, number);
    record.clone = static_cast<std::uint32_t>(number % 7);
    return record;
}

/// `count` cells with successive ids that enter the blood together.
inline std::vector<ShedCell> cluster(std::uint64_t first, int count, OrganId source = breast)
{
    std::vector<ShedCell> cells;
    for (int i = 0; i < count; ++i) {
        cells.push_back({cell(first + static_cast<std::uint64_t>(i)), CellId::make(OrganKey{0}, first), source});
    }
    return cells;
}

/// `count` singles with ids from `first` on.
inline std::vector<ShedCell> singles(std::uint64_t first, int count, OrganId source = breast)
{
    std::vector<ShedCell> cells;
    for (int i = 0; i < count; ++i) {
        const auto record = cell(first + static_cast<std::uint64_t>(i));
        cells.push_back({record, record.id, source});
    }
    return cells;
}

inline Bed bed(const std::string& name, OrganId organ, double flow_share, double capture, Vessel drains_to = {})
{
    Bed b;
    b.name = name;
    b.organ = organ;
    b.flow_share = flow_share;
    b.drains_to = drains_to;
    b.capture_single = capture;
    b.capture_cluster = capture;
    return b;
}

inline Bed lung_bed(double capture)
{
    Bed b = bed("lung", lung, 0.0, capture, {Vessel::Kind::arteries});
    b.inflow = Inflow::veins;
    return b;
}

/// Breast, lung, and a lumped rest of the body that takes `rest_share` of the flow to the breast's 1.
inline std::vector<Bed> small_body(double capture, double rest_share = 1.0)
{
    return {bed("breast", breast, 1.0, capture), lung_bed(capture), bed("rest", OrganId::none, rest_share, capture)};
}

inline VascularGraph small_graph(double capture) { return VascularGraph(small_body(capture), 0.6, 0.14); }

/// Takes the arrivals of both organs on this rank.
inline std::vector<Arrival> take_arrivals(Circulation& blood)
{
    std::vector<Arrival> all = blood.arrivals(breast);
    const std::vector<Arrival> of_lung = blood.arrivals(lung);
    all.insert(all.end(), of_lung.begin(), of_lung.end());
    return all;
}

/// What the ledger misses: shed - (in blood + dead + extravasated). Collective.
inline std::int64_t ledger_gap(const Circulation& blood)
{
    const BloodLedger ledger = blood.ledger();
    const BloodCount count = blood.count();
    std::int64_t found = count.all_cells() + ledger.extravasated + ledger.extravasated_lumped;
    for (const std::int64_t dead : ledger.died) {
        found += dead;
    }
    return ledger.shed - found;
}

/// Standard errors of a binomial count from its expectation.
inline double standard_errors(double count, double trials, double probability)
{
    return (count - trials * probability) / std::sqrt(trials * probability * (1.0 - probability));
}

/// Checksum of a traveller, field by field.
inline void add_to(UnorderedChecksum& sum, const Traveller& t)
{
    const std::uint64_t id = t.cell.id.value;
    sum.add(id ^ 1U, t.cluster.value);
    sum.add(id ^ 2U, static_cast<std::uint64_t>(t.shed_at) ^ (static_cast<std::uint64_t>(t.arrested_at) << 20U));
    sum.add(id ^ 3U, static_cast<std::uint64_t>(t.bed + 10) ^ (static_cast<std::uint64_t>(t.location + 10) << 32U));
    sum.add(id ^ 4U, t.minutes_ahead);
    sum.add(id ^ 5U, t.passes ^ (std::uint64_t{t.cell.journeys} << 40U) ^ (std::uint64_t{t.cell.clone} << 8U));
}

inline void add_to(UnorderedChecksum& sum, const Arrival& a)
{
    const std::uint64_t id = ~a.cell.id.value;
    sum.add(id ^ 1U, a.cluster.value);
    sum.add(id ^ 2U, static_cast<std::uint64_t>(a.shed_at) ^ (static_cast<std::uint64_t>(a.arrived_at) << 20U));
    sum.add(id ^ 3U, static_cast<std::uint64_t>(index_of(a.destination) + 10) ^
                         (static_cast<std::uint64_t>(a.cluster_size) << 32U));
    sum.add(id ^ 4U, std::uint64_t{a.cell.journeys});
}

/// Laws under which everything that can happen to a cell happens often.
inline JourneyParameters eventful_journey()
{
    JourneyParameters journey;
    journey.disaggregation_probability = 0.3;
    journey.survival_single = 0.8;
    journey.survival_cluster = 0.9;
    journey.shear_death_per_min = 0.2;
    journey.flow_death_per_min = 0.02;
    journey.cluster_protection = 0.5;
    journey.extravasation_per_min = 0.02;
    journey.arrest_death_per_min = 0.005;
    journey.nk_encounters_per_min = 0.05;
    journey.nk_lethality = 0.5;
    journey.nk_lethality_plateau_min = 20.0;
    journey.nk_lethality_end_min = 90.0;
    return journey;
}

} // namespace paget::circulation::cases
