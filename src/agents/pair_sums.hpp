#pragma once

#include "bins.hpp"
#include "columns.hpp"
#include "pair_kernel.hpp"
#include "pair_law.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace paget::agents
{

/// Sums over the neighbours of every owned cell, as integers: the same whatever the order, the bins, the ranks and the
/// kernel.
class PairSummation
{
public:
    /// `law` must outlive the summation.
    PairSummation(const PairLaw& law, PairKernel kernel) : law_(&law), kernel_(kernel) {}

    /// Velocities that neighbours give, in the law's quanta. Where centres coincide there is no line between them: a
    /// direction is drawn.
    void velocities(const Columns& cells, const BinTable& bins, const Coincidence& coincidence);

    /// Sets how much every owned cell is squeezed: the sum of overlaps squared (1 - d/R)^2.
    void measure_squeeze(Columns& cells, const BinTable& bins);

    /// Velocity of an owned cell.
    Triple<std::int32_t> at(std::size_t cell) const { return {x_[cell], y_[cell], z_[cell]}; }

    std::size_t bytes() const;
    static constexpr std::size_t work_bytes_per_cell = 3 * sizeof(std::int32_t);

private:
    void make_space(const std::array<Run, 27>& runs, std::uint32_t count);
    void sum(const Columns& cells, const BinTable& bins, const PairSums& sums, PairMode mode,
             const Coincidence* coincidence);
    void add_coinciding(const Columns& cells, const PairTask& task, const Coincidence* coincidence) const;
    void add_pair(const Columns& cells, const PairTask& task, std::uint32_t cell, std::uint32_t other,
                  const Coincidence* coincidence) const;

    const PairLaw* law_;
    PairKernel kernel_;
    PackedCells packed_;
    std::vector<std::int32_t> packed_integers_;
    std::vector<float> packed_reals_;
    std::vector<std::int32_t> x_;
    std::vector<std::int32_t> y_;
    std::vector<std::int32_t> z_;
};

} // namespace paget::agents
