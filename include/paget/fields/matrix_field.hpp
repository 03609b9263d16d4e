#pragma once

#include "paget/fields/concentration.hpp"

#include <span>
#include <vector>

namespace paget::fields
{

/// Density w in [0,1] of the extracellular matrix, which does not diffuse:
/// dw/dt = -degradation w + deposition (1 - w), advanced exactly for rates held constant over the step.
/// With degradation = Gamma1 c_M + Gamma2 m this is the ECM of Franssen et al. 2019 (Bull Math Biol 81:1965).
class MatrixField
{
public:
    MatrixField(const mesh::Partition& partition, const parallel::Communicator& comm, double initial);

    const Concentration& density() const { return density_; }

    /// What such an advance would take away, per owned voxel; what it would lay down does not count against it. Local.
    std::vector<double> loss(std::span<const double> degradation_per_min, std::span<const double> deposition_per_min,
                             double minutes) const;

    /// Rates per owned voxel, x fastest, [1/min]. Collective (refreshes the halo).
    void advance(std::span<const double> degradation_per_min, std::span<const double> deposition_per_min,
                 double minutes);
    /// The same with one rate of deposition everywhere.
    void advance(std::span<const double> degradation_per_min, double deposition_per_min, double minutes);

    void assign(std::span<const double> owned) { density_.assign(owned); }

private:
    Concentration density_;
};

} // namespace paget::fields
