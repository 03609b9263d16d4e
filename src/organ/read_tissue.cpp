#include "paget/organ/description.hpp"

#include "field_values.hpp"
#include "read_rules.hpp"

#include "paget/config/case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace paget::organ
{
namespace
{
constexpr std::array<const char*, agents::state_count> state_names{"epithelial", "hybrid", "mesenchymal"};

CellExchange read_exchange(config::Case& description, FieldValues& values, const std::string& cell,
                           const std::string& field)
{
    const std::string key = "cell." + cell + "." + field;
    const std::string unit = values.unit_of(field);
    CellExchange exchange;
    exchange.uptake_per_min = description.real(key + ".uptake");
    exchange.hypoxia_factor = description.real(key + ".hypoxia_factor");
    for (std::size_t state = 0; state < agents::state_count; ++state) {
        const std::string own = fmt::format("{}.secretion.{}", key, state_names[state]);
        // Named as the user wrote it, a mistake in the common value is noted once.
        exchange.secretion_um3_per_min[state] =
            values.read(description.given(own) ? own : key + ".secretion", unit, "um^3/min");
    }
    return exchange;
}

/// Notes those of the keys that somebody set although the cell follows no field.
void refuse_without_field(config::Case& description, const std::string& section,
                          std::initializer_list<const char*> keys)
{
    for (const char* key : keys) {
        if (description.differs_from_default(section + key)) {
            description.report(section + key, fmt::format("is given, but no field (it would do nothing). Name a field "
                                                          "by {}.field, or leave it out.",
                                                          section));
        }
    }
}

Recruitment read_recruitment(config::Case& description, FieldValues& values, const std::string& key,
                             const std::vector<std::string>& fields)
{
    Recruitment recruitment;
    recruitment.rate_per_um2_min = description.real(key + ".rate");
    recruitment.field = description.text(key + ".field");
    const bool known = std::find(fields.begin(), fields.end(), recruitment.field) != fields.end();
    if (known) {
        const std::string unit = values.unit_of(recruitment.field);
        recruitment.threshold = values.read(key + ".threshold", unit);
        recruitment.saturation = values.read(key + ".saturation", unit);
        if (recruitment.saturation < recruitment.threshold) {
            description.report(key + ".saturation", "is below the threshold (cells would come where nothing calls "
                                                    "them). Choose a value above recruitment.threshold.");
        }
    } else if (recruitment.field == "none") {
        refuse_without_field(description, key, {".threshold", ".saturation"});
    } else {
        description.report(key + ".field", fmt::format("no field '{}' in this case (nothing would call the cells). "
                                                       "Name one of: {}; or none.",
                                                       recruitment.field, fmt::join(fields, ", ")));
    }
    return recruitment;
}

/// Whether cells can come and go other than by the blood of the case, or be killed by others.
bool is_open(const TissueDescription& tissue)
{
    const auto leaves = [](const agents::CellType& type) { return type.attack.emigration_per_min > 0.0; };
    const auto comes = [](const TissueBehaviour& type) { return type.recruitment.rate_per_um2_min > 0.0; };
    return agents::any_fights(tissue.types) || agents::any_rules_on(tissue.types, agents::Behaviour::emigration) ||
           std::any_of(tissue.types.begin(), tissue.types.end(), leaves) ||
           std::any_of(tissue.behaviour.begin(), tissue.behaviour.end(), comes);
}

TissueBehaviour read_behaviour(config::Case& description, FieldValues& values, const std::string& cell,
                               const std::vector<std::string>& fields)
{
    const std::string key = "cell." + cell;
    TissueBehaviour behaviour;
    for (std::size_t state = 0; state < agents::state_count; ++state) {
        behaviour.intravasation_per_min[state] =
            description.real(fmt::format("{}.intravasation.rate.{}", key, state_names[state]));
    }
    behaviour.reach_um = description.real(key + ".intravasation.reach");
    behaviour.cluster_probability = description.real(key + ".intravasation.cluster_probability");
    behaviour.matrix_deposition_per_min = description.real(key + ".matrix.deposition");
    behaviour.recruitment = read_recruitment(description, values, key + ".recruitment", fields);
    behaviour.chemoattractant = description.text(key + ".chemotaxis.field");
    behaviour.matrix_gradient_half_per_um = description.real(key + ".haptotaxis.gradient_half");
    behaviour.haptotactic_sensitivity_um2_per_min = description.real(key + ".haptotaxis.sensitivity");
    const bool known = std::find(fields.begin(), fields.end(), behaviour.chemoattractant) != fields.end();
    if (known) {
        behaviour.gradient_half_per_um =
            values.read(key + ".chemotaxis.gradient_half", values.unit_of(behaviour.chemoattractant), "um^-1");
        behaviour.chemotactic_sensitivity =
            values.read_in(key + ".chemotaxis.sensitivity",
                           fmt::format("um^2.min^-1.({})^-1", values.unit_of(behaviour.chemoattractant)));
    } else if (behaviour.chemoattractant == "none") {
        refuse_without_field(description, key + ".chemotaxis", {".gradient_half", ".sensitivity", ".bias"});
    } else {
        description.report(key + ".chemotaxis.field",
                           fmt::format("no field '{}' in this case (cells cannot follow it). Name one of: {}.",
                                       behaviour.chemoattractant, fmt::join(fields, ", ")));
    }
    return behaviour;
}
bool declares(const std::vector<std::string>& fields, const char* name)
{
    return std::find(fields.begin(), fields.end(), name) != fields.end();
}

/// Thresholds of cells have units of their own; the fields may be held in others.
void convert_thresholds(FieldValues& values, const std::vector<std::string>& fields, TissueDescription& tissue)
{
    if (declares(fields, "oxygen")) {
        tissue.mmHg_per_oxygen_unit =
            1.0 / values.factor("oxygen", "mmHg", "cells compare oxygen with thresholds in mmHg");
    }
    if (declares(fields, "tgf_beta")) {
        const double unit = values.factor("tgf_beta", "ng/ml", "cells compare TGF-beta with a threshold in ng/ml");
        for (agents::CellType& type : tissue.types) {
            type.transition.tgf_beta_half *= unit;
            type.transition.tgf_beta_unit *= unit;
        }
    }
}

agents::KernelChoice read_kernels(config::Case& description)
{
    const std::string choice = description.text("mechanics.kernels");
    if (choice == "avx512" && !agents::has_avx512_kernel()) {
        description.report("mechanics.kernels", "this processor has no AVX-512 (the program would stop at its first "
                                                "such instruction). Use auto or portable: results are the same.");
    }
    return choice == "avx512"     ? agents::KernelChoice::avx512
           : choice == "portable" ? agents::KernelChoice::portable
                                  : agents::KernelChoice::automatic;
}
} // namespace

TissueDescription read_tissue(config::Case& description)
{
    TissueDescription tissue;
    FieldValues values(description);
    const std::vector<std::string> fields = description.declared("field");
    tissue.types = agents::read_cell_types(description);
    for (const agents::CellType& type : tissue.types) {
        auto& exchange = tissue.exchange.emplace_back();
        for (const std::string& field : fields) {
            exchange.push_back(read_exchange(description, values, type.name, field));
        }
        tissue.behaviour.push_back(read_behaviour(description, values, type.name, fields));
    }
    convert_thresholds(values, fields, tissue);
    read_rules(description, values, tissue);
    tissue.open = is_open(tissue);
    tissue.mechanics_step_min = description.real("mechanics.step");
    tissue.skin_um = description.real("mechanics.skin");
    tissue.idle_step = ticks_from_minutes(description.real("run.idle_step"));
    tissue.mechanics_tolerance_um = description.real("mechanics.tolerance");
    tissue.kernels = read_kernels(description);
    return tissue;
}

} // namespace paget::organ
