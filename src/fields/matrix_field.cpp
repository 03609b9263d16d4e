#include "paget/fields/matrix_field.hpp"

#include "paget/core/error.hpp"
#include "paget/core/math.hpp"

namespace paget::fields
{
namespace
{
/// Solution of dw/dt = -a w + b (1 - w) after time t: exponential approach to b / (a + b).
double advanced(double w, double a_per_min, double b_per_min, double minutes)
{
    const double rate = a_per_min + b_per_min;
    if (rate == 0.0) {
        return w;
    }
    const double limit = b_per_min / rate;
    return limit + (w - limit) * portable_exp(-rate * minutes);
}

/// a times the integral of that w over the time t.
double lost(double w, double a_per_min, double b_per_min, double minutes)
{
    const double rate = a_per_min + b_per_min;
    if (!(a_per_min > 0.0)) {
        return 0.0;
    }
    const double limit = b_per_min / rate;
    return a_per_min * (limit * minutes + (w - limit) * event_probability(rate, minutes) / rate);
}
} // namespace

MatrixField::MatrixField(const mesh::Partition& partition, const parallel::Communicator& comm, double initial)
    : density_(partition, comm, initial)
{
}

std::vector<double> MatrixField::loss(std::span<const double> degradation_per_min,
                                      std::span<const double> deposition_per_min, double minutes) const
{
    std::vector<double> w = density_.owned();
    ensure(degradation_per_min.size() == w.size() && deposition_per_min.size() == w.size(),
           "rates of the matrix do not match the voxels of this rank");
    for (std::size_t i = 0; i < w.size(); ++i) {
        w[i] = lost(w[i], degradation_per_min[i], deposition_per_min[i], minutes);
    }
    return w;
}

void MatrixField::advance(std::span<const double> degradation_per_min, std::span<const double> deposition_per_min,
                          double minutes)
{
    std::vector<double> w = density_.owned();
    ensure(degradation_per_min.size() == w.size() && deposition_per_min.size() == w.size(),
           "rates of the matrix do not match the voxels of this rank");
    for (std::size_t i = 0; i < w.size(); ++i) {
        w[i] = advanced(w[i], degradation_per_min[i], deposition_per_min[i], minutes);
    }
    density_.assign(w);
}

void MatrixField::advance(std::span<const double> degradation_per_min, double deposition_per_min, double minutes)
{
    advance(degradation_per_min, std::vector<double>(degradation_per_min.size(), deposition_per_min), minutes);
}

} // namespace paget::fields
