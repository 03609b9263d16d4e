#include "support/tissue.hpp"

#include "paget/core/hash.hpp"
#include "paget/mesh/layout.hpp"

#include <cmath>

namespace paget::bench
{
namespace
{
constexpr double lattice_um = 15.0;
constexpr double jitter_um = 3.75;
constexpr double spacing_um = 20.0;

std::vector<agents::CellType> resting_type()
{
    agents::CellType type;
    type.name = "resting";
    type.motility.speed_um_per_min = {0.0, 0.0, 0.0};
    return {type};
}

/// As a run cuts an organ whose work is the same everywhere.
mesh::Partition cut_evenly(const mesh::Grid& grid, int ranks)
{
    mesh::OrganLoad load(grid);
    load.work.spread(grid.box(), 1e9);
    return mesh::plan_layout(std::span(&load, 1), ranks).front().partition(grid);
}

/// In [-1, 1).
double random_at(std::uint64_t cell, std::uint64_t what)
{
    return static_cast<double>(mix64(mix64(cell) ^ mix64(what)) >> 11U) * 0x1p-52 - 1.0;
}
} // namespace

mesh::Grid Tissue::grid(int per_edge)
{
    const int voxels = static_cast<int>(std::ceil(per_edge * lattice_um / spacing_um));
    return {{voxels, voxels, voxels}, spacing_um};
}

Tissue::Tissue(int per_edge, const parallel::Communicator& comm, agents::MechanicsStep mechanics)
    : per_edge_(per_edge),
      comm_(&comm),
      partition_(cut_evenly(grid(per_edge), comm.size())),
      types_(resting_type()),
      population_(partition_, comm, types_, OrganKey{0}, RandomNumbers(1), mechanics)
{
}

agents::CellRecord Tissue::founder(int i, int j, int k) const
{
    const auto number = static_cast<std::uint64_t>((k * per_edge_ + j) * per_edge_ + i);
    const double size = std::pow(1.0 + 0.05 * random_at(number, 4), 3);
    agents::CellRecord cell;
    cell.id = CellId::make(OrganKey{0}, number);
    cell.position_um = {(i + 0.5) * lattice_um + jitter_um * random_at(number, 1),
                        (j + 0.5) * lattice_um + jitter_um * random_at(number, 2),
                        (k + 0.5) * lattice_um + jitter_um * random_at(number, 3)};
    cell.volume = types_.front().reference_volume();
    cell.volume.fluid_um3 *= size;
    cell.volume.nuclear_solid_um3 *= size;
    cell.volume.cytoplasmic_solid_um3 *= size;
    return cell;
}

std::vector<agents::CellRecord> Tissue::founders(int first, int stride) const
{
    std::vector<agents::CellRecord> cells;
    for (int k = first; k < per_edge_; k += stride) {
        for (int j = 0; j < per_edge_; ++j) {
            for (int i = 0; i < per_edge_; ++i) {
                cells.push_back(founder(i, j, k));
            }
        }
    }
    return cells;
}

void Tissue::found()
{
    population_.reserve_numbers(static_cast<std::uint64_t>(cells()));
    population_.insert(founders(comm_->rank(), comm_->size()));
}

void Tissue::move(double minutes)
{
    const TimeStep step{now_, ticks_from_minutes(minutes)};
    now_ = step.end();
    population_.move(agents::Environment(population_.size()), step);
}

} // namespace paget::bench
