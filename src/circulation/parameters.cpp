#include "paget/circulation/circulation.hpp"

#include "graph_problems.hpp"
#include "journey_problems.hpp"
#include "paget/config/case.hpp"
#include "paget/config/nearest_word.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::circulation
{
namespace
{
using Names = std::vector<std::string>;

int position(const Names& names, const std::string& name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

Vessel read_drain(config::Case& description, const std::string& key, const Names& beds)
{
    const std::string text = description.text(key);
    if (text == "veins") {
        return {Vessel::Kind::veins};
    }
    if (text == "arteries") {
        return {Vessel::Kind::arteries};
    }
    const int bed = position(beds, text);
    if (bed < 0) {
        description.report(key, fmt::format("'{}' is neither veins, arteries nor a bed (its blood has nowhere to go). "
                                            "The beds are: {}.",
                                            text, fmt::join(beds, ", ")));
        return {Vessel::Kind::veins};
    }
    return {Vessel::Kind::bed, bed};
}

Inflow inflow_named(const std::string& text)
{
    return text == "lymph" ? Inflow::lymph : text == "veins" ? Inflow::veins : Inflow::arteries;
}

std::vector<OrganId> read_lymph_sources(config::Case& description, const std::string& key, const Names& organs)
{
    std::vector<OrganId> sources;
    for (const std::string& name : description.names(key)) {
        const int organ = position(organs, name);
        if (organ < 0) {
            description.report(key, fmt::format("'{}' is not an organ of this case (only cells of simulated tissue "
                                                "leave by lymph). The organs are: {}.",
                                                name, fmt::join(organs, ", ")));
        } else {
            sources.push_back(OrganId{organ});
        }
    }
    return sources;
}

Bed read_bed(config::Case& description, const std::string& name, const Names& beds, const Names& organs)
{
    const std::string section = "bed." + name + ".";
    const auto real = [&](const char* key) { return description.real(section + key); };
    Bed bed;
    bed.name = name;
    bed.organ = static_cast<OrganId>(position(organs, name));
    bed.inflow = inflow_named(description.text(section + "fed_by"));
    bed.flow_share = real("flow_share");
    bed.drains_to = read_drain(description, section + "drains_to", beds);
    bed.capture_single = real("capture.single");
    bed.capture_cluster = real("capture.cluster");
    bed.extravasation_factor = real("extravasation_factor");
    bed.transit_min = real("transit");
    bed.il6_gain = real("il6_gain");
    bed.il8_gain = real("il8_gain");
    bed.infiltration_needs_mmp1_fscn1 = description.flag(section + "infiltration_needs_mmp1_fscn1");
    bed.lymph_of = read_lymph_sources(description, section + "lymph_of", organs);
    bed.lymph_share = bed.organ == OrganId::none ? 0.0 : description.real("organ." + name + ".lymph_share");
    return bed;
}

/// A bed that no blood reaches because its share was forgotten would go unnoticed for long.
void check_inflow(config::Case& description, const std::vector<Bed>& beds, int index)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    const bool portal = std::any_of(beds.begin(), beds.end(), [&](const Bed& other) {
        return other.drains_to == Vessel{Vessel::Kind::bed, index};
    });
    const std::string key = "bed." + bed.name + ".flow_share";
    if (bed.inflow == Inflow::arteries && !portal && !description.given(key)) {
        description.report(key, fmt::format("bed {} has no share of the arterial flow (no cell would ever reach it). "
                                            "Give flow_share, e.g. its percentage of the cardiac output.",
                                            bed.name));
    }
}

/// Defaults of capillaries would be wrong by orders of magnitude for lymph nodes.
void check_lymph_values(config::Case& description, const Bed& bed)
{
    const auto need = [&](const char* key, const char* why) {
        const std::string whole = "bed." + bed.name + "." + key;
        if (bed.inflow == Inflow::lymph && !description.given(whole)) {
            description.report(whole,
                               fmt::format("bed {} is fed by lymph but {} is not given ({}.", bed.name, key, why));
        }
    };
    need("transit", "the default is that of capillaries; lymph takes days). Give it, e.g. transit = 1.5 day");
    need("capture.single", "the default is that of capillaries; nodes hold most cells back). Give it, e.g. 0.9");
}

void check_organs(config::Case& description, const Names& beds, const Names& organs)
{
    for (const std::string& organ : organs) {
        if (position(beds, organ) < 0) {
            Names without_organ;
            std::copy_if(beds.begin(), beds.end(), std::back_inserter(without_organ),
                         [&](const std::string& bed) { return position(organs, bed) < 0; });
            const auto meant = config::nearest_word(organ, without_organ);
            description.report("organ." + organ,
                               fmt::format("organ {0} has no bed of its name (its blood would go nowhere). Add a "
                                           "section [bed.{0}] with its flow_share{1}.",
                                           organ, meant ? fmt::format(", or call the organ '{}'", *meant) : ""));
        }
    }
}

void report_graph(config::Case& description, const std::vector<Bed>& beds)
{
    const double veins_min = description.real("circulation.veins_transit");
    const double arteries_min = description.real("circulation.arteries_transit");
    for (const GraphProblem& problem : find_problems(beds, veins_min, arteries_min)) {
        const std::string kind = problem.key == "lymph_share" ? "organ." : "bed.";
        const bool of_no_bed = problem.bed < 0 && (problem.key == "fed_by" || problem.key == "flow_share");
        const std::string section =
            problem.bed < 0 ? "circulation" : kind + beds[static_cast<std::size_t>(problem.bed)].name;
        description.report(of_no_bed             ? "bed"
                           : problem.key.empty() ? section
                                                 : section + "." + problem.key,
                           problem.message);
    }
}
} // namespace

std::vector<Bed> read_beds(config::Case& description, const std::vector<std::string>& organs)
{
    const Names names = description.declared("bed");
    std::vector<Bed> beds;
    for (const std::string& name : names) {
        beds.push_back(read_bed(description, name, names, organs));
    }
    for (int i = 0; i < static_cast<int>(beds.size()); ++i) {
        check_inflow(description, beds, i);
        check_lymph_values(description, beds[static_cast<std::size_t>(i)]);
    }
    check_organs(description, names, organs);
    report_graph(description, beds);
    return beds;
}

JourneyParameters read_journey(config::Case& description)
{
    const auto real = [&](const char* key) { return description.real(std::string("circulation.") + key); };
    JourneyParameters journey;
    journey.disaggregation_probability = real("disaggregation");
    journey.survival_single = real("survival.single");
    journey.survival_cluster = real("survival.cluster");
    journey.shear_death_per_min = real("shear_death");
    journey.flow_death_per_min = real("flow_death");
    journey.lymph_death_per_min = real("lymph_death");
    journey.platelets = real("platelets.count");
    journey.platelets_half = real("platelets.half");
    journey.platelet_shield_single = real("platelets.shield.single");
    journey.platelet_shield_cluster = real("platelets.shield.cluster");
    journey.cluster_protection = real("cluster_protection");
    journey.extravasation_per_min = real("extravasation");
    journey.arrest_death_per_min = real("arrest_death");
    journey.nk_encounters_per_min = real("nk.encounters");
    journey.nk_lethality = real("nk.lethality");
    journey.nk_lethality_plateau_min = real("nk.lethality_plateau");
    journey.nk_lethality_end_min = real("nk.lethality_end");
    journey.blood_volume_ml = real("blood_volume");
    journey.il6_half = real("il6_half");
    journey.il8_half = real("il8_half");
    for (const JourneyProblem& problem : find_problems(journey)) {
        description.report("circulation." + problem.key, problem.message);
    }
    if (journey.platelet_shield_single == 0.0 && journey.platelet_shield_cluster == 0.0) {
        for (const char* key : {"circulation.platelets.count", "circulation.platelets.half"}) {
            if (description.differs_from_default(key)) {
                description.warn(key, "platelets shield no cell (their number changes nothing). Set "
                                      "circulation.platelets.shield.single or .cluster.");
            }
        }
    }
    return journey;
}

} // namespace paget::circulation
