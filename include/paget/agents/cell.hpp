#pragma once

#include "paget/core/clock.hpp"
#include "paget/core/ids.hpp"
#include "paget/core/vec3.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace paget::agents
{

/// Position of a cell on the axis between epithelium and mesenchyme.
enum class State : std::uint8_t { epithelial = 0, hybrid = 1, mesenchymal = 2 };
inline constexpr std::size_t state_count = 3;

/// What becomes of a cell. Dead cells stay in the tissue until they are cleared (apoptotic) or dissolved (necrotic).
enum class Fate : std::uint8_t { cycling = 0, dormant = 1, apoptotic = 2, necrotic = 3 };
inline constexpr std::size_t fate_count = 4;

constexpr bool is_living(Fate fate) { return fate == Fate::cycling || fate == Fate::dormant; }

/// Heritable properties that mutate at division; dimensionless, 1 is the founder's level.
struct Traits {
    double il6_response = 1.0;
    double il8_response = 1.0;
    double mmp1 = 1.0;
    double fscn1 = 1.0;
};

/// Volumes of the compartments of a cell [um^3], as in PhysiCell's volume model.
struct Volume {
    double fluid_um3 = 0.0;
    double nuclear_solid_um3 = 0.0;
    double cytoplasmic_solid_um3 = 0.0;

    double total_um3() const { return fluid_um3 + nuclear_solid_um3 + cytoplasmic_solid_um3; }
};

/// The quantities of a cell's circuit of genes (circuit.hpp); all zero in a cell without one, or before it has begun.
inline constexpr std::size_t most_circuit_variables = 9;
using CircuitState = std::array<double, most_circuit_variables>;

/// What befell a cell; kept only in cases that need it.
struct Experience {
    CellId attached_to = no_cell; ///< the cell that it holds and attacks
    Tick divided_at = 0;          ///< when it divided last, or was born
    double damage_min = 0.0;      ///< minutes of attack, weighted by the attackers, less what was repaired
    double exhaustion = 0.0;      ///< 0 fresh, 1 exhausted
};

/// Everything that is known of one cell; what travels when the cell moves to another rank, organ or the blood.
struct CellRecord {
    CellId id;
    CellId parent = no_cell;
    Tick born_at = 0;
    Tick phase_entered_at = 0; ///< tick at which the present phase, or death, began
    Vec3 position_um;
    Vec3 velocity_um_per_min; ///< mechanical velocity of the last sub-step (Adams-Bashforth)
    Vec3 heading;             ///< unit direction of active motion, or zero
    Volume volume;
    Traits traits;
    Experience experience;
    std::uint32_t clone = 0;    ///< number of the founder (or mutant) from which the cell descends
    std::uint16_t journeys = 0; ///< how often it or its ancestors travelled through the blood
    std::uint8_t type = 0;      ///< index of the cell type
    State state = State::epithelial;
    Fate fate = Fate::cycling;
    std::uint8_t phase = 0; ///< index of the phase in the type's cycle
    CircuitState circuit{};
};
static_assert(std::is_trivially_copyable_v<CellRecord>);

/// Causes of death in tissue, for the ledger.
enum class DeathCause : std::uint8_t { apoptosis = 0, necrosis = 1, drug = 2, failed_to_colonise = 3, killed = 4 };
inline constexpr std::size_t death_cause_count = 5;

/// Counts of events of one step on this rank; sums over ranks are exact.
struct Tally {
    std::int64_t founded = 0;
    std::int64_t born = 0;
    std::int64_t arrived = 0;
    std::int64_t shed = 0;
    std::array<std::int64_t, death_cause_count> died{};
    std::int64_t recruited = 0; ///< came through vessels from where nobody counts
    std::int64_t left = 0;      ///< went back there

    Tally& operator+=(const Tally& other);
};

} // namespace paget::agents
