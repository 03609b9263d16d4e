#pragma once

#include <cstddef>
#include <cstdint>

namespace paget::fields
{

/// Rates of one row of cells along x; arrays over its cells. T is float or double.
template <class T>
struct RowRates {
    const T* x_low;  ///< exchange with the cell before
    const T* x_high; ///< and with the cell after
    const T* x_both; ///< sum of the two
    T y_low, y_high, z_low, z_high;
    T across; ///< sum of the four rates above
};

/// A row of cells and its neighbours, with a valid value before and after the row itself.
template <class T>
struct RowValues {
    const T* here;
    const T* y_low;
    const T* y_high;
    const T* z_low;
    const T* z_high;
};

// Every cell's value is the same expression of the same numbers, whatever row it is computed in and with whatever
// vector instructions: these functions exist in several versions, of which the machine's best is taken at run time.

/// out = A u; a constant rate `walls` comes on top of the removal.
void apply_row(std::size_t cells, const RowRates<double>& rates, const RowValues<double>& u, const double* removal,
               double walls, double* __restrict__ out);

/// A row for scaled_residual_row(): inside it all cells have the same rates along x.
struct ResidualRow {
    RowValues<double> u; ///< the row's own ends need no values beyond them
    const double* removal;
    const double* rhs;
    double before, after;      ///< values beyond the ends
    double x, x_first, x_last; ///< exchange along x: inside, before the first cell, and after the last one
    double y_low, y_high, z_low, z_high;
    double walls, walls_first, walls_last; ///< rates on top of the removal: inside, of the first cell, and of the last
};

/// out = factor (rhs - A u), in single precision.
void scaled_residual_row(std::size_t cells, double factor, const ResidualRow& row, float* __restrict__ out);

/// out = from, but at most `limit`, in single precision.
void single_precision_row(std::size_t cells, double limit, const double* from, float* __restrict__ out);

/// Largest magnitudes, as the bits of a float and of a double, whose order as integers is that of the magnitudes, with
/// infinity and NaN above all.
struct LargestBits {
    std::int32_t correction = 0;
    std::int64_t solution = 0;
};

/// u += scale * correction for some rows, those of the correction `distance` apart and those of u one after the other.
/// `largest` becomes that of the correction (without the scale) and of u, if that is larger.
void add_correction_rows(std::size_t rows, std::size_t cells, std::size_t distance, double scale,
                         const float* correction, double* __restrict__ u, LargestBits& largest);

} // namespace paget::fields
