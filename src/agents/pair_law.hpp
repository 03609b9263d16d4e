#pragma once

#include "pair_kernel.hpp"

#include "paget/agents/cell_type.hpp"
#include "paget/core/clock.hpp"
#include "paget/core/ids.hpp"
#include "paget/core/random.hpp"
#include "paget/core/vec3.hpp"

#include <cstdint>
#include <vector>

namespace paget::agents
{

/// How a pair of cells pushes and pulls, tabulated over the rows (type, State, living or dead):
/// v = [ sqrt(rep_i rep_j) (1-d/R)^2 (d < R) - sqrt(adh_i adh_j) (1-d/S)^2 (d < S) ] r_ij/d, R = Ri + Rj,
/// S = range_i Ri + range_j Rj (PhysiCell 1.14.2). Corpses repel but do not adhere. Where rules set repulsion or
/// adhesion, every cell has its own; the table does not count then.
class PairLaw
{
public:
    /// Rules of the types count for the largest speed.
    explicit PairLaw(const std::vector<CellType>& types);

    std::uint16_t row(std::uint8_t type, State state, Fate fate) const
    {
        return static_cast<std::uint16_t>((type * state_count + static_cast<std::size_t>(state)) * 2U +
                                          (is_living(fate) ? 0U : 1U));
    }
    static std::uint8_t type_of(std::uint16_t row) { return static_cast<std::uint8_t>(row / (2U * state_count)); }
    static bool lives(std::uint16_t row) { return row % 2U == 0; }
    /// Distance over which a cell adheres, in radii; sums of two give S.
    float range(std::uint16_t row) const { return range_[row]; }

    /// Root of a speed, for pairs of cells with strengths of their own.
    float root_of(double um_per_min) const;

    /// Velocities of pairs are whole multiples of this, a power of two, at most 2^-23 of the largest speed of any pair.
    double velocity_quantum_um_per_min() const { return velocity_quantum_um_per_min_; }
    /// Whether no pair pushes or pulls, whatever the distance.
    bool without_forces() const { return without_forces_; }
    /// Speeds in quanta, for kernels. Valid as long as the law.
    PairTable table() const;

private:
    std::size_t stride_;
    double velocity_quantum_um_per_min_ = 0.0;
    bool without_forces_ = false;
    std::vector<float> repulsion_;
    std::vector<float> adhesion_;
    std::vector<float> range_;
};

/// Largest distance at which two cells of any of the types interact or touch [um].
double largest_reach_um(const std::vector<CellType>& types);

/// Where two centres coincide there is no direction to push along: it is drawn for the cell with the smaller id.
struct Coincidence {
    RandomNumbers random;
    Tick tick = 0;
    bool planar = false;

    /// Unit vector from `other` to `cell`; the opposite one if the two are swapped.
    Vec3 direction(CellId cell, CellId other) const;
};

} // namespace paget::agents
