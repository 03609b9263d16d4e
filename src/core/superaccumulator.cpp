#include "paget/core/superaccumulator.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace paget
{
namespace
{
__extension__ using Wide = unsigned __int128;
constexpr std::int64_t base = std::int64_t{1} << 32U;

/// Carries so that every limb but the highest lies in [0, 2^32): a unique form of the exact sum.
void normalise(std::span<std::int64_t> limbs)
{
    for (std::size_t i = 0; i + 1 < limbs.size(); ++i) {
        const std::int64_t carry = limbs[i] >> 32U; // arithmetic shift: floor
        limbs[i] -= carry * base;
        limbs[i + 1] += carry;
    }
}

double evaluate(std::span<const std::int64_t> limbs)
{
    // From the top, so that the leading bits decide; the limbs are a function of the exact sum, hence so is the result.
    double sum = 0.0;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        sum += std::ldexp(static_cast<double>(limbs[i]), 32 * static_cast<int>(i) - 1074);
    }
    return sum;
}
} // namespace

void SuperAccumulator::add(double x)
{
    const auto bits = std::bit_cast<std::uint64_t>(x);
    const auto biased = static_cast<int>((bits >> 52U) & 0x7ffU);
    std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52U) - 1U);
    if (biased == 0x7ff) {
        limbs_[limb_count] += 1;
        return;
    }
    int shift = 0; // x = mantissa * 2^(shift - 1074)
    if (biased != 0) {
        mantissa |= std::uint64_t{1} << 52U;
        shift = biased - 1;
    }
    const auto limb = static_cast<std::size_t>(shift / 32);
    const Wide wide = static_cast<Wide>(mantissa) << static_cast<unsigned>(shift % 32);
    const std::int64_t sign = (bits >> 63U) != 0 ? -1 : 1;
    limbs_[limb] += sign * static_cast<std::int64_t>(static_cast<std::uint64_t>(wide) & 0xffffffffU);
    limbs_[limb + 1] += sign * static_cast<std::int64_t>(static_cast<std::uint64_t>(wide >> 32U) & 0xffffffffU);
    limbs_[limb + 2] += sign * static_cast<std::int64_t>(static_cast<std::uint64_t>(wide >> 64U));
    if (++additions_ >= (1U << 30U)) {
        carry();
    }
}

void SuperAccumulator::add(const SuperAccumulator& other)
{
    SuperAccumulator carried = other;
    carried.carry();
    carry();
    for (std::size_t i = 0; i <= limb_count; ++i) {
        limbs_[i] += carried.limbs_[i];
    }
    carry();
}

void SuperAccumulator::carry()
{
    normalise(std::span(limbs_).first(limb_count));
    additions_ = 1;
}

double SuperAccumulator::round() const
{
    if (limbs_[limb_count] != 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    auto limbs = limbs_;
    const auto digits = std::span(limbs).first(limb_count);
    normalise(digits);
    if (digits.back() >= 0) {
        return evaluate(digits);
    }
    for (auto& limb : digits) { // negative: negate, so that the digits of the magnitude are unique too
        limb = -limb;
    }
    normalise(digits);
    return -evaluate(digits);
}

} // namespace paget
