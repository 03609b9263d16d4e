#include "sensing.hpp"

#include "paget/core/error.hpp"
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

/// Whether cells of any type move up gradients by their sensitivity.
bool any_drift(const TissueDescription& tissue)
{
    return std::any_of(tissue.behaviour.begin(), tissue.behaviour.end(), [](const TissueBehaviour& b) {
        return b.chemotactic_sensitivity > 0.0 || b.haptotactic_sensitivity_um2_per_min > 0.0;
    });
}

const fields::Concentration* concentration_of(const std::vector<FieldDescription>& descriptions,
                                              const std::vector<fields::DiffusingField>& fields, std::string_view name)
{
    const auto index = find_field(descriptions, name);
    return index ? &fields[*index].concentration() : nullptr;
}
using SignalKind = TissueSignal::Kind;

bool is_contact(const TissueSignal& signal)
{
    return signal.kind == SignalKind::contact || signal.kind == SignalKind::dead_contact;
}

/// Any signal but contacts.
double signal_at(const TissueSignal& signal, const SignalSources& sources, const Vec3& position_um)
{
    switch (signal.kind) {
    case SignalKind::concentration:
        return sources.fields[signal.index].concentration().at(sources.grid.voxel_at(position_um));
    case SignalKind::gradient:
        return norm(sources.fields[signal.index].concentration().gradient_per_um(sources.grid.voxel_at(position_um)));
    case SignalKind::vessel_distance:
        return sources.vessels->from_um(position_um);
    default:
        return signal_everywhere(signal, sources);
    }
}

/// Fills the signals of contact that have been given room. Collective.
void count_contacts(const agents::Population& population, const TissueDescription& tissue,
                    agents::Environment& environment)
{
    std::vector<std::vector<double>*> of_living(tissue.types.size(), nullptr);
    std::vector<double>* of_dead = nullptr;
    for (std::size_t s = 0; s < tissue.signals.size(); ++s) {
        const TissueSignal& signal = tissue.signals[s];
        if (!is_contact(signal) || environment.signals[s].size() != population.size()) {
            continue;
        }
        (signal.kind == SignalKind::contact ? of_living[signal.index] : of_dead) = &environment.signals[s];
    }
    const auto counted = [&](std::uint8_t type, bool lives) { return lives ? of_living[type] : of_dead; };
    population.visit_neighbours(
        [&](std::uint8_t type, bool lives) { return counted(type, lives) != nullptr; },
        [&](std::size_t cell, std::uint8_t type, bool lives) { (*counted(type, lives))[cell] += 1.0; });
}

/// Velocity up the gradients of the attractant, if there is one, and of the matrix.
Vec3 drift(const TissueBehaviour& behaviour, const fields::Concentration* attractant,
           const fields::Concentration& matrix, const mesh::Index3& voxel)
{
    const Vec3 up_matrix = behaviour.haptotactic_sensitivity_um2_per_min * matrix.gradient_per_um(voxel);
    return attractant == nullptr ? up_matrix
                                 : up_matrix + behaviour.chemotactic_sensitivity * attractant->gradient_per_um(voxel);
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
    environment.drift_um_per_min.resize(any_drift(tissue) ? population.size() : 0);
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
        if (!environment.drift_um_per_min.empty()) {
            environment.drift_um_per_min[cell] = drift(behaviour, attractant[type], matrix.density(), voxel);
        }
        environment.matrix_density[cell] = matrix.density().at(voxel);
        environment.matrix_direction[cell] =
            saturating_direction(matrix.density().gradient_per_um(voxel), behaviour.matrix_gradient_half_per_um);
    }
    return environment;
}

void sense_signals(const agents::Population& population, const TissueDescription& tissue, const SignalSources& sources,
                   const std::vector<std::uint32_t>& heard, agents::Environment& environment)
{
    environment.signals.assign(tissue.signals.size(), {});
    bool contacts = false; // the same on all ranks
    for (const std::uint32_t number : heard) {
        if (number < agents::own_signal_count) {
            continue;
        }
        const std::size_t signal = number - agents::own_signal_count;
        auto& values = environment.signals[signal];
        values.resize(population.size());
        if (is_contact(tissue.signals[signal])) {
            contacts = true; // all at once, below
            continue;
        }
        for (std::size_t cell = 0; cell < values.size(); ++cell) {
            values[cell] = signal_at(tissue.signals[signal], sources, population.position_um(cell));
        }
    }
    if (contacts) {
        count_contacts(population, tissue, environment);
    }
}

double signal_everywhere(const TissueSignal& signal, const SignalSources& sources)
{
    switch (signal.kind) {
    case SignalKind::drug: { // before the first step there is no plasma
        const auto& drugs = sources.plasma.concentration_mg_per_l;
        return signal.index < drugs.size() ? drugs[signal.index] : 0.0;
    }
    case SignalKind::niche:
        return sources.niche;
    case SignalKind::organ:
        return static_cast<std::size_t>(index_of(sources.organ)) == signal.index ? 1.0 : 0.0;
    default:
        ensure(false, "a signal that differs from place to place is asked for without a place");
    }
    return 0.0;
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
