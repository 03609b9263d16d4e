#include "routing.hpp"

#include "paget/core/hash.hpp"
#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <utility>

namespace paget::circulation
{

int place_of(CellId cluster, std::size_t places) { return static_cast<int>(mix64(cluster.value) % places); }

std::vector<Traveller> bring_home(std::vector<Traveller> travellers, const parallel::Communicator& world)
{
    const auto home = [&](const Traveller& traveller) {
        return place_of(traveller.cluster, static_cast<std::size_t>(world.size()));
    };
    const auto strays = std::stable_partition(travellers.begin(), travellers.end(), [&](const Traveller& traveller) {
        return home(traveller) == world.rank();
    });
    const std::vector<Traveller> leaving(strays, travellers.end());
    travellers.erase(strays, travellers.end());
    std::vector<int> destinations(leaving.size());
    std::transform(leaving.begin(), leaving.end(), destinations.begin(), home);
    const auto coming = parallel::exchange<Traveller>(world, leaving, destinations);
    travellers.insert(travellers.end(), coming.begin(), coming.end());
    if (!std::is_sorted(travellers.begin(), travellers.end(), travels_before)) {
        std::sort(travellers.begin(), travellers.end(), travels_before);
    }
    return travellers;
}

std::vector<Arrival> hand_over(const std::vector<Arrival>& arrivals, const std::vector<std::vector<int>>& organ_ranks,
                               const parallel::Communicator& world)
{
    std::vector<int> destinations;
    destinations.reserve(arrivals.size());
    for (const Arrival& arrival : arrivals) {
        const auto& ranks = organ_ranks[static_cast<std::size_t>(index_of(arrival.destination))];
        destinations.push_back(ranks[static_cast<std::size_t>(place_of(arrival.cluster, ranks.size()))]);
    }
    std::vector<Arrival> here = parallel::exchange<Arrival>(world, arrivals, destinations);
    std::sort(here.begin(), here.end(), [](const Arrival& a, const Arrival& b) { return a.cell.id < b.cell.id; });
    return here;
}

} // namespace paget::circulation
