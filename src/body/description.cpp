#include "paget/body/description.hpp"

#include "paget/config/case.hpp"
#include "paget/config/catalogue.hpp"
#include "paget/organ/absences.hpp"
#include "paget/organ/rule_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::body
{
namespace
{
void declare_time(config::Catalogue& catalogue, const char* key, const char* value, double lowest, double highest,
                  const char* meaning)
{
    config::Parameter p;
    p.pattern = key;
    p.unit = "min";
    p.default_text = value;
    p.lowest = lowest;
    p.highest = highest;
    p.meaning = meaning;
    p.source = "assumption";
    catalogue.add(p);
}

Tick read_ticks(config::Case& description, const std::string& key)
{
    return std::max<Tick>(1, ticks_from_minutes(description.real(key)));
}

void check_organs(config::Case& description, const BodyDescription& body)
{
    if (body.organs.empty()) {
        description.report("organ", "the case describes no organ (there is no tissue to simulate). Add a section "
                                    "[organ.<name>].");
        return;
    }
    const bool something_happens = std::any_of(body.organs.begin(), body.organs.end(), [](const auto& organ) {
        return !organ.founders.empty() || organ.flow.source != organ::FlowSource::none;
    });
    if (!something_happens) {
        description.report("organ",
                           "no organ has founder cells (nothing would happen). Set organ.<name>.founders.type and "
                           "organ.<name>.founders.count in one of them.");
    }
}
} // namespace

bool BodyDescription::has_niches() const
{
    return std::any_of(organs.begin(), organs.end(),
                       [](const auto& organ) { return organ.niche.prepared_by != OrganId::none; });
}

bool BodyDescription::has_angiogenesis() const
{
    return std::any_of(organs.begin(), organs.end(), [](const auto& organ) { return organ.angiogenesis.on(); });
}

bool BodyDescription::has_lymph() const
{
    return std::any_of(beds.begin(), beds.end(),
                       [](const auto& bed) { return bed.inflow == circulation::Inflow::lymph; });
}

OrganId BodyDescription::primary() const
{
    const auto founders = [](const organ::OrganDescription& organ) {
        std::int64_t sum = 0;
        for (const auto& group : organ.founders) {
            sum += group.scattered ? 0 : group.count; // residents are no tumour
        }
        return sum;
    };
    const auto most = std::max_element(organs.begin(), organs.end(),
                                       [&](const auto& a, const auto& b) { return founders(a) < founders(b); });
    return OrganId{static_cast<std::int32_t>(most - organs.begin())};
}

void declare_parameters(config::Catalogue& catalogue)
{
    config::Parameter seed;
    seed.pattern = "run.seed";
    seed.kind = config::Kind::integer;
    seed.unit = "1";
    seed.default_text = "1";
    seed.lowest = 0;
    seed.highest = 9007199254740992.0;
    seed.meaning = "Seed of all random numbers; the same seed gives the same run on any number of ranks.";
    seed.source = "assumption";
    catalogue.add(seed);
    declare_time(catalogue, "run.end", "1 day", 0.001, 5.3e8, "Simulated time at which the run ends.");
    declare_time(catalogue, "run.step", "6 min", 0.001, 1440.0,
                 "Coupling step: how often fields, cells and blood meet (PhysiCell's phenotype step by default).");
    organ::declare_parameters(catalogue);
    agents::declare_parameters(catalogue);
    circulation::declare_parameters(catalogue);
    therapy::declare_parameters(catalogue);
}

BodyDescription read_body(config::Case& description, organ::FirstCells first_cells)
{
    BodyDescription body;
    body.seed = static_cast<std::uint64_t>(description.integer("run.seed"));
    body.coupling_step = read_ticks(description, "run.step");
    body.end = read_ticks(description, "run.end");
    body.tissue = organ::read_tissue(description);
    body.organs = organ::read_organs(description, body.tissue, body.seed, first_cells);
    check_organs(description, body);
    std::vector<std::string> names;
    std::transform(body.organs.begin(), body.organs.end(), std::back_inserter(names),
                   [](const auto& organ) { return organ.name; });
    body.beds = circulation::read_beds(description, names);
    body.veins_min = description.real("circulation.veins_transit");
    body.arteries_min = description.real("circulation.arteries_transit");
    body.journey = circulation::read_journey(description);
    body.drugs = therapy::read_drugs(description);
    organ::warn_of_idle_rules(description, body.tissue, body.organs);
    if (first_cells == organ::FirstCells::founders) {
        organ::refuse_endless_fields(description, body.tissue, body.organs);
        organ::warn_of_absent_types(description, body.tissue, body.organs);
    }
    return body;
}

} // namespace paget::body
