#pragma once

#include "paget/agents/cell_type.hpp"

namespace paget::agents
{

/// Targets and rates [1/min] towards which a cell's volumes relax:
/// n' = rate_n (N - n), c' = rate_c (C - c), f' = rate_f (phi (f + n + c) - f)
/// for nuclear solid n, cytoplasmic solid c and fluid f (PhysiCell 1.14.2).
struct VolumeLaw {
    double fluid_fraction = 0.0; ///< phi
    double fluid_rate_per_min = 0.0;
    double nuclear_solid_um3 = 0.0; ///< N
    double nucleus_rate_per_min = 0.0;
    double cytoplasmic_solid_um3 = 0.0; ///< C
    double cytoplasm_rate_per_min = 0.0;
};

/// Phases of a necrotic cell.
inline constexpr std::uint8_t necrotic_swelling = 0;
inline constexpr std::uint8_t necrotic_lysis = 1;

/// The law of a cell with that fate and phase.
VolumeLaw volume_law(const CellType& type, Fate fate, std::uint8_t phase);

/// Factor on the reference volume that a cell in a phase of the cycle grows to: 2 from DNA synthesis to division.
double volume_target_factor(const CycleParameters& cycle, std::uint8_t phase);

/// The exact solution of a law after some time (a triangular linear system), whatever the step: linear in the volumes.
struct Relaxation {
    Relaxation(const VolumeLaw& law, double minutes);

    Volume operator()(const Volume& volume) const;

    double nuclear_solid_um3;     ///< target
    double cytoplasmic_solid_um3; ///< target
    double nuclear_left;          ///< share of the distance to the target that is left
    double cytoplasmic_left;
    double fluid_left;
    double inflow_um3; ///< fluid that comes in for the solids' targets
    double nuclear_inflow;
    double cytoplasmic_inflow;
};

} // namespace paget::agents
