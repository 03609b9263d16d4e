#include "seedings.hpp"

namespace paget::output
{
namespace
{
Outcomes& operator+=(Outcomes& sum, const Outcomes& more)
{
    sum.grew += more.grew;
    sum.slept += more.slept;
    sum.died += more.died;
    return sum;
}
} // namespace

Seedings::Seedings(std::span<const SeedingCount> counts)
{
    for (const SeedingCount& count : counts) {
        outcomes_[{count.destination, count.source}] = {count.grew, count.slept, count.died};
    }
}

void Seedings::add(std::span<const organ::SeedingEvent> events)
{
    for (const auto& event : events) {
        Outcomes& outcomes = outcomes_[{event.destination, event.source}];
        if (event.fate == agents::Fate::cycling) {
            ++outcomes.grew;
        } else if (event.fate == agents::Fate::dormant) {
            ++outcomes.slept;
        } else {
            ++outcomes.died;
        }
    }
}

Outcomes Seedings::into(OrganId destination) const
{
    Outcomes sum;
    for (const auto& [source, outcomes] : sources_of(destination)) {
        sum += outcomes;
    }
    return sum;
}

std::map<OrganId, Outcomes> Seedings::sources_of(OrganId destination) const
{
    std::map<OrganId, Outcomes> sources;
    for (const auto& [way, outcomes] : outcomes_) {
        if (way.first == destination) {
            sources[way.second] = outcomes;
        }
    }
    return sources;
}

std::int64_t Seedings::seeded() const
{
    std::int64_t sum = 0;
    for (const auto& [way, outcomes] : outcomes_) {
        sum += outcomes.seeded();
    }
    return sum;
}

std::vector<SeedingCount> Seedings::counts() const
{
    std::vector<SeedingCount> counts;
    for (const auto& [way, outcomes] : outcomes_) {
        counts.push_back({way.first, way.second, outcomes.grew, outcomes.slept, outcomes.died});
    }
    return counts;
}

} // namespace paget::output
