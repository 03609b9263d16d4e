#pragma once

#include "behaviours/behaviours.hpp"
#include "colony.hpp"
#include "pair_law.hpp"
#include "pair_sums.hpp"
#include "place.hpp"

#include "paget/agents/population.hpp"

namespace paget::agents
{

struct Population::Impl {
    Impl(const mesh::Partition& partition, const parallel::Communicator& communicator,
         const std::vector<CellType>& cell_types, OrganKey organ_id, RandomNumbers numbers, MechanicsStep step);

    // Colony and sums point at the law.
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    Columns& cells() { return colony.cells(); }

    /// Throws BugError on all ranks if `good` is false on any. Returns whether the organ has any cell, after settling
    /// it if cells were taken out. Collective.
    bool make_ready(bool good, const char* message);
    /// Settles and measures the pressure. Collective.
    void settle();

    /// Sets what cells drift by in the present move: nothing (empty), or a velocity each, of which those in cycle
    /// follow theirs up to a largest speed. Local.
    void let_drift(const std::vector<Vec3>& velocity_um_per_min);
    /// Sets what cells repel and adhere by in the present move, if rules say something of it. Collective.
    void give_strengths(const RuledValues& ruled);
    /// Lets forces and active motion act over a step. Collective; settle afterwards.
    void move_cells(const TimeStep& step);
    /// Largest sum of radii of two cells of the organ now [um]. Collective.
    double largest_contact_um() const;
    bool acceptable(const CellRecord& cell) const;
    /// Whether the environment has all that the cells of a stage sense.
    bool fits(const Environment& environment, Stage stage);
    /// Numbers for the daughters of these mothers: births of the organ are counted in the order of the mothers' ids.
    /// Collective.
    std::vector<std::uint64_t> number_births(std::span<const std::size_t> mothers);

    /// Halves the mothers, which stay within the walls, and returns their daughters. Collective.
    std::vector<CellRecord> give_birth(const Decision& decision, std::span<const std::size_t> mothers);
    /// Adds daughters, within the walls. Local; settle afterwards.
    void take_in(const std::vector<CellRecord>& daughters);

    mesh::Grid grid;
    const parallel::Communicator* comm;
    const std::vector<CellType>* types;
    OrganKey organ;
    RandomNumbers random;
    MechanicsStep mechanics;
    PairLaw law;
    PairSummation pairs;
    Walls walls;
    Colony colony;
    std::uint64_t next_number = 0;
    std::uint64_t births = 0; ///< of the organ, when they were last numbered
    bool settled = true;      ///< false on a rank from which cells were taken since the last settling
};

} // namespace paget::agents
