#include "paget/agents/cell_type.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "parameter_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace paget::agents
{
namespace
{
constexpr std::size_t most_types = 255; // a cell's type is kept in one byte
constexpr std::array<const char*, state_count> state_names{"epithelial", "hybrid", "mesenchymal"};
constexpr double unbounded = std::numeric_limits<double>::infinity();
const char* const every_cell = "cell.<cell>.";

config::Parameter number(const std::string& pattern, const std::string& unit, const std::string& value)
{
    config::Parameter p;
    p.pattern = pattern;
    p.unit = unit;
    p.default_text = value;
    return p;
}

void declare_model(config::Catalogue& catalogue)
{
    config::Parameter p;
    p.pattern = std::string(every_cell) + "cycle.model";
    p.kind = config::Kind::choice;
    p.default_text = "live";
    p.choices = cycle_model_names();
    p.meaning = "Model of the cell cycle: one phase, or phases as they are told apart by Ki67 or by flow cytometry.";
    p.source = "PhysiCell 1.14.2";
    catalogue.add(std::move(p));
}

void declare_transition_model(config::Catalogue& catalogue)
{
    config::Parameter p;
    p.pattern = std::string(every_cell) + "transition.model";
    p.kind = config::Kind::choice;
    p.default_text = "hazards";
    p.choices = transition_model_names();
    p.meaning = "How cells change between epithelial, hybrid and mesenchymal: by hazards, or as a circuit of genes "
                "that every cell carries says.";
    p.source = "Lu et al. 2013 for mir200_zeb and mir34_mir200, Tian et al. 2013 for tgf_beta_circuit";
    catalogue.add(std::move(p));
}

constexpr std::array<const char*, 3> timings{"model", "fixed", "gaussian"};

void declare_timing(config::Catalogue& catalogue)
{
    config::Parameter p;
    p.pattern = std::string(every_cell) + "cycle.timing";
    p.kind = config::Kind::choice;
    p.default_text = timings[0];
    p.choices = {timings.begin(), timings.end()};
    p.meaning = "How long phases last: as the model says (exactly, or exponentially distributed); all exactly their "
                "duration; or each cell and phase its own, from a normal distribution.";
    p.source = "assumption";
    catalogue.add(std::move(p));
    auto spread = number(std::string(every_cell) + "cycle.spread", "1", "0.1");
    spread.lowest = 0.0;
    spread.highest = 1.0;
    spread.meaning = "Standard deviation of a phase's duration over its mean, with the timing gaussian; what would be "
                     "negative is 0.";
    spread.source = "PerMedCoE community benchmark (10 %)";
    catalogue.add(std::move(spread));
}

/// The key of a phase of a model: a rate for the one phase of `live`, else a duration.
std::string phase_key(const std::string& model, const Phase& phase)
{
    return model == "live" ? "cycle.live.rate" : "cycle." + model + "." + phase.name;
}

void declare_phase(config::Catalogue& catalogue, const std::string& model, const Phase& phase)
{
    const bool live = model == "live";
    const double hours = 1.0 / (phase.rate_per_min * 60.0);
    const std::string value = live ? "0.0432 1/hour" : fmt::format("{:.6g} hour", hours);
    auto p = number(every_cell + phase_key(model, phase), live ? "1/min" : "min", value);
    p.lowest = live ? 0.0 : 1e-3;
    p.highest = unbounded;
    p.meaning = live ? std::string("Rate of division in the cycle model live.")
                     : fmt::format("{} duration of the phase {} in the cycle model {}.",
                                   phase.fixed ? "Fixed" : "Mean (exponentially distributed)", phase.name, model);
    p.source = live ? "PhysiCell 1.14.2 (MCF10A)" : "PhysiCell 1.14.2";
    catalogue.add(std::move(p));
}

void declare_states(config::Catalogue& catalogue, const StateParameter& entry)
{
    for (std::size_t s = 0; s < state_count; ++s) {
        auto p = number(every_cell + entry.key + "." + state_names[s], entry.unit, entry.default_texts[s]);
        p.lowest = 0.0;
        p.highest = entry.highest;
        p.meaning = fmt::format(fmt::runtime(entry.meaning), state_names[s]);
        p.source = entry.source;
        catalogue.add(std::move(p));
    }
}

/// What cells of one type do to those of another.
void declare_pairs(config::Catalogue& catalogue)
{
    const auto add = [&](const char* key, const char* unit, const char* value, const char* meaning,
                         const char* source) {
        auto p = number(std::string(every_cell) + key, unit, value);
        p.lowest = 0.0;
        p.highest = unbounded;
        p.meaning = meaning;
        p.source = source;
        catalogue.add(std::move(p));
    };
    add("attack.<cell>.rate", "1/min", "0 1/min",
        "Hazard of a cell of the other type to be killed while this one holds it; hazards of several holders add up.",
        "assumption; PhysiCell's example has 0.0667 1/min while attached, the TNBC model of the Popel group 0.9 1/day");
    add("attack.<cell>.damage", "1", "0",
        "Damage per minute to the cell that is held; 1 counts the minutes. Rules can listen to it.",
        "assumption; death after 50 minutes in Rocha et al. 2024 (its published configuration)");
    add("becomes.<cell>", "1/min", "0 1/min",
        "Hazard of turning into a cell of the other type (activation, polarisation).",
        "assumption; the TNBC model of the Popel group has 0.25 1/day from M1 to M2 macrophages, 0.045 1/day back");
}

void read_pairs(config::Case& description, CellType& type)
{
    for (const std::string& other : description.declared("cell")) {
        const std::string attack = "cell." + type.name + ".attack." + other;
        type.attack.targets.push_back({description.real(attack + ".rate"), description.real(attack + ".damage")});
        const std::string becomes = "cell." + type.name + ".becomes." + other;
        type.attack.becomes_per_min.push_back(description.real(becomes));
        if (other == type.name && type.attack.becomes_per_min.back() > 0.0) {
            description.report(becomes,
                               "is what the cell is already (it would only begin its cycle anew). Name another "
                               "type, or leave it out.");
        }
    }
}

CycleParameters read_cycle(config::Case& description, const std::string& section)
{
    CycleParameters cycle;
    cycle.model = description.text(section + "cycle.model");
    cycle.phases = standard_phases(cycle.model);
    for (Phase& phase : cycle.phases) {
        const double value = description.real(section + phase_key(cycle.model, phase));
        phase.rate_per_min = cycle.model == "live" ? value : 1.0 / value;
    }
    const std::string timing = description.text(section + "cycle.timing");
    const double spread = description.real(section + "cycle.spread");
    if (timing != "gaussian" && description.differs_from_default(section + "cycle.spread")) {
        description.report(section + "cycle.spread",
                           fmt::format("is given, but no phase has a duration that is spread so (it would do nothing). "
                                       "Set {}cycle.timing to gaussian, or leave it out.",
                                       section));
    }
    for (Phase& phase : cycle.phases) {
        phase.fixed = phase.fixed || timing != "model";
        phase.spread = timing == "gaussian" ? spread : 0.0;
    }
    return cycle;
}

TransitionModel read_transition_model(const config::Case& description, const std::string& section)
{
    const auto names = transition_model_names();
    const auto found = std::find(names.begin(), names.end(), description.text(section + "transition.model"));
    return static_cast<TransitionModel>(found - names.begin());
}

bool used_by(TransitionModel model, const NumberParameter& entry)
{
    return entry.models.empty() || std::find(entry.models.begin(), entry.models.end(), model) != entry.models.end();
}

void report_unused(config::Case& description, const std::string& key, TransitionModel model)
{
    if (description.given(key)) {
        description.report(key, fmt::format("the model of the transition, {}, does not use it (it would be in vain). "
                                            "Remove it, or choose another transition.model.",
                                            transition_model_names()[static_cast<std::size_t>(model)]));
    }
}

CellType read_cell_type(config::Case& description, const std::string& name)
{
    const std::string section = "cell." + name + ".";
    CellType type;
    type.name = name;
    type.cycle = read_cycle(description, section);
    type.transition.model = read_transition_model(description, section);
    for (const NumberParameter& entry : number_parameters()) {
        if (used_by(type.transition.model, entry)) {
            entry.member(type) = description.real(section + entry.key);
        } else {
            report_unused(description, section + entry.key, type.transition.model);
        }
    }
    for (const StateParameter& entry : state_parameters()) {
        for (std::size_t s = 0; s < state_count; ++s) {
            entry.member(type)[s] = description.real(section + entry.key + "." + state_names[s]);
        }
    }
    read_pairs(description, type);
    return type;
}

/// Numbers that are each allowed but contradict one another.
void report_contradictions(config::Case& description, const CellType& type)
{
    const std::string section = "cell." + type.name + ".";
    if (type.volume.nucleus_um3 > type.volume.total_um3) {
        description.report(section + "volume.nucleus",
                           "the nucleus is larger than the cell (the cytoplasm would have a "
                           "negative volume). Make it smaller than volume.total.");
    }
    if (type.cycle.oxygen_threshold_mmHg > type.cycle.oxygen_saturation_mmHg) {
        description.report(section + "cycle.oxygen_threshold",
                           "the threshold is above the saturation (cells would cycle where oxygen is missing). Choose "
                           "a threshold below cycle.oxygen_saturation.");
    }
    if (type.death.necrosis_maximum_mmHg > type.death.necrosis_threshold_mmHg) {
        description.report(section + "death.necrosis_maximum",
                           "necrosis would rise with oxygen (it is largest where oxygen is least). Choose a value "
                           "below death.necrosis_threshold.");
    }
    if (type.transition.hypoxia_saturation_mmHg > type.transition.hypoxia_threshold_mmHg) {
        description.report(section + "transition.hypoxia_saturation",
                           "hypoxia would rise with oxygen (it is full where oxygen is least). Choose a value below "
                           "transition.hypoxia_threshold.");
    }
    const auto falls = [&](const char* key, double base, double full) {
        if (full < base) {
            description.report(section + key, "a full cue would lower it (cues drive cells to the mesenchymal side). "
                                              "Choose a value that is not below that without cue.");
        }
    };
    falls("transition.snail_full", type.transition.snail_base, type.transition.snail_full);
    falls("transition.signal_full", type.transition.signal_base, type.transition.signal_full);
}
} // namespace

void declare_parameters(config::Catalogue& catalogue)
{
    declare_model(catalogue);
    declare_transition_model(catalogue);
    declare_timing(catalogue);
    for (const std::string& model : cycle_model_names()) {
        for (const Phase& phase : standard_phases(model)) {
            declare_phase(catalogue, model, phase);
        }
    }
    for (const NumberParameter& entry : number_parameters()) {
        auto p = number(every_cell + entry.key, entry.unit, entry.default_text);
        p.lowest = entry.lowest;
        p.highest = entry.highest;
        p.meaning = entry.meaning;
        p.source = entry.source;
        catalogue.add(std::move(p));
    }
    declare_pairs(catalogue);
    for (const StateParameter& entry : state_parameters()) {
        declare_states(catalogue, entry);
    }
}

std::vector<CellType> read_cell_types(config::Case& description)
{
    std::vector<CellType> types;
    for (const std::string& name : description.declared("cell")) {
        types.push_back(read_cell_type(description, name));
        report_contradictions(description, types.back());
    }
    if (types.size() > most_types) {
        description.report("cell." + types.back().name, fmt::format("there are {} cell types (a type is kept in one "
                                                                    "byte). Declare at most {}.",
                                                                    types.size(), most_types));
    }
    return types;
}

} // namespace paget::agents
