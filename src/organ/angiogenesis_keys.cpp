#include "angiogenesis_keys.hpp"

#include "sensing.hpp"
#include "vessel_graph.hpp"

#include "paget/config/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace paget::organ
{
namespace
{
constexpr double endless = std::numeric_limits<double>::infinity();
constexpr const char* assumed = "assumption";

/// Adds keys that begin alike.
class Keys
{
public:
    explicit Keys(config::Catalogue& catalogue) : catalogue_(&catalogue) {}

    void number(const std::string& key, const std::string& unit, const std::string& value, double lowest,
                double highest, const std::string& meaning, const std::string& source) const
    {
        config::Parameter p;
        p.unit = unit;
        p.lowest = lowest;
        p.highest = highest;
        add(p, key, value, meaning, source);
    }

    void text(const std::string& key, const std::string& value, const std::string& meaning,
              const std::string& source) const
    {
        config::Parameter p;
        p.kind = config::Kind::text;
        add(p, key, value, meaning, source);
    }

private:
    void add(config::Parameter& p, const std::string& key, const std::string& value, const std::string& meaning,
             const std::string& source) const
    {
        p.pattern = "organ.<organ>.angiogenesis." + key;
        p.default_text = value;
        p.meaning = meaning;
        p.source = source;
        catalogue_->add(p);
    }

    config::Catalogue* catalogue_;
};

void declare_tips(const Keys& keys)
{
    keys.text("field", "none",
              "Field towards which the organ's vessels grow (VEGF), or none: they stay as they are. Needs "
              "vessels.flow = pressure and a 3-D organ.",
              assumed);
    keys.number("interval", "min", "60 min", 0.001, 1440.0,
                "Time between two updates of the vessels; steps that end later do it at their end.", assumed);
    keys.text("threshold", "0",
              "Value of the field above which vessels sprout and tips move, with its unit. Above it, the field acts by "
              "s = (c - threshold) / (c - threshold + half).",
              assumed);
    keys.text("half", "1", "Excess over the threshold at which s is one half, with the field's unit.", assumed);
    keys.number("sprouting", "um^-1.min^-1", "1e-5 um^-1.min^-1", 0.0, endless,
                "Hazard of a new tip cell per length of flowing vessel and time, times s.",
                "assumption: about one per 70 um and day");
    keys.number("sprout_distance", "um", "50 um", 0.0, 1e5,
                "Lateral inhibition: no tip begins nearer than this to another one or to where one began.",
                "assumption: a few lengths of endothelial cells");
    keys.number("radius", "um", "4 um", 0.5, 1e3, "Radius of vessels that grow.",
                "capillaries of 5 to 10 um diameter (Au et al. 2016, memory)");
    keys.number("speed", "um/min", "15 um/h", 0.0, 1e3, "Speed of tip cells up a steep gradient of the field.",
                "10 to 20 um/h (memory, unsure)");
    keys.text("gradient_half", "0.001", "Gradient at which tips have half that speed, in the field's unit per um.",
              assumed);
    keys.number("random_speed", "um/min", "5 um/h", 0.0, 1e3,
                "Standard deviation of a tip's velocity along each axis, on top of the way up the gradient.",
                "assumption; model of Stokes and Lauffenburger 1991 (J theor Biol 152:377, memory)");
    keys.number("persistence", "min", "3 h", 0.1, 1e6, "Time in which tips forget their velocity.",
                "some hours (Stokes and Lauffenburger 1991, memory, unsure)");
    keys.number("branching", "1/min", "0.5 1/day", 0.0, endless, "Hazard that a tip becomes two, times s.", assumed);
    keys.number("branching_age", "min", "12 h", 0.0, 1e7, "Age before which a tip does not become two.", assumed);
    keys.number("fusion_reach", "um", "10 um", 0.0, 1e3,
                "A tip joins a vessel when their walls come as near as this (filopodia).", assumed);
    keys.number("starvation", "min", "12 h", 0.0, 1e7,
                "A tip stops for ever when the field was below the threshold for so long; below it, it waits.",
                assumed);
}

void declare_life(const Keys& keys)
{
    keys.number("maturation", "1/min", "0.2 1/day", 0.0, endless,
                "Rate at which the walls of new vessels mature while blood flows through them.",
                "assumption: pericytes come within days");
    keys.number("destabilisation", "1/min", "1 1/day", 0.0, endless,
                "Rate at which the field takes maturity from walls, times s: it keeps vessels leaky.", assumed);
    keys.number("entry_factor", "1", "3", 1.0, 1e4,
                "Intravasation through a wall without maturity is so many times as frequent.", assumed);
    keys.number("least_shear", "Pa", "0.1 Pa", 0.0, 1e4,
                "Shear stress of blood at the wall below which new vessels regress.",
                "assumption: a tenth of that in capillaries (memory)");
    keys.number("stagnation", "min", "48 h", 0.0, 1e7, "A vessel stands so long without that shear.", assumed);
    keys.number("regression", "1/min", "0.5 1/day", 0.0, endless,
                "Hazard with which it vanishes after that, times (1 - maturity).", assumed);
    keys.number("collapse_pressure", "1", "0", 0.0, 1e3,
                "Mean pressure of the cells in a voxel at the wall (1: as among twelve close-packed ones) that closes "
                "a vessel. 0: none closes.",
                assumed);
    keys.number("reopening_pressure", "1", "0", 0.0, 1e3,
                "Pressure below which a closed vessel opens again; not above collapse_pressure.", assumed);
    keys.text("blocker", "none",
              "Drug that binds the field's substance, or none: the share 1 / (1 + drug / blocker_kd) of it acts on "
              "vessels.",
              "bevacizumab binds VEGF");
    keys.number("blocker_kd", "mg/L", "0.149 mg/L", 1e-9, 1e6, "Concentration of the drug that binds half.",
                "1 nmol/l of 149 kDa (memory, unsure)");
}

void read_numbers(config::Case& description, const std::string& key, Angiogenesis& read)
{
    read.interval = std::max<Tick>(1, ticks_from_minutes(description.real(key + "interval")));
    read.sprouting_per_um_min = description.real(key + "sprouting");
    read.sprout_distance_um = description.real(key + "sprout_distance");
    read.sprout_radius_um = description.real(key + "radius");
    read.tip_speed_um_per_min = description.real(key + "speed");
    read.tip_random_um_per_min = description.real(key + "random_speed");
    read.tip_persistence_min = description.real(key + "persistence");
    read.branching_per_min = description.real(key + "branching");
    read.branching_age_min = description.real(key + "branching_age");
    read.fusion_reach_um = description.real(key + "fusion_reach");
    read.starvation_min = description.real(key + "starvation");
    read.maturation_per_min = description.real(key + "maturation");
    read.destabilisation_per_min = description.real(key + "destabilisation");
    read.entry_factor = description.real(key + "entry_factor");
    read.least_shear_pa = description.real(key + "least_shear");
    read.stagnation_min = description.real(key + "stagnation");
    read.regression_per_min = description.real(key + "regression");
    read.collapse_pressure = description.real(key + "collapse_pressure");
    read.reopening_pressure = description.real(key + "reopening_pressure");
    read.blocker_kd_mg_per_l = description.real(key + "blocker_kd");
}

double positive(config::Case& description, FieldValues& values, const std::string& key, const std::string& unit,
                const std::string& per)
{
    const double value = values.read(key, unit, per);
    if (value <= 0.0) {
        description.report(key, "is not above 0 (a response has to reach its half somewhere). Give a value above 0.");
    }
    return value > 0.0 ? value : 1.0;
}

std::optional<std::size_t> read_blocker(config::Case& description, const std::string& key)
{
    const std::string name = description.text(key);
    const std::vector<std::string> drugs = description.declared("drug");
    const auto found = std::find(drugs.begin(), drugs.end(), name);
    if (found != drugs.end()) {
        return static_cast<std::size_t>(found - drugs.begin());
    }
    if (name != "none") {
        description.report(key,
                           fmt::format("'{}' is no drug of this case (nothing would be bound). Add a section "
                                       "[drug.{}], or name one of: {}.",
                                       name, name, drugs.empty() ? "none" : fmt::format("{}", fmt::join(drugs, ", "))));
    }
    return std::nullopt;
}

/// Every connected part of the vessels must have an end of given pressure: only that can take what flow is left.
bool every_part_has_pressure(const VesselNetwork& network)
{
    std::vector<double> open(network.segments.size());
    std::transform(network.segments.begin(), network.segments.end(), open.begin(),
                   [](const Segment& segment) { return segment.flowing ? 1.0 : 0.0; });
    const std::vector<std::int32_t> part = connected_parts(network, open);
    std::vector<bool> held(part.size(), false);
    for (const FlowBoundary& end : network.boundary) {
        if (end.kind == FlowBoundary::Kind::pressure) {
            held[static_cast<std::size_t>(part[static_cast<std::size_t>(end.node)])] = true;
        }
    }
    return std::all_of(network.boundary.begin(), network.boundary.end(), [&](const FlowBoundary& end) {
        return held[static_cast<std::size_t>(part[static_cast<std::size_t>(end.node)])];
    });
}

/// What vessels cannot grow in; one problem each.
void check_organ(config::Case& description, const std::string& key, const OrganDescription& organ)
{
    const std::string vessels = "organ." + organ.name + ".vessels.";
    if (organ.grid.planar()) {
        description.report(key + "field", "is given for a 2-D organ (there vessels are seen end on, and cannot join). "
                                          "Make the organ more than one voxel thick.");
    }
    if (organ.vessels.segments.empty()) {
        description.report(key + "field", fmt::format("is given, but the organ has no vessels (nothing can sprout). "
                                                      "Set {}source.",
                                                      vessels));
    } else if (organ.flow.source != FlowSource::pressure) {
        description.report(key + "field", fmt::format("is given, but blood does not flow by pressure (so nothing says "
                                                      "how it flows through new vessels). Set {}flow = pressure.",
                                                      vessels));
    } else if (!every_part_has_pressure(organ.vessels)) {
        description.report(key + "field", "is given, but some vessels have given flows at all of their ends (blood "
                                          "could not choose new ways). Give a pressure at one boundary node of each "
                                          "connected part of the network.");
    }
    if (organ.flow.haematocrit == HaematocritLaw::file) {
        description.report(key + "field", fmt::format("is given, but {}haematocrit is 'file' (which says nothing of "
                                                      "new vessels). Set it to mixed or separated.",
                                                      vessels));
    }
}

/// Notes keys that somebody set although vessels do not grow.
void refuse_without_growth(config::Case& description, const std::string& key)
{
    for (const char* name : {"interval",
                             "threshold",
                             "half",
                             "sprouting",
                             "sprout_distance",
                             "radius",
                             "speed",
                             "gradient_half",
                             "random_speed",
                             "persistence",
                             "branching",
                             "branching_age",
                             "fusion_reach",
                             "starvation",
                             "maturation",
                             "destabilisation",
                             "entry_factor",
                             "least_shear",
                             "stagnation",
                             "regression",
                             "collapse_pressure",
                             "reopening_pressure",
                             "blocker",
                             "blocker_kd"}) {
        if (description.differs_from_default(key + name)) {
            description.report(key + name, fmt::format("is given, but the organ's vessels do not grow (it would do "
                                                       "nothing). Set {}field, or leave it out.",
                                                       key));
        }
    }
}
} // namespace

void declare_angiogenesis(config::Catalogue& catalogue)
{
    const Keys keys(catalogue);
    declare_tips(keys);
    declare_life(keys);
}

Angiogenesis read_angiogenesis(config::Case& description, FieldValues& values, const OrganDescription& organ)
{
    const std::string key = "organ." + organ.name + ".angiogenesis.";
    Angiogenesis read;
    read_numbers(description, key, read);
    const std::string field = description.text(key + "field");
    const auto index = find_field(organ.fields, field);
    if (index) {
        const std::string unit = organ.fields[*index].substance.unit;
        read.field = field;
        read.threshold = values.read(key + "threshold", unit);
        read.half = positive(description, values, key + "half", unit, {});
        read.gradient_half_per_um = positive(description, values, key + "gradient_half", unit, "um^-1");
        check_organ(description, key, organ);
    } else if (field == "none") {
        refuse_without_growth(description, key);
    } else {
        std::vector<std::string> names;
        std::transform(organ.fields.begin(), organ.fields.end(), std::back_inserter(names),
                       [](const FieldDescription& f) { return f.substance.name; });
        description.report(key + "field", fmt::format("no field '{}' in this case (vessels would grow nowhere). Add a "
                                                      "section [field.{}], or name one of: {}.",
                                                      field, field, fmt::join(names, ", ")));
    }
    read.blocker = read_blocker(description, key + "blocker");
    if (index && description.text(key + "blocker") == "none" && description.differs_from_default(key + "blocker_kd")) {
        description.report(key + "blocker_kd", "is given, but no drug binds the field (it would do nothing). Set "
                                               "blocker, or leave it out.");
    }
    if (read.reopening_pressure > read.collapse_pressure) {
        description.report(key + "reopening_pressure",
                           "is above collapse_pressure (closed vessels would open at once). Lower it.");
    }
    return read;
}

} // namespace paget::organ
