#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

namespace paget::fields
{

/// How a field is advanced in time.
enum class Scheme {
    automatic, ///< steady if the slowest relaxation is over within the step (rate * step > 7), else implicit in as many
               ///< steps as the time tolerance needs: one of backward Euler, or some of SDIRK2
    steady,    ///< the quasi-steady solution for the present sources
    implicit ///< one step of SDIRK2 (gamma = 1 - 1/sqrt 2), L-stable, second order; where that undershoots zero, two of
             ///< backward Euler
};

/// A substance that diffuses, decays and reacts in one organ:
/// du/dt = D lap u - decay u - loss u - saturating_loss u / (1 + u / half_saturation) + gain.
struct Substance {
    std::string name;
    std::string unit; ///< of u, e.g. "mmHg" or "nmol/l"
    double diffusivity_um2_per_min = 0.0;
    double decay_per_min = 0.0;
    double initial = 0.0;
    /// Held value at the wall face, or no flux: x_low, x_high, y_low, y_high, z_low, z_high. In 2-D the z walls have
    /// none.
    std::array<std::optional<double>, 6> walls{};
    Scheme scheme = Scheme::automatic;
    /// Relative error at which a solve ends, as the solver estimates it; in implicit steps relative to the change in
    /// the step.
    double tolerance = 1e-6;
    /// Error that the steps in time may make in one coupling step, as estimated, relative to the largest value of the
    /// field (Scheme::automatic).
    double time_tolerance = 1e-3;
    /// Concentration at which a saturating loss has fallen to half its rate (Michaelis's constant K); > 0 where there
    /// is such a loss.
    double half_saturation = 0.0;
};

/// What the tissue does to a substance, per owned voxel (x fastest): first-order loss >= 0 [1/min] and gain [unit/min];
/// and, if not empty, a saturating (Michaelis-Menten) loss V u / (K + u), given by its rate >= 0 at low concentration,
/// V / K [1/min].
struct Reaction {
    std::span<const double> loss_per_min;
    std::span<const double> gain_per_min;
    std::span<const double> saturating_loss_per_min{};
};

/// Where the substance went over one call of advance(), in unit * um^3, summed over the organ; the same bits on any
/// number of ranks. In a quasi-steady step `change` is not counted: there, what comes equals what goes.
struct FieldBalance {
    double change = 0.0;      ///< of what is in the organ
    double gain = 0.0;        ///< from Reaction::gain_per_min
    double decay = 0.0;       ///< decayed
    double consumption = 0.0; ///< first-order and saturating loss
    double wall_inflow = 0.0; ///< through held walls
    double clipped = 0.0;     ///< added where a step had left values below zero

    /// What does not add up; of the size of the solver's tolerance.
    double error() const { return change - (((gain - decay) - consumption) + (wall_inflow + clipped)); }
};

/// What a solve needed and reached.
struct SolveReport {
    int iterations = 0;             ///< multigrid cycles, or iterations of the solver chosen
    int solves = 0;                 ///< of linear systems
    double relative_residual = 0.0; ///< largest relative error at which a solve ended
    bool steady = false;
    int steps = 0;           ///< in time
    double time_error = 0.0; ///< estimated error of the steps in time, relative to the field's largest value
    FieldBalance balance{};  ///< all zero unless the field keeps its balance
};

} // namespace paget::fields
