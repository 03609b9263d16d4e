#pragma once

#include "paget/organ/census.hpp"
#include "paget/output/stream_positions.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace paget::output
{

/// What became of the cells that arrived, since the start.
struct Outcomes {
    std::int64_t grew = 0;
    std::int64_t slept = 0;
    std::int64_t died = 0;

    std::int64_t arrived() const { return grew + slept + died; }
    std::int64_t seeded() const { return grew + slept; }
};

/// Arrivals by (destination, source).
class Seedings
{
public:
    Seedings() = default;
    /// As counts() gave them.
    explicit Seedings(std::span<const SeedingCount> counts);

    void add(std::span<const organ::SeedingEvent> events);

    Outcomes into(OrganId destination) const;
    /// By source, those with any arrival.
    std::map<OrganId, Outcomes> sources_of(OrganId destination) const;
    /// Cells that grow or sleep, over all organs.
    std::int64_t seeded() const;

    std::vector<SeedingCount> counts() const;

private:
    std::map<std::pair<OrganId, OrganId>, Outcomes> outcomes_;
};

} // namespace paget::output
