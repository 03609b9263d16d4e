#include "convoy.hpp"

#include <tuple>
#include <utility>

namespace paget::circulation
{

Convoy Convoy::with(std::vector<agents::CellRecord> others) const
{
    return {std::move(others), source, shed_at, arrested_at, bed, minutes_ahead, location, passes};
}

bool travels_before(const Traveller& a, const Traveller& b)
{
    return std::tie(a.cluster, a.cell.id) < std::tie(b.cluster, b.cell.id);
}

Convoy convoy_of(std::span<const Traveller> together)
{
    const Traveller& first = together.front();
    Convoy convoy{{},        first.source,        first.shed_at,  first.arrested_at,
                  first.bed, first.minutes_ahead, first.location, first.passes};
    convoy.cells.reserve(together.size());
    for (const Traveller& traveller : together) {
        convoy.cells.push_back(traveller.cell);
    }
    return convoy;
}

void append(const Convoy& convoy, std::vector<Traveller>& travellers)
{
    for (const agents::CellRecord& cell : convoy.cells) {
        travellers.push_back({cell, convoy.leader().id, convoy.source, convoy.shed_at, convoy.arrested_at, convoy.bed,
                              convoy.minutes_ahead, convoy.location, convoy.passes});
    }
}

std::size_t end_of_convoy(std::span<const Traveller> sorted, std::size_t begin)
{
    std::size_t end = begin + 1;
    while (end < sorted.size() && sorted[end].cluster == sorted[begin].cluster) {
        ++end;
    }
    return end;
}

} // namespace paget::circulation
