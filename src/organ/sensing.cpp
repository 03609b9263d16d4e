#include "sensing.hpp"

#include "paget/core/math.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
Vec3 saturating_direction(const Vec3& gradient, double half)
{
    const double length = norm(gradient);
    return length > 0.0 ? (1.0 / (length + half)) * gradient : Vec3{};
}

const fields::Concentration* concentration_of(const std::vector<FieldDescription>& descriptions,
                                              const std::vector<fields::DiffusingField>& fields, std::string_view name)
{
    const auto index = find_field(descriptions, name);
    return index ? &fields[*index].concentration() : nullptr;
}
} // namespace

std::optional<std::size_t> find_field(const std::vector<FieldDescription>& fields, std::string_view name)
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldDescription& field) { return field.substance.name == name; });
    if (found == fields.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - fields.begin());
}

agents::Environment sense_tissue(const agents::Population& population, const TissueDescription& tissue,
                                 const std::vector<FieldDescription>& descriptions,
                                 const std::vector<fields::DiffusingField>& fields, const fields::MatrixField& matrix,
                                 const mesh::Grid& grid)
{
    const auto* oxygen = concentration_of(descriptions, fields, "oxygen");
    const auto* tgf_beta = concentration_of(descriptions, fields, "tgf_beta");
    std::vector<const fields::Concentration*> attractant;
    for (const TissueBehaviour& behaviour : tissue.behaviour) {
        attractant.push_back(concentration_of(descriptions, fields, behaviour.chemoattractant));
    }
    agents::Environment environment(population.size());
    environment.signals.assign(tissue.signals.size(), std::vector<double>(population.size()));
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        const mesh::Index3 voxel = grid.voxel_at(population.position_um(cell));
        const std::uint8_t type = population.type(cell);
        const TissueBehaviour& behaviour = tissue.behaviour[type];
        if (oxygen != nullptr) {
            environment.oxygen_mmHg[cell] = tissue.mmHg_per_oxygen_unit * oxygen->at(voxel);
        }
        if (tgf_beta != nullptr) {
            environment.tgf_beta[cell] = tgf_beta->at(voxel);
        }
        if (attractant[type] != nullptr) {
            environment.chemoattractant[cell] =
                saturating_direction(attractant[type]->gradient_per_um(voxel), behaviour.gradient_half_per_um);
        }
        for (std::size_t signal = 0; signal < tissue.signals.size(); ++signal) {
            environment.signals[signal][cell] = fields[tissue.signals[signal]].concentration().at(voxel);
        }
        environment.matrix_density[cell] = matrix.density().at(voxel);
        environment.matrix_direction[cell] =
            saturating_direction(matrix.density().gradient_per_um(voxel), behaviour.matrix_gradient_half_per_um);
    }
    return environment;
}

std::vector<double> hypoxia_of_cells(const agents::Population& population, const agents::Environment& environment)
{
    std::vector<double> hypoxia(population.size());
    for (std::size_t cell = 0; cell < population.size(); ++cell) {
        const auto& response = population.types()[population.type(cell)].transition;
        hypoxia[cell] =
            ramp(environment.oxygen_mmHg[cell], response.hypoxia_threshold_mmHg, response.hypoxia_saturation_mmHg);
    }
    return hypoxia;
}

} // namespace paget::organ
