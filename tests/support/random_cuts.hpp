#pragma once

#include "paget/core/random.hpp"
#include "paget/mesh/partition.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace paget::test
{

/// Cuts of an axis into `parts`, anywhere that they may lie; those between two others at least `least` voxels wide.
/// Nothing if there is no room.
inline std::optional<std::vector<int>> random_cuts(int voxels, int step, int parts, int least,
                                                   const RandomNumbers& random, std::uint64_t key)
{
    for (std::uint64_t attempt = 0; attempt < 200; ++attempt) {
        std::vector<int> cuts{0, voxels};
        const int places = (voxels - 1) / step;
        for (int part = 1; part < parts && places > 0; ++part) {
            const double u =
                random.uniform(Purpose::test, key, static_cast<Tick>(attempt), static_cast<std::uint64_t>(part));
            cuts.push_back(step * (1 + static_cast<int>(u * places)));
        }
        std::sort(cuts.begin(), cuts.end());
        bool good = cuts.size() == static_cast<std::size_t>(parts) + 1;
        for (std::size_t i = 0; good && i + 1 < cuts.size(); ++i) {
            const bool between = i > 0 && i + 2 < cuts.size();
            good = cuts[i + 1] - cuts[i] >= (between ? least : 1);
        }
        if (good) {
            return cuts;
        }
    }
    return std::nullopt;
}

/// A grid cut into one box per rank at random places, in a random factorisation; nothing if there is no room.
inline std::optional<mesh::Partition> random_partition(const mesh::Grid& grid, int ranks, int least, std::uint64_t key)
{
    const RandomNumbers random(77);
    std::vector<mesh::Partition> found;
    for (int x = 1; x <= ranks; ++x) {
        for (int y = 1; x * y <= ranks; ++y) {
            const mesh::Index3 parts{x, y, ranks / x / y};
            mesh::Cuts cuts;
            bool good = x * y * parts[2] == ranks;
            for (std::size_t axis = 0; axis < 3 && good; ++axis) {
                const auto some = random_cuts(grid.voxels[axis], mesh::cut_step(grid), parts[axis], least, random,
                                              1000 * key + 10 * static_cast<std::uint64_t>(x * ranks + y) + axis);
                good = some.has_value();
                cuts[axis] = some.value_or(std::vector<int>{});
            }
            if (good) {
                found.emplace_back(grid, cuts);
            }
        }
    }
    if (found.empty()) {
        return std::nullopt;
    }
    return found[static_cast<std::size_t>(random.uniform(Purpose::test, key, 1) * static_cast<double>(found.size()))];
}

} // namespace paget::test
