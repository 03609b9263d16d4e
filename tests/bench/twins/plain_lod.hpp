#pragma once

#include <span>
#include <vector>

namespace paget::bench
{

/// The numbers of one diffusing substance in a cube with a held value at all walls.
struct LodProblem {
    int edge = 0;
    double exchange_per_min = 0.0; ///< D / h^2
    double decay_per_min = 0.0;
    double wall_value = 0.0; ///< at the walls' faces, half a voxel from the centres
    double step_min = 0.0;
};

/// Twin of BioFVM's method in BioFVM's data layout, written from its description (Ghaffarizadeh, Friedman and Macklin
/// 2016, Bioinformatics 32:1256): per step the bulk sources and sinks of every voxel, implicit, then one implicit sweep
/// per axis by Thomas' algorithm with a third of the decay in each (locally one-dimensional splitting, first order).
/// Every voxel has a vector of densities, and so have its rates and the temporaries of its source step; an entry is
/// found through two pointers, and operations are on whole vectors, here of length one. Kinder than the original, which
/// also looks for Dirichlet voxels before each sweep and asks functions for the rates.
class PlainLod
{
public:
    explicit PlainLod(const LodProblem& problem);

    void set_density(std::span<const double> values);
    void set_uptake_per_min(std::span<const double> values);
    void step();
    std::vector<double> density() const;

private:
    using Vector = std::vector<double>;

    void react();
    void sweep(int first_voxel, int stride);

    LodProblem problem_;
    std::vector<Vector> density_;
    std::vector<Vector> supply_rate_;
    std::vector<Vector> supply_target_;
    std::vector<Vector> uptake_rate_;
    std::vector<Vector> temporary_gain_;
    std::vector<Vector> temporary_loss_;
    std::vector<Vector> denominator_; ///< of Thomas' algorithm, per voxel of a line
    std::vector<Vector> upper_;       ///< its coefficients of the way back
    Vector coupling_;                 ///< dt D / h^2
    Vector wall_supply_;
};

} // namespace paget::bench
