#pragma once

#include "columns.hpp"
#include "crowding.hpp"
#include "ruled_values.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/agents/population.hpp"
#include "paget/core/clock.hpp"
#include "paget/core/ids.hpp"
#include "paget/core/math.hpp"
#include "paget/core/random.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// What every behaviour works on. Events of a step are dated to its end; random numbers are keyed by cell and by the
/// tick at which the step begins.
struct Decision {
    Columns& cells;
    const std::vector<CellType>& types;
    const Environment& environment;
    const TimeStep& step;
    const RandomNumbers& random;
    const RuledValues& ruled;
    bool planar = false;

    const CellType& type_of(std::size_t cell) const { return types[cells.type[cell]]; }
    /// What rules make of a behaviour; `otherwise` without any.
    double by_rules(std::size_t cell, Behaviour behaviour, double otherwise) const
    {
        return ruled.value(cell, cells.type[cell], behaviour, otherwise);
    }
};

/// Whether a draw u, uniform in (0,1), means that an event with this hazard happens in the step. Its probability is at
/// most hazard * time, so that most draws need no exponential.
inline bool happens(double u, double hazard_per_min, const TimeStep& step)
{
    const double most = hazard_per_min * step.minutes();
    return u < most && u < event_probability(hazard_per_min, step.minutes());
}

class Encounters;

/// E <-> H <-> M of living cells.
void make_transitions(const Decision& decision);

/// Gives a cell the variables of its type's circuit in its State, if it has none yet.
void begin_circuit(const CellType& type, CellRecord& cell);

/// Advances the circuit of a cell over the step; its State follows.
void follow_circuit(const Decision& decision, std::size_t cell);

/// Living cells die by apoptosis, lack of oxygen, drugs, or those that attack them; deaths are counted by cause.
void let_die(const Decision& decision, const Encounters& encounters, Tally& tally);

/// Growth of living cells, shrinking and swelling of corpses, exact over the step.
void grow(const Decision& decision);

/// Corpses whose time is over, of which nothing is left, or that are eaten, one flag per cell.
std::vector<bool> corpses_to_clear(const Decision& decision, const Encounters& encounters);

/// Living cells turn into cells of other types: activation, polarisation. They keep their size as far as the new type
/// allows, and begin its cycle.
void turn_into_others(const Decision& decision);

/// Living cells leave for good, are counted, and no longer kept.
void emigrate(const Decision& decision, Tally& tally, std::vector<bool>& keep);

/// Advances cells in their cycle, one after another as far as there is room, and returns those that divide now,
/// ascending.
std::vector<std::size_t> advance_cycles(const Decision& decision, Crowding& crowding);

/// Halves the mothers and returns one daughter for each; daughter i gets the number numbers[i]. Both mutate.
std::vector<CellRecord> divide(const Decision& decision, std::span<const std::size_t> mothers,
                               std::span<const std::uint64_t> numbers, OrganKey organ);

/// New headings for cells in cycle that can crawl.
void turn(const Decision& decision);

/// Traits of a cell that was just born.
Traits mutated(const Traits& traits, const MutationParameters& mutation, CellId id, Tick tick,
               const RandomNumbers& random);

} // namespace paget::agents
