#pragma once

#include "colony.hpp"
#include "pair_law.hpp"
#include "pair_sums.hpp"
#include "place.hpp"

#include "paget/parallel/communicator.hpp"

namespace paget::agents
{

/// Moves settled cells over one step. All ranks decide alike, by exact maxima.
class MotionLoop
{
public:
    /// All arguments must outlive the loop.
    MotionLoop(Colony& colony, PairSummation& pairs, const PairLaw& law, const Coincidence& coincidence,
               const Walls& walls, const parallel::Communicator& comm);

    /// Equal sub-steps. Ends early when a sub-step moved no cell. Collective. Leaves cells where they are, possibly
    /// beyond the rank's box: settle them.
    void run(int sub_steps, double sub_step_min);

    /// Velocities at the present places. Local.
    void evaluate();
    /// To be called after cells of this rank moved by at most `moved_um` along any axis: ghosts follow, or cells
    /// settle. Returns how far cells moved on any rank. Collective.
    double keep_up(double moved_um);

    Columns& cells() const { return colony_->cells(); }
    const PairSummation& pairs() const { return *pairs_; }
    const PairLaw& law() const { return *law_; }
    const Walls& walls() const { return *walls_; }
    const parallel::Communicator& comm() const { return *comm_; }

private:
    Colony* colony_;
    PairSummation* pairs_;
    const PairLaw* law_;
    const Coincidence* coincidence_;
    const Walls* walls_;
    const parallel::Communicator* comm_;
    double drift_um_ = 0.0; ///< bound of every cell's displacement along an axis since cells settled
};

} // namespace paget::agents
