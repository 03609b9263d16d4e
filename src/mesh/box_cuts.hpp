#pragma once

#include "paget/mesh/layout.hpp"

#include <optional>
#include <vector>

namespace paget::mesh
{

/// An organ cut into boxes, with the work of each.
struct BoxCuts {
    Index3 parts{1, 1, 1};
    Cuts cuts;
    std::vector<double> loads; ///< by box
    double largest = 0.0;      ///< of them
};

/// Finds the cuts of an organ by which its heaviest box has as little work as possible. Cuts of all boxes along an axis
/// are the same, so this is a search: axis after axis is cut as well as the cuts of the others allow, which
/// one-dimensional bisection does exactly (e.g. Pinar and Aykanat 2004, J. Parallel Distrib. Comput. 64:974), until
/// nothing improves.
class OrganCutter
{
public:
    explicit OrganCutter(const OrganLoad& load);

    /// The best cut into so many boxes, or nothing if none fits the grid.
    std::optional<BoxCuts> cut(int boxes) const;

    /// Work of every box of given cuts (in voxels), what ranks repeat included.
    std::vector<double> loads_of(const Cuts& cuts) const;

private:
    using Places = std::array<std::vector<int>, 3>; ///< cuts in blocks

    std::vector<Index3> factorisations(int boxes) const;
    int most_parts(std::size_t axis) const;
    int least_blocks(std::size_t axis, int part, int parts) const;
    std::int64_t sum(const Box& blocks) const;
    double load(const Box& blocks) const;
    double largest(const Places& places) const;
    double heaviest(const Places& places, std::size_t axis, int from, int to) const;
    Places first_places(const Index3& parts) const;
    std::optional<std::vector<int>> within(const Places& places, std::size_t axis, double bound) const;
    double improve(Places& places, std::size_t axis, double present) const;
    BoxCuts result(const Places& places) const;

    Grid grid_;
    int edge_;
    Index3 blocks_;
    Index3 least_; ///< blocks of a part between two others
    double repeated_;
    std::vector<std::int64_t> below_; ///< sums over all blocks before a corner
};

} // namespace paget::mesh
