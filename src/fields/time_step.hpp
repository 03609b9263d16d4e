#pragma once

#include "paget/fields/substance.hpp"
#include "paget/mesh/grid.hpp"

namespace paget::fields
{

/// SDIRK2 of Alexander (1977, SIAM J. Numer. Anal. 14:1006): two solves with the same matrix, L-stable, order 2.
inline constexpr double sdirk_gamma = 0.29289321881345247560; // 1 - 1/sqrt(2)
inline constexpr double sdirk_ratio = 2.41421356237309504880; // (1 - gamma) / gamma = 1 + sqrt(2)

/// Lower bound [1/min] of the rate at which a disturbance of the field dies out: decay, the least loss, and diffusion
/// to the held walls (slowest eigenfunction: half a wave between two held walls, a quarter between a held and a closed
/// one).
double slowest_relaxation_per_min(const Substance& substance, const mesh::Grid& grid, double least_loss_per_min);

/// Whether the scheme asks for the steady solution: `automatic` does if less than e^-7 (0.1 %) of a disturbance would
/// be left after the step.
bool takes_steady(const Substance& substance, const mesh::Grid& grid, double least_loss_per_min, double minutes);

} // namespace paget::fields
