#pragma once

#include "bins.hpp"
#include "columns.hpp"
#include "pair_kernel.hpp"
#include "pair_law.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// Sums over the neighbours of every owned cell, as integers: the same whatever the order, the bins, the ranks and the
/// kernel. Every pair is computed once; of a pair with a ghost only the owned cell's part is used.
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

    /// Velocity of an owned cell, cut to 32 bits.
    Triple<std::int32_t> at(std::size_t cell) const { return {sums_[cell].x, sums_[cell].y, sums_[cell].z}; }

    /// Of the owned cells, then perhaps more.
    std::span<const PairSum> sums() const { return sums_; }

    std::size_t bytes() const;
    static constexpr std::size_t work_bytes_per_cell = sizeof(PairSum);

private:
    void make_space(std::uint32_t cells);
    void sum(const Columns& cells, const BinTable& bins, PairMode mode, const Coincidence* coincidence);
    void begin_sums(const Columns& cells);
    /// Of the cells that the task is the first to reach: shortly before they are used, so that memory is met once.
    void clear_sums(const PairTask& task);
    /// To be called when nothing is added any more to the sums of these cells: after their own bin's turn.
    std::int32_t most_pairs_of(const Run& own) const;
    void add_coinciding(const Columns& cells, const PairTask& task, const Coincidence* coincidence);
    void add_if_coinciding(const Columns& cells, PairMode mode, std::uint32_t a, std::uint32_t b,
                           const Coincidence* coincidence);
    /// Of two cells on one spot: repulsion less adhesion, in quanta.
    double largest_speed(const Columns& cells, PairMode mode, std::uint32_t cell, std::uint32_t other) const;
    /// What `other`, on the same spot, gives a cell.
    PairSum from_spot(const Columns& cells, PairMode mode, std::uint32_t cell, std::uint32_t other,
                      const Coincidence* coincidence) const;
    void sum_crowds(const Columns& cells, const BinTable& bins, PairTask task, const Coincidence* coincidence);
    PairSum crowd(const Columns& cells, const PairTask& task, std::uint32_t cell, const Coincidence* coincidence) const;

    const PairLaw* law_;
    PairKernel kernel_;
    PackedCells packed_;
    std::vector<std::int32_t> integers_;
    std::vector<float> reals_;
    std::vector<PairSum> given_;
    std::vector<PairSum> sums_;
    std::uint32_t owned_ = 0;
    std::uint32_t cleared_ = 0; ///< sums that were set to zero, of owned cells
};

} // namespace paget::agents
