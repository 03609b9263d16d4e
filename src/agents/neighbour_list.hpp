#pragma once

#include "bins.hpp"
#include "columns.hpp"
#include "pair_law.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::agents
{

/// For every owned cell the cells, ghosts included, that can interact with it before any cell has moved by half the
/// skin (Verlet 1967, Phys. Rev. 159:98), in ascending order of id. As cells beyond the reach add exactly nothing, sums
/// over a list are the same bits for any cut into ranks, any skin and any bins.
class NeighbourList
{
public:
    /// Lists for settled cells.
    void build(const Columns& cells, const BinTable& bins, const PairLaw& law, double skin_um);

    std::span<const std::uint32_t> of(std::size_t cell) const
    {
        return {neighbours_.data() + first_[cell], neighbours_.data() + first_[cell + 1]};
    }
    std::size_t size() const { return neighbours_.size(); }

private:
    struct Candidate {
        Sphere sphere;
        double reach_um = 0.0;
        CellId id;
        std::uint32_t index = 0;
    };
    struct Entry {
        CellId id;
        std::uint32_t index = 0;
    };

    void gather(const Columns& cells, const BinTable& bins, std::uint32_t bin, const PairLaw& law);
    void append_neighbours(std::uint32_t cell, const Sphere& sphere, double reach_um);

    std::vector<std::size_t> first_;
    std::vector<std::uint32_t> neighbours_;
    std::vector<Candidate> candidates_;
    std::vector<Entry> near_;
};

} // namespace paget::agents
