#pragma once

#include "twins/plain_lod.hpp"

#include <span>
#include <vector>

namespace paget::bench
{

/// The arithmetic of PlainLod as fast as we can make it: flat arrays; Thomas' recurrence always in vectors, along x
/// after transposing blocks of eight by eight; reaction, x and y sweeps of a plane while it is in the cache; every
/// block is swept forth into a buffer that stays in the cache and back out of it, so that strides of a power of two do
/// no harm; divisions replaced by products.
class OptimisedLod
{
public:
    explicit OptimisedLod(const LodProblem& problem);

    void set_density(std::span<const double> values) { density_.assign(values.begin(), values.end()); }
    void set_uptake_per_min(std::span<const double> values);
    void step();
    const std::vector<double>& density() const { return density_; }

    /// Memory traffic per voxel and step: density read and written in two passes, the factor of the reaction read.
    static constexpr double bytes_per_voxel_step = 40.0;

private:
    void react_and_sweep_x(double* lines, const double* kept, std::size_t count);
    void sweep_eight(double* lines, const double* kept);
    template <std::size_t vectors>
    void sweep_across(double* lines, std::size_t stride, std::size_t lines_in_all);
    template <std::size_t vectors, class Vector>
    void sweep_block(double* lines, std::size_t stride);

    LodProblem problem_;
    std::vector<double> density_;
    std::vector<double> kept_;    ///< 1 / (1 + dt U)
    std::vector<double> inverse_; ///< of Thomas' denominators
    std::vector<double> upper_;   ///< coupling / denominator: the coefficient forth and back
    double wall_supply_ = 0.0;
    std::vector<double> buffer_;
};

} // namespace paget::bench
