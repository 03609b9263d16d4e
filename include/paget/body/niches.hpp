#pragma once

#include "paget/core/clock.hpp"
#include "paget/organ/census.hpp"
#include "paget/organ/description.hpp"

#include <vector>

namespace paget::body
{

/// Pre-metastatic niches of all organs (docs/model/niche.md): how ready each is for cells to come. The same numbers on
/// all ranks, because they follow from counts of the whole body.
class Niches
{
public:
    /// Niches that nothing has prepared yet. `organs` must outlive it.
    explicit Niches(const std::vector<organ::OrganDescription>& organs);

    /// Prepares them over a step by the tumours as counted at its end; exact for a constant tumour. Local.
    void advance(const std::vector<organ::Census>& counted, const TimeStep& step);

    /// Readiness of each organ's niche, 0 to 1; 0 where there is none.
    const std::vector<double>& readiness() const { return readiness_; }
    /// Of one organ's.
    double readiness(OrganId organ) const;
    /// By how much the niche raises extravasation into an organ and its soil: gain times readiness.
    double gain(OrganId organ) const;

    /// Puts back saved readiness, one per organ.
    void restore(std::vector<double> readiness);

private:
    const std::vector<organ::OrganDescription>* organs_;
    std::vector<double> readiness_;
};

} // namespace paget::body
