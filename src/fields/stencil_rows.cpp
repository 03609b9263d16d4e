#include "stencil_rows.hpp"

#include "paget/core/vector_targets.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace paget::fields
{
namespace
{
/// Net outflow of one cell to its neighbours. The order of the operations is part of the result. Differences come
/// first: they lose nothing where the field is flat, which matters in single precision.
template <class T>
inline T outflow(std::size_t i, const RowRates<T>& rates, const RowValues<T>& u)
{
    const T* c = u.here;
    const T along = rates.x_low[i] * (c[i] - c[i - 1]) + rates.x_high[i] * (c[i] - c[i + 1]);
    const T y = rates.y_low * (c[i] - u.y_low[i]) + rates.y_high * (c[i] - u.y_high[i]);
    const T z = rates.z_low * (c[i] - u.z_low[i]) + rates.z_high * (c[i] - u.z_high[i]);
    return along + (y + z);
}

inline float residual(std::size_t i, const ResidualRow& row, double factor, double low, double before, double high,
                      double after, double walls)
{
    const double c = row.u.here[i];
    const double along = low * (c - before) + high * (c - after);
    const double y = row.y_low * (c - row.u.y_low[i]) + row.y_high * (c - row.u.y_high[i]);
    const double z = row.z_low * (c - row.u.z_low[i]) + row.z_high * (c - row.u.z_high[i]);
    const double applied = (along + (y + z)) + (row.removal[i] + walls) * c;
    return static_cast<float>(factor * (row.rhs[i] - applied));
}

/// Cells of a row that are computed between two requests for memory.
constexpr std::size_t cells_per_request = 64;

/// Asks for a piece of the rows behind these, which are needed next: three streams at a time are too many for some
/// processors to see coming by themselves across every page. Others choke on a whole row's requests at a time.
inline void fetch_next_row([[maybe_unused]] std::size_t begin, [[maybe_unused]] std::size_t end,
                           [[maybe_unused]] std::size_t cells, [[maybe_unused]] std::array<const double*, 3> rows)
{
#if defined(__GNUC__)
    constexpr std::size_t line = 64 / sizeof(double);
    constexpr int second_cache = 2;
    for (std::size_t i = begin; i < end; i += line) {
        for (const double* row : rows) {
            __builtin_prefetch(row + cells + i, 0, second_cache);
        }
    }
#endif
}

/// Of the magnitude, as an integer.
inline std::int32_t magnitude_bits(float value) { return std::bit_cast<std::int32_t>(value) & 0x7fffffff; }
inline std::int64_t magnitude_bits(double value) { return std::bit_cast<std::int64_t>(value) & 0x7fffffffffffffff; }
} // namespace

PAGET_VECTOR_TARGETS
void apply_row(std::size_t cells, const RowRates<double>& given, const RowValues<double>& values, const double* removal,
               double walls, double* __restrict__ out)
{
    const RowRates<double> rates = given;
    const RowValues<double> u = values;
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = outflow(i, rates, u) + (removal[i] + walls) * u.here[i];
    }
}

PAGET_VECTOR_TARGETS
void single_precision_row(std::size_t cells, double limit, const double* from, float* __restrict__ out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = static_cast<float>(limit < from[i] ? limit : from[i]);
    }
}

PAGET_VECTOR_TARGETS
void scaled_residual_row(std::size_t cells, double factor, const ResidualRow& given, float* __restrict__ out)
{
    const ResidualRow row = given;
    const double* c = row.u.here;
    const std::size_t last = cells - 1;
    for (std::size_t begin = 1; begin < last; begin += cells_per_request) {
        const std::size_t end = std::min(begin + cells_per_request, last);
        fetch_next_row(begin, end, cells, {row.u.z_high, row.removal, row.rhs});
        for (std::size_t i = begin; i < end; ++i) {
            out[i] = residual(i, row, factor, row.x, c[i - 1], row.x, c[i + 1], row.walls);
        }
    }
    if (cells == 1) {
        out[0] = residual(0, row, factor, row.x_first, row.before, row.x_last, row.after, row.walls_first);
        return;
    }
    out[0] = residual(0, row, factor, row.x_first, row.before, row.x, c[1], row.walls_first);
    out[last] = residual(last, row, factor, row.x, c[last - 1], row.x_last, row.after, row.walls_last);
}

PAGET_VECTOR_TARGETS
void add_correction_rows(std::size_t rows, std::size_t cells, std::size_t distance, double scale,
                         const float* correction, double* __restrict__ u, LargestBits& largest)
{
    std::int32_t of_correction = largest.correction;
    std::int64_t of_solution = largest.solution;
    for (std::size_t row = 0; row < rows; ++row, correction += distance, u += cells) {
        for (std::size_t i = 0; i < cells; ++i) {
            const double sum = u[i] + scale * static_cast<double>(correction[i]);
            u[i] = sum;
            of_correction = std::max(of_correction, magnitude_bits(correction[i]));
            of_solution = std::max(of_solution, magnitude_bits(sum));
        }
    }
    largest = {of_correction, of_solution};
}

} // namespace paget::fields
