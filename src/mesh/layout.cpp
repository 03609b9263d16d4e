#include "paget/mesh/layout.hpp"

#include "paget/core/error.hpp"
#include "paget/mesh/partition.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace paget::mesh
{
namespace
{
std::vector<OrganPlacement> pack_organs(std::span<const OrganLoad> organs, int ranks)
{
    std::vector<std::size_t> heaviest_first(organs.size());
    std::iota(heaviest_first.begin(), heaviest_first.end(), std::size_t{0});
    std::stable_sort(heaviest_first.begin(), heaviest_first.end(),
                     [&](std::size_t a, std::size_t b) { return organs[a].work > organs[b].work; });
    std::vector<double> load(static_cast<std::size_t>(ranks), 0.0);
    std::vector<OrganPlacement> placements(organs.size());
    for (const std::size_t organ : heaviest_first) {
        const auto lightest = std::min_element(load.begin(), load.end());
        *lightest += organs[organ].work;
        placements[organ].ranks = {static_cast<int>(lightest - load.begin())};
    }
    return placements;
}

/// The smallest usable number of ranks above `ranks` that costs at most `spare` more, if there is one.
std::optional<int> next_usable(const Grid& grid, int ranks, int spare)
{
    for (int more = 1; more <= spare; ++more) {
        if (choose_parts(grid, ranks + more)) {
            return ranks + more;
        }
    }
    return std::nullopt;
}

/// Every organ has one rank; each further one goes where the work per rank is largest, if that organ can use it.
std::vector<int> share_ranks(std::span<const OrganLoad> organs, int ranks)
{
    std::vector<int> shares(organs.size(), 1);
    int spare = ranks - static_cast<int>(organs.size());
    while (spare > 0) {
        std::optional<std::size_t> neediest;
        for (std::size_t i = 0; i < organs.size(); ++i) {
            const bool needier = !neediest || organs[i].work / shares[i] > organs[*neediest].work / shares[*neediest];
            if (needier && next_usable(organs[i].grid, shares[i], spare)) {
                neediest = i;
            }
        }
        if (!neediest) {
            break;
        }
        const int more = *next_usable(organs[*neediest].grid, shares[*neediest], spare);
        spare -= more - shares[*neediest];
        shares[*neediest] = more;
    }
    return shares;
}
} // namespace

std::vector<OrganPlacement> plan_layout(std::span<const OrganLoad> organs, int ranks)
{
    ensure(!organs.empty() && ranks >= 1, "a layout needs at least one organ and one rank");
    if (ranks < static_cast<int>(organs.size())) {
        return pack_organs(organs, ranks);
    }
    const std::vector<int> shares = share_ranks(organs, ranks);
    std::vector<OrganPlacement> placements(organs.size());
    int first = 0;
    for (std::size_t i = 0; i < organs.size(); ++i) {
        placements[i].ranks.resize(static_cast<std::size_t>(shares[i]));
        std::iota(placements[i].ranks.begin(), placements[i].ranks.end(), first);
        placements[i].parts = *choose_parts(organs[i].grid, shares[i]);
        first += shares[i];
    }
    return placements;
}

} // namespace paget::mesh
