#include "blood_flow_keys.hpp"

#include "paget/config/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <optional>
#include <sstream>

namespace paget::organ
{
namespace
{
using config::Catalogue;
using config::Kind;
using config::Parameter;

constexpr double seconds_per_minute = 60.0;

/// A key of [field.<field>] that every organ may set differently in its own section.
void add_for_organs(Catalogue& c, const std::string& key, Parameter p)
{
    p.pattern = "field.<field>." + key;
    c.add(p);
    p.pattern = "organ.<organ>.<field>." + key;
    p.fallback = "field.<field>." + key;
    p.default_text.reset();
    p.meaning += " In this organ.";
    c.add(std::move(p));
}

Parameter number(const std::string& unit, const std::string& value, double lowest, double highest,
                 const std::string& meaning, const std::string& source)
{
    Parameter p;
    p.unit = unit;
    p.default_text = value;
    p.lowest = lowest;
    p.highest = highest;
    p.meaning = meaning;
    p.source = source;
    return p;
}

Parameter word(Kind kind, const std::string& value, const std::string& meaning, const std::string& source,
               const std::vector<std::string>& choices = {})
{
    Parameter p;
    p.kind = kind;
    p.default_text = value;
    p.choices = choices;
    p.meaning = meaning;
    p.source = source;
    return p;
}

void declare_carriage(Catalogue& c)
{
    add_for_organs(c, "carried",
                   word(Kind::flag, "no",
                        "Blood carries this substance along the vessels, where organ.<organ>.vessels.flow says how it "
                        "flows; else it has the concentration 'blood' everywhere.",
                        "assumption"));
    add_for_organs(c, "tissue_solubility",
                   word(Kind::text, "1",
                        "What a volume of tissue holds per unit of the field, e.g. '3e-5 1/mmHg' (cm^3 of oxygen per "
                        "cm^3); 1 for a concentration. Used where blood carries the substance.",
                        "assumption; 3e-5 for oxygen (memory)"));
    add_for_organs(c, "blood_solubility",
                   word(Kind::text, "1", "What a volume of blood holds in solution per unit of the field.",
                        "assumption; 3.1e-5 1/mmHg for oxygen in Secomb et al. 2004 (Ann Biomed Eng 32:1519)"));
    add_for_organs(c, "binding_capacity",
                   number("1", "0", 0.0, 1e6,
                          "What a volume of red cells can bind, in the amounts of tissue_solubility (oxygen: cm^3 per "
                          "cm^3).",
                          "assumption; 0.5 for oxygen in Secomb et al. 2004"));
    add_for_organs(c, "binding_half",
                   word(Kind::text, "0", "Value at which red cells are half full, with the field's unit.",
                        "assumption; 38 mmHg for oxygen in rats in Secomb et al. 2004"));
    add_for_organs(c, "binding_hill",
                   number("1", "1", 0.5, 8.0, "Hill coefficient of binding by red cells.",
                          "assumption; 3 for oxygen in Secomb et al. 2004"));
    add_for_organs(c, "wall_resistance",
                   word(Kind::text, "",
                        "Resistance of vessel walls by diameter: pairs DIAMETER:RESISTANCE with ascending diameters "
                        "[um] and resistances [the field's unit times s/um^2], such that blood - wall = resistance * "
                        "amount per length and time; linear between, constant outside. Empty: by permeability. Used "
                        "where blood carries the substance.",
                        "assumption; for oxygen a table in docs/model/vessels.md"));
}
} // namespace

void declare_blood_flow(Catalogue& c)
{
    const auto add = [&](const std::string& pattern, Parameter p) {
        p.pattern = pattern;
        c.add(std::move(p));
    };
    add("organ.<organ>.vessels.flow",
        word(Kind::choice, "none",
             "How blood flows through the organ's vessels: unknown (it has the same concentrations everywhere), as the "
             "network's file says, or by pressure from its ends.",
             "assumption", {"none", "file", "pressure"}));
    add("organ.<organ>.vessels.flow_factor",
        number("1", "1", 1e-6, 1e6, "All flows of the network's file are multiplied by this.", "assumption"));
    add("organ.<organ>.vessels.haematocrit",
        word(Kind::choice, "mixed",
             "How red cells are shared out where vessels fork: alike, as the file says of every segment, or more than "
             "its share to the faster branch.",
             "assumption; separated: Pries et al. 1989 (Microvasc Res 38:81), constants from memory",
             {"mixed", "file", "separated"}));
    add("organ.<organ>.vessels.inflow_pressure",
        number("mmHg", "20 mmHg", -1e3, 1e3,
               "Pressure where blood comes into a generated bed, where flow follows from pressure.",
               "assumption; about 35 mmHg where capillaries begin and 15 where they end (memory)"));
    add("organ.<organ>.vessels.outflow_pressure",
        number("mmHg", "15 mmHg", -1e3, 1e3, "Pressure where blood leaves a generated bed.", "15 mmHg (memory)"));
    add("organ.<organ>.vessels.inflow_haematocrit",
        number("1", "0.4", 0.0, 0.9, "Share of red cells in the blood that comes into a generated bed.",
               "0.4 to 0.45 (memory)"));
    add("organ.<organ>.vessels.directions",
        word(Kind::choice, "alternating",
             "Which way blood flows through the capillaries of a generated bed: neighbours in opposite directions, or "
             "all up z.",
             "assumption", {"alternating", "parallel"}));
    add("organ.<organ>.vessels.plasma_viscosity",
        number("mPa.s", "1.2 mPa.s", 0.1, 100.0, "Viscosity of plasma, where flow follows from pressure.",
               "1.1 to 1.3 at body temperature (memory)"));
    add("organ.<organ>.tissue_margin",
        number("um", "0 um", 0.0, 1e5,
               "Width of a border along the organ's faces in which normal tissue neither takes up nor releases "
               "anything: room in which fields level out.",
               "assumption"));
    declare_carriage(c);
}

namespace
{
FlowSource flow_source_of(const std::string& text)
{
    return text == "file" ? FlowSource::file : text == "pressure" ? FlowSource::pressure : FlowSource::none;
}

HaematocritLaw haematocrit_law_of(const std::string& text)
{
    return text == "file"        ? HaematocritLaw::file
           : text == "separated" ? HaematocritLaw::separated
                                 : HaematocritLaw::mixed;
}

/// One pair of the table, or nothing if it is none.
std::optional<WallResistance> wall_of(const std::string& text)
{
    std::istringstream words(text);
    words.imbue(std::locale::classic());
    WallResistance wall;
    char colon = ' ';
    const bool read = static_cast<bool>(words >> wall.diameter_um >> colon >> wall.min_per_um2);
    const bool whole = read && colon == ':' && words.peek() == std::istringstream::traits_type::eof();
    return whole && wall.diameter_um > 0.0 && wall.min_per_um2 > 0.0 ? std::optional(wall) : std::nullopt;
}

std::vector<WallResistance> read_walls(config::Case& description, const std::string& key, double tissue_solubility)
{
    std::string text = description.text(key);
    std::replace(text.begin(), text.end(), ',', ' ');
    std::istringstream words(text);
    std::vector<WallResistance> walls;
    for (std::string pair; words >> pair;) {
        const auto wall = wall_of(pair);
        if (!wall || (!walls.empty() && wall->diameter_um <= walls.back().diameter_um)) {
            description.report(key, fmt::format("'{}' is not the next pair DIAMETER:RESISTANCE (the table must rise in "
                                                "diameter, with numbers above 0). Write it as in '5:2.0 10:1.27'.",
                                                pair));
            return {};
        }
        walls.push_back({wall->diameter_um, wall->min_per_um2 * tissue_solubility / seconds_per_minute});
    }
    return walls;
}

/// What cannot be computed with; one problem each.
void check_carriage(config::Case& description, const std::string& key, const fields::Substance& substance,
                    const BloodCarriage& carriage)
{
    if (substance.scheme != fields::Scheme::steady) {
        description.report(key + ".scheme", "must be steady where blood carries the substance (blood passes in seconds "
                                            "and is in its steady state). Set it to steady.");
    }
    if (substance.diffusivity_um2_per_min <= 0.0) {
        description.report(key + ".diffusivity",
                           "is 0 where blood carries the substance (nothing would bring it from the vessels into the "
                           "tissue). Give a diffusivity.");
    }
    if (carriage.binding_capacity > 0.0 && carriage.binding_half <= 0.0) {
        description.report(key + ".binding_half", "is 0 although red cells bind the substance (they would always be "
                                                  "full). Give the value at which they are half full.");
    }
    if (carriage.walls.empty() && carriage.permeability_um_per_min <= 0.0) {
        description.report(key + ".wall_resistance",
                           "is not given, and the permeability is 0, where blood carries the substance (nothing passes "
                           "the walls). Give one of them.");
    }
}

constexpr std::initializer_list<const char*> keys_of_carriage{
    "tissue_solubility", "blood_solubility", "binding_capacity", "binding_half", "binding_hill", "wall_resistance"};
constexpr const char* not_carried = "blood does not carry the field along the vessels";
constexpr const char* carry_it = "Set 'carried = yes'";

/// Notes those of the keys that somebody set.
void refuse_in_vain(config::Case& description, const std::string& section, std::initializer_list<const char*> keys,
                    const std::string& why, const std::string& remedy)
{
    for (const char* key : keys) {
        if (description.differs_from_default(section + key)) {
            description.report(
                section + key,
                fmt::format("is given, but {} (it would do nothing). {}, or leave it out.", why, remedy));
        }
    }
}
} // namespace

FlowDescription read_flow(config::Case& description, const std::string& organ, const VesselNetwork& vessels)
{
    const std::string key = organ + ".vessels.";
    FlowDescription flow;
    flow.source = flow_source_of(description.text(key + "flow"));
    flow.haematocrit = haematocrit_law_of(description.text(key + "haematocrit"));
    flow.factor = description.real(key + "flow_factor");
    flow.plasma_viscosity_mpa_s = description.real(key + "plasma_viscosity");
    const std::string problem = flow_problem(vessels, flow);
    if (!problem.empty()) {
        description.report(key + "flow", problem);
        flow.source = FlowSource::none;
    }
    return flow;
}

BloodCarriage read_carriage(config::Case& description, FieldValues& values, const std::string& organ,
                            const fields::Substance& substance, const FlowDescription& flow)
{
    const std::string key = organ + "." + substance.name;
    BloodCarriage carriage;
    const bool wanted = description.flag(key + ".carried");
    const std::string per_unit = fmt::format("({})^-1", substance.unit);
    const auto solubility = [&](const std::string& name) {
        const double value = values.read(key + name, per_unit);
        if (value <= 0.0) {
            description.report(key + name, "is not above 0 (nothing would be dissolved). Give a solubility.");
        }
        return value > 0.0 ? value : 1.0;
    };
    carriage.tissue_solubility = solubility(".tissue_solubility");
    carriage.blood_solubility = solubility(".blood_solubility");
    carriage.binding_capacity = description.real(key + ".binding_capacity");
    carriage.binding_half = values.read(key + ".binding_half", substance.unit);
    carriage.binding_hill = description.real(key + ".binding_hill");
    carriage.walls = read_walls(description, key + ".wall_resistance", carriage.tissue_solubility);
    carriage.permeability_um_per_min = description.real(key + ".permeability");
    carriage.leakiness = description.real(key + ".leakiness");
    carriage.inflow = values.read(key + ".blood", substance.unit);
    if (wanted && flow.source != FlowSource::none) {
        carriage.carried = true;
        const bool measured = description.text(organ + ".vessels.source") == "file";
        carriage.unit_per_mmhg = measured && substance.name == "oxygen"
                                     ? values.factor("oxygen", "mmHg", "network files give oxygen in the blood in mmHg")
                                     : 0.0;
        check_carriage(description, key, substance, carriage);
    }
    return carriage;
}

void check_carried(config::Case& description, const OrganDescription& organ)
{
    const bool any = std::any_of(organ.fields.begin(), organ.fields.end(),
                                 [](const FieldDescription& field) { return field.carriage.carried; });
    if (organ.flow.source != FlowSource::none && !any && !organ.angiogenesis.on()) {
        description.report("organ." + organ.name + ".vessels.flow",
                           "is given, but blood carries none of the fields (so the flow would do nothing). Set "
                           "'carried = yes' for a field, let vessels grow (angiogenesis.field), or leave the flow "
                           "out.");
    }
    const std::string key = "organ." + organ.name;
    if (organ.flow.source == FlowSource::none) {
        refuse_in_vain(description, key + ".vessels.", {"flow_factor", "haematocrit", "plasma_viscosity"},
                       fmt::format("the flow of blood in '{}' is not known", organ.name),
                       fmt::format("Set {}.vessels.flow", key));
    }
    for (const FieldDescription& field : organ.fields) {
        const std::string of_field = fmt::format("{}.{}.", key, field.substance.name);
        if (!description.flag(of_field + "carried")) {
            refuse_in_vain(description, of_field, keys_of_carriage, not_carried, carry_it);
        }
    }
}

void check_carried_anywhere(config::Case& description)
{
    const std::vector<std::string> organs = description.declared("organ");
    for (const std::string& field : description.declared("field")) {
        const bool carried = std::any_of(organs.begin(), organs.end(), [&](const std::string& organ) {
            return description.flag(fmt::format("organ.{}.{}.carried", organ, field));
        });
        if (!carried) {
            refuse_in_vain(description, "field." + field + ".", keys_of_carriage, not_carried, carry_it);
        }
    }
}

} // namespace paget::organ
