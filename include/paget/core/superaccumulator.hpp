#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace paget
{

/// Exact sum of doubles: 70 limbs of 32 bits, each held in an int64 so that 2^31 additions need no carry. Adding is
/// associative and commutative, limbs of several ranks may be added as integers (MPI_SUM), and rounding happens once.
/// Idea: Kulisch and Miranker 1981; Neal 2015 (arXiv:1505.05571).
class SuperAccumulator
{
public:
    static constexpr std::size_t limb_count = 70;

    /// Adds a finite x exactly. NaN and infinities make round() return NaN.
    void add(double x);

    /// Adds another accumulator.
    void add(const SuperAccumulator& other);

    /// The sum, rounded to double once (nearest up to the last limb pair; the same bits for the same exact sum).
    double round() const;

    /// Propagates carries, so that limbs of up to 2^30 accumulators can be added as integers.
    void carry();

    /// For sums over ranks (after carry()): the limbs, to be added elementwise; the last counts non-finite values.
    std::span<std::int64_t> limbs() { return limbs_; }
    std::span<const std::int64_t> limbs() const { return limbs_; }

private:
    std::array<std::int64_t, limb_count + 1> limbs_{};
    std::uint32_t additions_ = 0;
};

} // namespace paget
