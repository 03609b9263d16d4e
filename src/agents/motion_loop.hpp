#pragma once

#include "colony.hpp"
#include "neighbour_list.hpp"
#include "pair_law.hpp"

#include "paget/mesh/grid.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::agents
{

/// Moves settled cells over one step by equal sub-steps, with neighbour lists that are rebuilt (after cells have
/// settled anew) as soon as any cell of the organ has moved by half the skin. All ranks decide alike, by exact maxima.
class MotionLoop
{
public:
    /// All arguments must outlive the loop.
    MotionLoop(Colony& colony, const PairLaw& law, const Coincidence& coincidence, const mesh::Grid& grid,
               const parallel::Communicator& comm, double skin_um);

    /// Collective. Leaves cells where they are, possibly beyond the rank's box: settle them.
    void run(int sub_steps, double sub_step_min);

private:
    void rebuild();
    /// True if no cell of the organ moved.
    bool keep_up(double in_sub_step_um, double since_um);

    Colony* colony_;
    const PairLaw* law_;
    const Coincidence* coincidence_;
    const mesh::Grid* grid_;
    const parallel::Communicator* comm_;
    double skin_um_;
    NeighbourList neighbours_;
    std::vector<Vec3> velocity_um_per_min_;
    std::vector<Vec3> built_at_um_;
};

} // namespace paget::agents
