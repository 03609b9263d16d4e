#include "stencil_rows.hpp"

#include "vector_targets.hpp"

#include <cmath>

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

inline float residual(std::size_t i, const RowRates<float>& rates, const RowValues<float>& u, const float* removal,
                      const float* rhs)
{
    return rhs[i] - (outflow(i, rates, u) + removal[i] * u.here[i]);
}

inline float diagonal(std::size_t i, const RowRates<float>& rates, const float* removal)
{
    return (rates.x_both[i] + rates.across) + removal[i];
}
} // namespace

PAGET_VECTOR_TARGETS
void step_row_from_zero(std::size_t cells, float weight, const RowRates<float>& given, const float* removal,
                        const float* rhs, float* __restrict__ out)
{
    const RowRates<float> rates = given;
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = weight * (rhs[i] / diagonal(i, rates, removal));
    }
}

PAGET_VECTOR_TARGETS
void step_row(std::size_t cells, float weight, const RowRates<float>& given, const RowValues<float>& values,
              const float* removal, const float* rhs, float* __restrict__ out)
{
    const RowRates<float> rates = given;
    const RowValues<float> u = values;
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = u.here[i] + weight * (residual(i, rates, u, removal, rhs) / diagonal(i, rates, removal));
    }
}

PAGET_VECTOR_TARGETS
void add_residual_row(std::size_t cells, float share, const float* weights, const RowRates<float>& given,
                      const RowValues<float>& values, const float* removal, const float* rhs, float* __restrict__ out)
{
    const RowRates<float> rates = given;
    const RowValues<float> u = values;
    if (weights != nullptr) {
        for (std::size_t i = 0; i < cells; ++i) {
            out[i] += share * (residual(i, rates, u, removal, rhs) * weights[i]);
        }
        return;
    }
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] += share * residual(i, rates, u, removal, rhs);
    }
}

PAGET_VECTOR_TARGETS
void add_removal_row(std::size_t cells, float share, float exchange, const float* removal, float* __restrict__ removed,
                     float* __restrict__ kept)
{
    for (std::size_t i = 0; i < cells; ++i) {
        const float weight = share * (exchange > 0.0F ? exchange / (exchange + removal[i]) : 1.0F);
        removed[i] += weight * removal[i];
        kept[i] += weight;
    }
}

PAGET_VECTOR_TARGETS
void add_weighted_row(std::size_t cells, const float* weights, const float* u, const float* correction,
                      float* __restrict__ out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = u[i] + correction[i] * weights[i];
    }
}

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
void scaled_residual_row(std::size_t cells, double factor, const RowRates<double>& given,
                         const RowValues<double>& values, const double* removal, double walls, const double* rhs,
                         float* __restrict__ out)
{
    const RowRates<double> rates = given;
    const RowValues<double> u = values;
    for (std::size_t i = 0; i < cells; ++i) {
        const double applied = outflow(i, rates, u) + (removal[i] + walls) * u.here[i];
        out[i] = static_cast<float>(factor * (rhs[i] - applied));
    }
}

PAGET_VECTOR_TARGETS
void add_correction_row(std::size_t cells, double scale, const float* correction, double* __restrict__ u,
                        double* __restrict__ largest)
{
    for (std::size_t i = 0; i < cells; ++i) {
        u[i] += scale * static_cast<double>(correction[i]);
        const double magnitude = std::fabs(u[i]);
        largest[i] = magnitude > largest[i] ? magnitude : largest[i];
    }
}

} // namespace paget::fields
