#pragma once

#include <cstddef>

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

/// out = weight D^-1 rhs: a smoothing step from zero. D is the diagonal, removal + all exchange rates.
void step_row_from_zero(std::size_t cells, float weight, const RowRates<float>& rates, const float* removal,
                        const float* rhs, float* __restrict__ out);

/// out = u + weight D^-1 (rhs - A u).
void step_row(std::size_t cells, float weight, const RowRates<float>& rates, const RowValues<float>& u,
              const float* removal, const float* rhs, float* __restrict__ out);

/// out += share q (rhs - A u), with the cells' weights q, or 1 if there are none.
void add_residual_row(std::size_t cells, float share, const float* weights, const RowRates<float>& rates,
                      const RowValues<float>& u, const float* removal, const float* rhs, float* __restrict__ out);

/// removed += share q removal and kept += share q, with q = 1, or exchange / (exchange + removal) if `exchange` > 0.
void add_removal_row(std::size_t cells, float share, float exchange, const float* removal, float* __restrict__ removed,
                     float* __restrict__ kept);

/// out = u + q correction.
void add_weighted_row(std::size_t cells, const float* weights, const float* u, const float* correction,
                      float* __restrict__ out);

/// out = A u; a constant rate `walls` comes on top of the removal.
void apply_row(std::size_t cells, const RowRates<double>& rates, const RowValues<double>& u, const double* removal,
               double walls, double* __restrict__ out);

/// out = factor (rhs - A u), likewise, in single precision.
void scaled_residual_row(std::size_t cells, double factor, const RowRates<double>& rates, const RowValues<double>& u,
                         const double* removal, double walls, const double* rhs, float* __restrict__ out);

/// u += scale * correction; largest[i] becomes |u[i]| if that is larger.
void add_correction_row(std::size_t cells, double scale, const float* correction, double* __restrict__ u,
                        double* __restrict__ largest);

} // namespace paget::fields
