#include "paget/organ/census.hpp"

#include <numeric>

namespace paget::organ
{

std::int64_t Census::in_fate(agents::Fate fate) const
{
    std::int64_t sum = 0;
    for (const auto& by_fate : cells) {
        sum += by_fate[static_cast<std::size_t>(fate)];
    }
    return sum;
}

std::int64_t Census::living() const { return in_fate(agents::Fate::cycling) + in_fate(agents::Fate::dormant); }

std::int64_t Census::died() const { return std::accumulate(totals.died.begin(), totals.died.end(), std::int64_t{0}); }

bool Census::balanced() const
{
    return totals.founded + totals.born + totals.arrived + totals.recruited ==
           living() + died() + totals.shed + totals.left;
}

Census& Census::operator+=(const Census& other)
{
    for (std::size_t state = 0; state < agents::state_count; ++state) {
        for (std::size_t fate = 0; fate < agents::fate_count; ++fate) {
            cells[state][fate] += other.cells[state][fate];
        }
    }
    returned += other.returned;
    totals += other.totals;
    return *this;
}

} // namespace paget::organ
