#include "paget/body/niches.hpp"

#include "paget/core/error.hpp"
#include "paget/core/math.hpp"

namespace paget::body
{
namespace
{
/// Solution of dn/dt = p (1 - n) - l n, at rates p and l [1/min], after some minutes.
double readiness_after(double minutes, double readiness, double prepared_per_min, double lost_per_min)
{
    const double rate_per_min = prepared_per_min + lost_per_min;
    if (rate_per_min == 0.0) {
        return readiness;
    }
    const double limit = prepared_per_min / rate_per_min;
    return limit + (readiness - limit) * portable_exp(-rate_per_min * minutes);
}
} // namespace

Niches::Niches(const std::vector<organ::OrganDescription>& organs) : organs_(&organs), readiness_(organs.size(), 0.0) {}

void Niches::advance(const std::vector<organ::Census>& counted, const TimeStep& step)
{
    for (std::size_t i = 0; i < readiness_.size(); ++i) {
        const organ::Niche& niche = (*organs_)[i].niche;
        if (niche.prepared_by != OrganId::none) {
            const auto cells =
                static_cast<double>(counted[static_cast<std::size_t>(index_of(niche.prepared_by))].living());
            const double tumour = cells / (niche.half_cells + cells);
            readiness_[i] =
                readiness_after(step.minutes(), readiness_[i], niche.preparation_per_min * tumour, niche.loss_per_min);
        }
    }
}

double Niches::readiness(OrganId organ) const { return readiness_[static_cast<std::size_t>(index_of(organ))]; }

double Niches::gain(OrganId organ) const
{
    return (*organs_)[static_cast<std::size_t>(index_of(organ))].niche.gain * readiness(organ);
}

void Niches::restore(std::vector<double> readiness)
{
    ensure(readiness.size() == readiness_.size(), "saved niches do not match the organs");
    readiness_ = std::move(readiness);
}

} // namespace paget::body
