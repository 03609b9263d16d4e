#include "motion_loop.hpp"

#include "forces.hpp"
#include "motion.hpp"

#include <array>

namespace paget::agents
{

MotionLoop::MotionLoop(Colony& colony, const PairLaw& law, const Coincidence& coincidence, const mesh::Grid& grid,
                       const parallel::Communicator& comm, double skin_um)
    : colony_(&colony),
      law_(&law),
      coincidence_(&coincidence),
      grid_(&grid),
      comm_(&comm),
      skin_um_(skin_um)
{
}

void MotionLoop::run(int sub_steps, double sub_step_min)
{
    rebuild();
    for (int sub_step = 1;; ++sub_step) {
        Columns& cells = colony_->cells();
        pair_velocities(cells, neighbours_, *law_, *coincidence_, velocity_um_per_min_);
        const Displacement moved = advance_positions(cells, velocity_um_per_min_, built_at_um_, *grid_, sub_step_min);
        if (sub_step >= sub_steps || keep_up(moved.in_sub_step_um, moved.since_um)) {
            return;
        }
    }
}

void MotionLoop::rebuild()
{
    const Columns& cells = colony_->cells();
    neighbours_.build(cells, colony_->bins(), *law_, skin_um_);
    built_at_um_.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        built_at_um_[i] = cells.sphere[i].centre_um;
    }
}

bool MotionLoop::keep_up(double in_sub_step_um, double since_um)
{
    std::array<double, 2> largest{in_sub_step_um, since_um};
    comm_->maximum(largest);
    if (largest[0] == 0.0) {
        return true; // at rest: every further sub-step would be the same
    }
    if (largest[1] > 0.5 * skin_um_) {
        colony_->settle(*law_);
        rebuild();
    } else {
        colony_->halo().refresh(colony_->cells().sphere);
    }
    return false;
}

} // namespace paget::agents
