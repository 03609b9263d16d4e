#include "behaviours.hpp"

namespace paget::agents
{
namespace
{
double hazard_of(const Decision& d, std::size_t cell, std::size_t other)
{
    const auto& own = d.type_of(cell).attack.becomes_per_min;
    return d.by_rules(cell, turning_into(other), other < own.size() ? own[other] : 0.0);
}

/// A volume that the type allows, in the same proportions.
Volume fitted(const Volume& volume, const CellType& type)
{
    const double most = largest_volume_um3(type);
    const double total = volume.total_um3();
    const double factor = total > most ? most / total : 1.0;
    return {factor * volume.fluid_um3, factor * volume.nuclear_solid_um3, factor * volume.cytoplasmic_solid_um3};
}

void become(const Decision& d, std::size_t cell, std::uint8_t other)
{
    d.cells.type[cell] = other;
    d.cells.phase[cell] = 0;
    d.cells.phase_entered_at[cell] = d.step.end();
    d.cells.set_volume(cell, fitted(d.cells.volume[cell], d.types[other]));
    if (d.cells.keeps_experience()) {
        d.cells.experience[cell].attached_to = no_cell;
    }
    CellRecord begun = d.cells.record(cell);
    begun.circuit = {};
    begin_circuit(d.types[other], begun);
    d.cells.set_circuit(cell, begun.circuit);
}

bool may_turn(const std::vector<CellType>& types, const CellType& type)
{
    for (std::size_t other = 0; other < types.size(); ++other) {
        const auto& own = type.attack.becomes_per_min;
        if ((other < own.size() && own[other] > 0.0) || any_rules_on(type, turning_into(other))) {
            return true;
        }
    }
    return false;
}
} // namespace

void turn_into_others(const Decision& d)
{
    std::vector<bool> may;
    for (const CellType& type : d.types) {
        may.push_back(may_turn(d.types, type));
    }
    for (std::size_t i = 0; i < d.cells.size(); ++i) {
        if (!may[d.cells.type[i]] || !is_living(d.cells.fate[i])) {
            continue;
        }
        double total = 0.0;
        for (std::size_t other = 0; other < d.types.size(); ++other) {
            total += hazard_of(d, i, other);
        }
        const auto u = d.random.uniforms(Purpose::turning_into, d.cells.id[i].value, d.step.begin);
        if (!(total > 0.0) || !happens(u[0], total, d.step)) {
            continue;
        }
        double point = u[1] * total;
        std::size_t chosen = d.cells.type[i];
        for (std::size_t other = 0; other < d.types.size(); ++other) {
            const double hazard = hazard_of(d, i, other);
            if (hazard > 0.0 && point >= 0.0) {
                chosen = other; // the last one that the point reaches
            }
            point -= hazard;
        }
        become(d, i, static_cast<std::uint8_t>(chosen));
    }
}

} // namespace paget::agents
