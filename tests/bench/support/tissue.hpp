#pragma once

#include "paget/agents/population.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <vector>

namespace paget::bench
{

/// A block of tissue: per_edge^3 cells on a cubic lattice of 15 um, each moved at random by up to 3.75 um per axis,
/// radii 8.41 um +- 5 %; 11 neighbours within reach of adhesion, 14 within 22.5 um. One cell type with the default
/// forces that neither crawls nor divides. Voxels of 20 um.
class Tissue
{
public:
    /// Cut among the ranks of `comm`. Collective.
    Tissue(int per_edge, const parallel::Communicator& comm, agents::MechanicsStep mechanics);

    static mesh::Grid grid(int per_edge);

    agents::Population& population() { return population_; }
    const agents::Population& population() const { return population_; }
    const mesh::Partition& partition() const { return partition_; }
    double cells() const { return static_cast<double>(per_edge_) * per_edge_ * per_edge_; }
    double edge_um() const { return partition_.grid().extent_um().x; }

    /// Records of the cells of every `stride`-th layer, as they are founded; all of them in the order of their ids.
    std::vector<agents::CellRecord> founders(int first = 0, int stride = 1) const;

    /// Puts the founders into the population; layers are handed in by the ranks in turn. Collective.
    void found();

    /// Moves all cells over so many minutes, as an organ does. Collective.
    void move(double minutes);

private:
    agents::CellRecord founder(int i, int j, int k) const;

    int per_edge_;
    const parallel::Communicator* comm_;
    mesh::Partition partition_;
    std::vector<agents::CellType> types_;
    agents::Population population_;
    Tick now_ = 0;
};

} // namespace paget::bench
