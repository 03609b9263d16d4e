#include "tissue_exchange.hpp"

#include "values_by_rules.hpp"

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

/// The largest value that rules of a type can give a behaviour beyond its own; 0 without rules.
double largest_by_rules(const agents::CellType& type, agents::Behaviour behaviour)
{
    double largest = 0.0;
    for (const agents::RuledBehaviour& ruled : type.rules) {
        if (ruled.behaviour == behaviour) {
            largest = std::max({ruled.response.base.value_or(0.0), ruled.response.most, ruled.response.least});
        }
    }
    return largest;
}

/// values_by_rules(), or nothing where nothing is heard.
template <class Own>
std::vector<double> heard_values(const agents::Population& population, agents::Behaviour behaviour, const Heard* heard,
                                 const Own& own)
{
    const auto sensed = [&]() -> const agents::Environment& { return heard->environment; };
    return heard == nullptr ? std::vector<double>{} : values_by_rules(population, behaviour, heard->now, sensed, own);
}

/// Whether a type has rules on a behaviour.
std::vector<bool> types_with_rules(const std::vector<agents::CellType>& types, agents::Behaviour behaviour)
{
    std::vector<bool> ruled;
    for (const agents::CellType& type : types) {
        ruled.push_back(agents::any_rules_on(type, behaviour));
    }
    return ruled;
}

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
        const double by_rules = largest_by_rules(tissue.types[type], agents::uptake_of(field));
        largest.loss = std::max(largest.loss, 2.0 * by_rules * tissue.types[type].volume.total_um3 / voxel_volume_um3);
        largest.gain = std::max(largest.gain,
                                largest_by_rules(tissue.types[type], agents::secretion_of(field)) / voxel_volume_um3);
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
    const auto immature = field.leakiness > 1.0 ? vessels.immature_area_per_um() : std::span<const double>{};
    const bool saturates = field.substance.half_saturation > 0.0;
    if (saturates) { // what was there is the uptake of cells
        rates.saturating_loss_per_min = std::exchange(rates.loss_per_min, std::vector<double>(wall.size(), 0.0));
    }
    for (std::size_t v = 0; v < wall.size(); ++v) {
        const double leaks = immature.empty() ? 0.0 : (field.leakiness - 1.0) * immature[v];
        const double exchange = field.vessel_permeability_um_per_min * (wall[v] + leaks);
        if (saturates) {
            rates.loss_per_min[v] = exchange;
            rates.saturating_loss_per_min[v] += normal[v] * field.tissue_uptake_per_min;
        } else {
            rates.loss_per_min[v] += exchange + normal[v] * field.tissue_uptake_per_min;
        }
        rates.gain_per_min[v] += exchange * field.vessel_concentration + normal[v] * field.tissue_gain_per_min;
    }
}

/// What each cell takes up [1/min] and releases [field unit * um^3 / min].
class CellRates
{
public:
    CellRates(const agents::Population& population, const TissueDescription& tissue, std::size_t field,
              std::span<const double> hypoxia, const Heard* heard)
        : population_(population),
          tissue_(tissue),
          field_(field),
          hypoxia_(hypoxia),
          secretes_by_rules_(types_with_rules(tissue.types, agents::secretion_of(field))),
          uptake_(heard_values(population, agents::uptake_of(field), heard,
                               [&](std::size_t cell) { return exchange(cell).uptake_per_min; })),
          secretion_(heard_values(population, agents::secretion_of(field), heard,
                                  [&](std::size_t cell) { return own_secretion(cell); }))
    {
    }

    double uptake_per_min(std::size_t cell) const
    {
        return uptake_.empty() ? exchange(cell).uptake_per_min : uptake_[cell];
    }
    double secretion_um3_per_min(std::size_t cell) const
    {
        if (!secretion_.empty() && secretes_by_rules_[population_.type(cell)]) {
            return secretion_[cell];
        }
        return own_secretion(cell) * (1.0 + (exchange(cell).hypoxia_factor - 1.0) * hypoxia_[cell]);
    }

private:
    const CellExchange& exchange(std::size_t cell) const { return tissue_.exchange[population_.type(cell)][field_]; }
    double own_secretion(std::size_t cell) const
    {
        return exchange(cell).secretion_um3_per_min[static_cast<std::size_t>(population_.state(cell))];
    }

