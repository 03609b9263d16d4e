#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>

namespace paget::fields
{

/// How a field is advanced in time.
enum class Scheme {
    automatic, ///< steady if the slowest relaxation is over within the step (rate * step > 7), else implicit
    steady,    ///< the quasi-steady solution for the present sources
    implicit   ///< SDIRK2 (gamma = 1 - 1/sqrt 2), L-stable, second order; where that undershoots zero, backward Euler
};

/// A substance that diffuses, decays and reacts in one organ: du/dt = D lap u - decay u - loss u + gain.
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
    /// Relative error at which a solve ends, as its preconditioner estimates it (2-norms); in the implicit scheme
    /// relative to the change in the step.
    double tolerance = 1e-6;
};

/// What the tissue does to a substance, per owned voxel (x fastest): first-order loss >= 0 [1/min] and gain [unit/min].
struct Reaction {
    std::span<const double> loss_per_min;
    std::span<const double> gain_per_min;
};

/// What a solve needed and reached.
struct SolveReport {
    int iterations = 0;
    int solves = 0;
    double relative_residual = 0.0;
    bool steady = false;
};

} // namespace paget::fields
