#pragma once

#include "paget/agents/population.hpp"
#include "paget/organ/description.hpp"
#include "paget/organ/vessel_map.hpp"

#include <span>
#include <vector>

namespace paget::organ
{

/// Loss and gain of one field per owned voxel, x fastest; the saturating loss is empty where uptake is of first order.
struct VoxelRates {
    std::vector<double> loss_per_min;
    std::vector<double> gain_per_min;
    std::vector<double> saturating_loss_per_min{};

    fields::Reaction reaction() const { return {loss_per_min, gain_per_min, saturating_loss_per_min}; }
};

/// What the rules of cells are followed by.
struct Heard {
    const agents::Environment& environment;
    Tick now = 0;
};

/// What cells, vessels and normal tissue do to every field. Cells act on the voxel that holds their centre: uptake as
/// loss u V_cell / V_voxel (saturating where the field has a half-saturation), secretion as gain s / V_voxel.
/// Contributions of cells are added as integers, so the result depends neither on their order nor on the cut. `hypoxia`
/// is 0..1 per cell. Rules on uptake and secretion are followed if `heard` is given. Local.
std::vector<VoxelRates> exchange_rates(const agents::Population& population, const TissueDescription& tissue,
                                       const std::vector<FieldDescription>& fields, const VesselMap& vessels,
                                       const mesh::Grid& grid, const mesh::Box& box, std::span<const double> hypoxia,
                                       const Heard* heard = nullptr);

/// Volume fraction of each owned voxel filled by living producers of membrane-bound protease, weighted by state, or by
/// rules on matrix degradation. Local.
std::vector<double> producer_fraction(const agents::Population& population, const MatrixDescription& matrix,
                                      const mesh::Grid& grid, const mesh::Box& box, const Heard* heard = nullptr);

/// Rate at which matrix is laid down in each owned voxel: that of the tissue, and those of living cells times the part
/// of the voxel that they fill. Local.
std::vector<double> deposition_per_min(const agents::Population& population, const TissueDescription& tissue,
                                       const MatrixDescription& matrix, const mesh::Grid& grid, const mesh::Box& box,
                                       const Heard& heard);

} // namespace paget::organ