    const agents::Population& population_;
    const TissueDescription& tissue_;
    std::size_t field_;
    std::span<const double> hypoxia_;
    std::vector<bool> secretes_by_rules_; ///< [type]
    std::vector<double> uptake_;
    std::vector<double> secretion_;
};

VoxelRates cell_rates(const agents::Population& population, const CellRates& rates_of, const Largest& largest,
                      std::span<const std::size_t> voxel_of, std::size_t voxels, double voxel_volume_um3)
{
    VoxelRates rates{std::vector<double>(voxels, 0.0), std::vector<double>(voxels, 0.0)};
    if (largest.loss == 0.0 && largest.gain == 0.0) {
        return rates;
    }
    Deposit loss(voxels, largest.loss);
    Deposit gain(voxels, largest.gain);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (agents::is_living(population.fate(cell))) {
            loss.add(voxel_of[cell], rates_of.uptake_per_min(cell) * population.volume_um3(cell) / voxel_volume_um3);
            gain.add(voxel_of[cell], rates_of.secretion_um3_per_min(cell) / voxel_volume_um3);
        }
    }
    for (std::size_t v = 0; v < voxels; ++v) {
        rates.loss_per_min[v] = loss.value(v);
        rates.gain_per_min[v] = gain.value(v);
    }
    return rates;
}

/// Sums weight(cell) times the part of its voxel that a living cell fills.
template <class Weight>
std::vector<double> weighted_fraction(const agents::Population& population, const mesh::Grid& grid,
                                      const mesh::Box& box, const Weight& weight)
{
    const auto voxels = static_cast<std::size_t>(box.volume());
    Deposit deposit(voxels, 1.0);
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        if (agents::is_living(population.fate(cell))) {
            deposit.add(box.offset(grid.voxel_at(population.position_um(cell))),
                        weight(cell) * population.volume_um3(cell) / grid.voxel_volume_um3());
        }
    }
    std::vector<double> fraction(voxels);
    for (std::size_t v = 0; v < voxels; ++v) {
        fraction[v] = deposit.value(v);
    }
    return fraction;
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
                                       const mesh::Grid& grid, const mesh::Box& box, std::span<const double> hypoxia,
                                       const Heard* heard)
{
    const std::vector<std::size_t> voxel_of = voxels_of_cells(population, grid, box);
    const auto voxels = static_cast<std::size_t>(box.volume());
    std::vector<VoxelRates> all;
    for (std::size_t field = 0; field < fields.size(); ++field) {
        all.push_back(cell_rates(population, CellRates(population, tissue, field, hypoxia, heard),
                                 largest_contribution(tissue, field, grid.voxel_volume_um3()), voxel_of, voxels,
                                 grid.voxel_volume_um3()));
        add_surroundings(all.back(), fields[field], vessels, grid, box);
    }
    return all;
}

std::vector<double> producer_fraction(const agents::Population& population, const MatrixDescription& matrix,
                                      const mesh::Grid& grid, const mesh::Box& box, const Heard* heard)
{
    const auto own = [&](std::size_t cell) {
        return matrix.producer[static_cast<std::size_t>(population.state(cell))];
    };
    const auto ruled = heard_values(population, agents::Behaviour::matrix_degradation, heard, own);
    return weighted_fraction(population, grid, box,
                             [&](std::size_t cell) { return ruled.empty() ? own(cell) : ruled[cell]; });
}

std::vector<double> deposition_per_min(const agents::Population& population, const TissueDescription& tissue,
                                       const MatrixDescription& matrix, const mesh::Grid& grid, const mesh::Box& box,
                                       const Heard& heard)
{
    const auto deposits = [](const TissueBehaviour& type) { return type.matrix_deposition_per_min > 0.0; };
    if (std::none_of(tissue.behaviour.begin(), tissue.behaviour.end(), deposits) &&
        !agents::any_rules_on(tissue.types, agents::Behaviour::matrix_deposition)) {
        return std::vector<double>(static_cast<std::size_t>(box.volume()), matrix.deposition_per_min);
    }
    const auto own = [&](std::size_t cell) {
        return tissue.behaviour[population.type(cell)].matrix_deposition_per_min;
    };
    const auto ruled = heard_values(population, agents::Behaviour::matrix_deposition, &heard, own);
    auto rates = weighted_fraction(population, grid, box,
                                   [&](std::size_t cell) { return ruled.empty() ? own(cell) : ruled[cell]; });
    for (double& rate : rates) {
        rate += matrix.deposition_per_min;
    }
    return rates;
}

} // namespace paget::organ
