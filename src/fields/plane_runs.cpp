#include "plane_runs.hpp"

#include "paget/core/vector_targets.hpp"

namespace paget::fields
{
namespace
{
// The order of the operations is part of the result.

struct EqualRates {
    RunRates rates;

    float supply(std::size_t i, const RunValues& u, const float* y_low, const float* y_high) const
    {
        const float* c = u.here;
        const float z = rates.z_low * u.z_low[i] + rates.z_high * u.z_high[i];
        return rates.x * (c[i - 1] + c[i + 1]) + (rates.y * (y_low[i] + y_high[i]) + z);
    }
    float outflow(std::size_t i, const RunValues& u, const float* y_low, const float* y_high) const
    {
        const float* c = u.here;
        const float z = rates.z_low * (c[i] - u.z_low[i]) + rates.z_high * (c[i] - u.z_high[i]);
        const float y = rates.y * ((c[i] - y_low[i]) + (c[i] - y_high[i]));
        return rates.x * ((c[i] - c[i - 1]) + (c[i] - c[i + 1])) + (y + z);
    }
};

struct CellRates {
    RunRates rates;

    float supply(std::size_t i, const RunValues& u, const float* y_low, const float* y_high) const
    {
        const float* c = u.here;
        const float z = rates.z_low * u.z_low[i] + rates.z_high * u.z_high[i];
        const float y = rates.y_low[i] * y_low[i] + rates.y_high[i] * y_high[i];
        return (rates.x_low[i] * c[i - 1] + rates.x_high[i] * c[i + 1]) + (y + z);
    }
    float outflow(std::size_t i, const RunValues& u, const float* y_low, const float* y_high) const
    {
        const float* c = u.here;
        const float z = rates.z_low * (c[i] - u.z_low[i]) + rates.z_high * (c[i] - u.z_high[i]);
        const float y = rates.y_low[i] * (c[i] - y_low[i]) + rates.y_high[i] * (c[i] - y_high[i]);
        return (rates.x_low[i] * (c[i] - c[i - 1]) + rates.x_high[i] * (c[i] - c[i + 1])) + (y + z);
    }
};

template <class Rates>
inline void step(std::size_t cells, float weight, const Rates rates, const RunValues u, const float* inverse,
                 const float* rhs, float* __restrict__ out)
{
    const float* y_low = u.here - u.row;
    const float* y_high = u.here + u.row;
    for (std::size_t i = 0; i < cells; ++i) {
        const float c = u.here[i];
        out[i] = c + weight * (inverse[i] * (rhs[i] + rates.supply(i, u, y_low, y_high)) - c);
    }
}

template <bool add, class Rates>
inline void residuals(std::size_t cells, float share, const float* weights, const Rates rates, const RunValues u,
                      const float* removal, const float* rhs, float* __restrict__ out)
{
    const float* y_low = u.here - u.row;
    const float* y_high = u.here + u.row;
    if (weights != nullptr) {
        for (std::size_t i = 0; i < cells; ++i) {
            const float left = rhs[i] - (rates.outflow(i, u, y_low, y_high) + removal[i] * u.here[i]);
            out[i] = (add ? out[i] : 0.0F) + share * (left * weights[i]);
        }
        return;
    }
    for (std::size_t i = 0; i < cells; ++i) {
        const float left = rhs[i] - (rates.outflow(i, u, y_low, y_high) + removal[i] * u.here[i]);
        out[i] = (add ? out[i] : 0.0F) + share * left;
    }
}
} // namespace

PAGET_VECTOR_TARGETS
void step_run_from_zero(std::size_t cells, float weight, const float* inverse, const float* rhs,
                        float* __restrict__ out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        out[i] = weight * (inverse[i] * rhs[i]);
    }
}

