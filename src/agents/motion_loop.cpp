#include "motion_loop.hpp"

#include "motion.hpp"

namespace paget::agents
{

MotionLoop::MotionLoop(Colony& colony, PairSummation& pairs, const PairLaw& law, const Coincidence& coincidence,
                       const Walls& walls, const parallel::Communicator& comm)
    : colony_(&colony),
      pairs_(&pairs),
      law_(&law),
      coincidence_(&coincidence),
      walls_(&walls),
      comm_(&comm)
{
}

void MotionLoop::run(int sub_steps, double sub_step_min)
{
    for (int sub_step = 1;; ++sub_step) {
        evaluate();
        const double moved_um =
            advance_places(cells(), *pairs_, law_->velocity_quantum_um_per_min(), *walls_, sub_step_min);
        if (sub_step >= sub_steps || keep_up(moved_um) == 0.0) {
            return;
        }
    }
}

void MotionLoop::evaluate() { pairs_->velocities(cells(), colony_->bins(), *coincidence_); }

double MotionLoop::keep_up(double moved_um)
{
    const double farthest_um = comm_->maximum(moved_um);
    drift_um_ += farthest_um;
    if (drift_um_ > colony_->slack_um()) {
        colony_->settle();
        drift_um_ = 0.0;
    } else if (farthest_um > 0.0) {
        colony_->refresh_places();
    }
    return farthest_um;
}

} // namespace paget::agents
