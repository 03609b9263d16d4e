#pragma once

#include "motion_loop.hpp"

namespace paget::agents
{

/// Moves settled cells over one step by the Adams-Bashforth method of second order with steps as long as an estimate of
/// their error allows. All ranks decide alike, from integer sums and exact maxima.
///
/// The first sub-step is Euler's, corrected by the trapezoidal rule once velocities at its end are known. Later ones
/// extrapolate the velocities F_n and F_(n-1): h ((1 + w/2) F_n - w/2 F_(n-1)), w = h / h_before. Their error is
/// estimated from the distance to the trapezoidal rule (Milne's device), which costs nothing, as F_(n+1) is needed for
/// the next sub-step anyway. The last sub-step is as long as the estimates before it allow, but is not judged itself.
class ControlledMotion
{
public:
    /// `tolerance_um`: root mean square over the moving cells of the estimated error of their places in one sub-step.
    /// Sub-steps of `shortest_step_min` or less are never refused. The loop must outlive this.
    ControlledMotion(MotionLoop& loop, double tolerance_um, double shortest_step_min);

    /// Collective. Leaves cells where they are, possibly beyond the rank's box: settle them.
    void run(double minutes);

private:
    void look();
    void make_step();
    double estimated_error_um() const;
    void accept();
    void keep_velocities();
    void correct_first_step();
    void undo();

    MotionLoop* loop_;
    double tolerance_um_;
    double shortest_step_min_;
    double longest_step_min_ = 0.0; ///< no cell may crawl past another
    double step_min_ = 0.0;
    double before_min_ = 0.0; ///< sub-step before this one; 0: there is none
    bool at_rest_ = false;
};

} // namespace paget::agents
