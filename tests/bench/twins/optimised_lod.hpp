#pragma once

#include "twins/plain_lod.hpp"

#include <span>
#include <vector>

namespace paget::bench
{

/// The arithmetic of PlainLod as fast as we can make it: flat arrays; eight lines along x at a time, transposed into a
/// buffer, so that Thomas' recurrence runs in vectors; reaction, x and y sweeps of a plane while it is in the cache;
/// z sweeps by rows; divisions replaced by products.
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
    void react_and_sweep_x(double* lines, const double* kept, int count);
    void sweep_across(double* lines, std::size_t stride, int width);

    LodProblem problem_;
    std::vector<double> density_;
    std::vector<double> kept_; ///< 1 / (1 + dt U)
    std::vector<double> inverse_;
    std::vector<double> upper_;
    double coupling_ = 0.0;
    double wall_supply_ = 0.0;
    std::vector<double> buffer_;
};

} // namespace paget::bench