PAGET_VECTOR_TARGETS
void step_run(std::size_t cells, float weight, const RunRates& rates, const RunValues& u, const float* inverse,
              const float* rhs, float* __restrict__ out)
{
    if (rates.x_low == nullptr) {
        step(cells, weight, EqualRates{rates}, u, inverse, rhs, out);
    } else {
        step(cells, weight, CellRates{rates}, u, inverse, rhs, out);
    }
}

PAGET_VECTOR_TARGETS
void residual_run(std::size_t cells, float share, const float* weights, const RunRates& rates, const RunValues& u,
                  const float* removal, const float* rhs, float* __restrict__ out)
{
    if (rates.x_low == nullptr) {
        residuals<false>(cells, share, weights, EqualRates{rates}, u, removal, rhs, out);
    } else {
        residuals<false>(cells, share, weights, CellRates{rates}, u, removal, rhs, out);
    }
}

PAGET_VECTOR_TARGETS
void add_residual_run(std::size_t cells, float share, const float* weights, const RunRates& rates, const RunValues& u,
                      const float* removal, const float* rhs, float* __restrict__ out)
{
    if (rates.x_low == nullptr) {
        residuals<true>(cells, share, weights, EqualRates{rates}, u, removal, rhs, out);
    } else {
        residuals<true>(cells, share, weights, CellRates{rates}, u, removal, rhs, out);
    }
}

PAGET_VECTOR_TARGETS
void merge_rows(std::size_t coarse_cells, float first_share, const float* first, float second_share,
                const float* second, const float* shares, float* __restrict__ out)
{
    for (std::size_t p = 0; p < coarse_cells; ++p) {
        const float low = first_share * first[2 * p] + second_share * second[2 * p];
        const float high = first_share * first[2 * p + 1] + second_share * second[2 * p + 1];
        out[p] = shares[2 * p] * low + shares[2 * p + 1] * high;
    }
}

PAGET_VECTOR_TARGETS
void invert_diagonal_row(std::size_t cells, float across, const float* along, const float* removal,
                         float* __restrict__ inverse)
{
    for (std::size_t i = 0; i < cells; ++i) {
        inverse[i] = 1.0F / ((along[i] + across) + removal[i]);
    }
}

PAGET_VECTOR_TARGETS
void add_removal_row(std::size_t cells, float share, float exchange, const float* removal, float* __restrict__ removed,
                     float* __restrict__ kept)
{
    if (kept == nullptr) {
        for (std::size_t i = 0; i < cells; ++i) {
            removed[i] += share * removal[i];
        }
        return;
    }
    for (std::size_t i = 0; i < cells; ++i) {
        const float weight = share * (exchange / (exchange + removal[i]));
        removed[i] += weight * removal[i];
        kept[i] += weight;
    }
}

PAGET_VECTOR_TARGETS
void multiply_run(std::size_t cells, const float* factors, float* __restrict__ values)
{
    for (std::size_t i = 0; i < cells; ++i) {
        values[i] *= factors[i];
    }
}

/// The first of two children looks back, the second ahead.
PAGET_VECTOR_TARGETS
void add_to_pairs(std::size_t pairs, const ParentRows& parents, const PairShares& shares, const float* weights,
                  const float* present, float* __restrict__ out)
{
    const ParentRows e = parents;
    const PairShares s = shares;
    const auto count = static_cast<std::ptrdiff_t>(pairs);
    if (weights != nullptr) {
        for (std::ptrdiff_t p = 0; p < count; ++p) {
            const std::ptrdiff_t i = 2 * p;
            const float across = e.across(p);
            out[i] = present[i] + (across + s.first * e.towards(p, -1)) * weights[i];
            out[i + 1] = present[i + 1] + (across + s.second * e.towards(p, 1)) * weights[i + 1];
        }
        return;
    }
    for (std::ptrdiff_t p = 0; p < count; ++p) {
        const std::ptrdiff_t i = 2 * p;
        const float across = e.across(p);
        out[i] = present[i] + (across + s.first * e.towards(p, -1));
        out[i + 1] = present[i + 1] + (across + s.second * e.towards(p, 1));
    }
}

} // namespace paget::fields
