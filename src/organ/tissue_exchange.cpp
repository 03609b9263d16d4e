#include "tissue_exchange.hpp"

#include "paget/core/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace paget::organ
{
namespace
{
/// Integer sums of one quantity per voxel. The quantum is a power of two chosen from the largest single contribution,
/// so that fields of any unit keep 42 bits of it.
class Deposit
{
public:
    Deposit(std::size_t voxels, double largest_contribution) : sums_(voxels, 0)
    {
        if (largest_contribution > 0.0) {
            scale_ = std::ldexp(1.0, 10 - std::ilogb(largest_contribution));
        }
    }

    void add(std::size_t voxel, double value) { sums_[voxel] += fixed_point::from_double(value * scale_); }
    double value(std::size_t voxel) const { return fixed_point::to_double(sums_[voxel]) / scale_; }

private:
    std::vector<std::int64_t> sums_;
    double scale_ = 1.0;
};

/// Upper bound of what one cell of any type adds to the loss or gain of a field (a cell is at most about twice its
/// reference volume; a factor of two does not matter here).
struct Largest {
    double loss = 0.0;
    double gain = 0.0;
};

Largest largest_contribution(const TissueDescription& tissue, std::size_t field, double voxel_volume_um3)
{
    Largest largest;
    for (std::size_t type = 0; type < tissue.types.size(); ++type) {
        const CellExchange& exchange = tissue.exchange[type][field];
        const auto& secretion = exchange.secretion_um3_per_min;
        const double strongest = *std::max_element(secretion.begin(), secretion.end());
        largest.loss = std::max(largest.loss,
                                2.0 * exchange.uptake_per_min * tissue.types[type].volume.total_um3 / voxel_volume_um3);
        largest.gain = std::max(largest.gain, strongest * std::max(1.0, exchange.hypoxia_factor) / voxel_volume_um3);
    }
    return largest;
}

/// Per owned voxel: 1 where its centre lies in normal tissue, 0 in the margin along the faces.
std::vector<double> normal_tissue(double margin_um, const mesh::Grid& grid, const mesh::Box& box)
{
    const Vec3 end_um = grid.extent_um();
    const auto inside = [&](double at_um, double length_um) { return std::min(at_um, length_um - at_um) >= margin_um; };
    std::vector<double> normal;
    normal.reserve(static_cast<std::size_t>(box.volume()));
    for (int k = box.lo[2]; k < box.hi[2]; ++k) {
        for (int j = box.lo[1]; j < box.hi[1]; ++j) {
            for (int i = box.lo[0]; i < box.hi[0]; ++i) {
                const Vec3 at_um = grid.centre_um({i, j, k});
                const bool in = inside(at_um.x, end_um.x) && inside(at_um.y, end_um.y) &&
                                (grid.planar() || inside(at_um.z, end_um.z));
                normal.push_back(in ? 1.0 : 0.0);
            }
        }
    }
    return normal;
}

void add_surroundings(VoxelRates& rates, const FieldDescription& field, const VesselMap& vessels,
                      const mesh::Grid& grid, const mesh::Box& box)
{
    const std::vector<double> normal = normal_tissue(field.tissue_margin_um, grid, box);
    const auto wall = vessels.wall_area_per_um();
    const bool saturates = field.substance.half_saturation > 0.0;
    if (saturates) { // what was there is the uptake of cells
        rates.saturating_loss_per_min = std::exchange(rates.loss_per_min, std::vector<double>(wall.size(), 0.0));
    }
    for (std::size_t v = 0; v < wall.size(); ++v) {
        const double exchange = field.vessel_permeability_um_per_min * wall[v];
        if (saturates) {
            rates.loss_per_min[v] = exchange;
            rates.saturating_loss_per_min[v] += normal[v] * field.tissue_uptake_per_min;
        } else {
            rates.loss_per_min[v] += exchange + normal[v] * field.tissue_uptake_per_min;
        }
        rates.gain_per_min[v] += exchange * field.vessel_concentration + normal[v] * field.tissue_gain_per_min;
    }
}

VoxelRates cell_rates(const agents::Population& population, const TissueDescription& tissue, std::size_t field,
                      std::span<const std::size_t> voxel_of, std::size_t voxels, double voxel_volume_um3,
                      std::span<const double> hypoxia)
{
    const Largest largest = largest_contribution(tissue, field, voxel_volume_um3);
    VoxelRates rates{std::vector<double>(voxels, 0.0), std::vector<double>(voxels, 0.0)};
    if (largest.loss == 0.0 && largest.gain == 0.0) {
        return rates;
    }
    Deposit loss(voxels, largest.loss);
    Deposit gain(voxels, largest.gain);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (!agents::is_living(population.fate(cell))) {
            continue;
        }
        const CellExchange& exchange = tissue.exchange[population.type(cell)][field];
        const double secretion = exchange.secretion_um3_per_min[static_cast<std::size_t>(population.state(cell))];
        const double factor = 1.0 + (exchange.hypoxia_factor - 1.0) * hypoxia[cell];
        loss.add(voxel_of[cell], exchange.uptake_per_min * population.volume_um3(cell) / voxel_volume_um3);
        gain.add(voxel_of[cell], secretion * factor / voxel_volume_um3);
    }
    for (std::size_t v = 0; v < voxels; ++v) {
        rates.loss_per_min[v] = loss.value(v);
        rates.gain_per_min[v] = gain.value(v);
    }
    return rates;
}

std::vector<std::size_t> voxels_of_cells(const agents::Population& population, const mesh::Grid& grid,
                                         const mesh::Box& box)
{
    std::vector<std::size_t> voxel_of(population.size());
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        voxel_of[cell] = box.offset(grid.voxel_at(population.position_um(cell)));
    }
    return voxel_of;
}
} // namespace

std::vector<VoxelRates> exchange_rates(const agents::Population& population, const TissueDescription& tissue,
                                       const std::vector<FieldDescription>& fields, const VesselMap& vessels,
                                       const mesh::Grid& grid, const mesh::Box& box, std::span<const double> hypoxia)
{
    const std::vector<std::size_t> voxel_of = voxels_of_cells(population, grid, box);
    const auto voxels = static_cast<std::size_t>(box.volume());
    std::vector<VoxelRates> all;
    for (std::size_t field = 0; field < fields.size(); ++field) {
        all.push_back(cell_rates(population, tissue, field, voxel_of, voxels, grid.voxel_volume_um3(), hypoxia));
        add_surroundings(all.back(), fields[field], vessels, grid, box);
    }
    return all;
}

std::vector<double> producer_fraction(const agents::Population& population, const MatrixDescription& matrix,
                                      const mesh::Grid& grid, const mesh::Box& box)
{
    const auto voxels = static_cast<std::size_t>(box.volume());
    Deposit deposit(voxels, 1.0);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (agents::is_living(population.fate(cell))) {
            const double weight = matrix.producer[static_cast<std::size_t>(population.state(cell))];
            deposit.add(box.offset(grid.voxel_at(population.position_um(cell))),
                        weight * population.volume_um3(cell) / grid.voxel_volume_um3());
        }
    }
    std::vector<double> fraction(voxels);
    for (std::size_t v = 0; v < voxels; ++v) {
        fraction[v] = deposit.value(v);
    }
    return fraction;
}

} // namespace paget::organ
