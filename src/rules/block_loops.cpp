#include "block_loops.hpp"

#include "hill_power.hpp"

#include "paget/core/vector_targets.hpp"

namespace paget::rules
{

PAGET_VECTOR_TARGETS
void find_any_powers(const Block& signal, double half, double n, Block& powers)
{
    for (std::size_t k = 0; k < block_cells; ++k) {
        powers[k] = any_power(ratio_of(signal[k], half), n);
    }
}

PAGET_VECTOR_TARGETS
void find_simple_powers(const Block& signal, double half, double n, Block& powers)
{
    Block factor;
    const bool with_root = n != std::floor(n);
    for (std::size_t k = 0; k < block_cells; ++k) {
        factor[k] = ratio_of(signal[k], half);
        powers[k] = 1.0;
    }
    Block roots;
    for (std::size_t k = 0; k < block_cells; ++k) {
        roots[k] = with_root ? std::sqrt(factor[k]) : 1.0;
    }
    for (auto left = static_cast<unsigned>(n); left > 0; left /= 2) { // as whole_power()
        for (std::size_t k = 0; k < block_cells; ++k) {
            powers[k] *= left % 2 == 1 ? factor[k] : 1.0;
            factor[k] *= factor[k];
        }
    }
    for (std::size_t k = 0; k < block_cells; ++k) {
        powers[k] = roots[k] * powers[k];
    }
}

PAGET_VECTOR_TARGETS
void add_block(const Block& more, Block& sum)
{
    for (std::size_t k = 0; k < block_cells; ++k) {
        sum[k] += more[k];
    }
}

PAGET_VECTOR_TARGETS
void combine(const Block& up, const Block& down, double most, double least, Block& values)
{
    for (std::size_t k = 0; k < block_cells; ++k) {
        const double u = up[k] / (1.0 + up[k]);
        const double d = down[k] / (1.0 + down[k]);
        values[k] = (1.0 - d) * ((1.0 - u) * values[k] + u * most) + d * least;
    }
}

} // namespace paget::rules
