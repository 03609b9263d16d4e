#pragma once

#include "support/random_cuts.hpp"

#include "paget/body/body.hpp"

#include <algorithm>
#include <numeric>

namespace paget::test
{

/// Every organ on any of the ranks, in any order, cut anywhere: what no planner would choose, the same on all ranks.
inline body::Body::Layout random_layout(const body::BodyDescription& description, int ranks, std::uint64_t key)
{
    const RandomNumbers random(5);
    body::Body::Layout layout;
    for (std::size_t organ = 0; organ < description.organs.size(); ++organ) {
        const std::uint64_t own = 100 * key + organ;
        std::vector<int> all(static_cast<std::size_t>(ranks));
        std::iota(all.begin(), all.end(), 0);
        for (std::size_t i = all.size(); i > 1; --i) {
            const double u = random.uniform(Purpose::test, own, 0, i);
            std::swap(all[i - 1], all[static_cast<std::size_t>(u * static_cast<double>(i))]);
        }
        const mesh::Grid& grid = description.organs[organ].grid;
        const auto& tissue = description.tissue;
        const mesh::Index3 least = agents::least_part(grid, tissue.types, tissue.skin_um);
        int boxes = std::max(1, ranks - static_cast<int>(own % 2));
        std::optional<mesh::Partition> cut;
        while (!(cut = random_partition(grid, boxes, *std::max_element(least.begin(), least.end()), own))) {
            --boxes;
        }
        all.resize(static_cast<std::size_t>(boxes));
        layout.push_back({all, cut->parts(), cut->cuts()});
    }
    return layout;
}

} // namespace paget::test
