#pragma once

namespace paget::therapy
{

/// A drug at the end of a time in which its inflow was constant.
struct Course {
    double end_mg_per_l = 0.0;
    double area_mg_min_per_l = 0.0; ///< integral of the concentration over that time
};

/// Exact solution of dC/dt = R/V - (CL/V) C over `minutes`, R the inflow.
Course one_compartment(double start_mg_per_l, double inflow_mg_per_min, double volume_l, double clearance_l_per_min,
                       double minutes);

} // namespace paget::therapy
