#include "results.hpp"

#include "names.hpp"
#include "paget/output/provenance.hpp"
#include "sample.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace paget::output
{
namespace
{
using Json = nlohmann::ordered_json;

template <class Names, class Counts>
Json by_name(const Names& names, const Counts& counts)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i) {
        json[names[i]] = counts[i];
    }
    return json;
}

double hours(Tick ticks) { return minutes_from_ticks(ticks) / minutes_per_hour; }

Json program_json()
{
    Json json = program_versions();
    json["libraries"] = library_versions();
    return json;
}

Json case_json(const Results& r)
{
    return {{"file", r.facts.case_path},
            {"command", r.facts.command_line},
            {"seed", r.body->seed},
            {"resolved", r.facts.resolved_case}};
}

Json run_json(const Results& r)
{
    Json layout = Json::object();
    for (std::size_t i = 0; i < r.ranks.size(); ++i) {
        layout[r.body->organs[i].name] = r.ranks[i];
    }
    return {{"simulated_h", hours(r.now)}, {"planned_h", hours(r.facts.end)},      {"stopped_early", r.stopped_early},
            {"ranks", r.world_size},       {"ranks_of_organs", std::move(layout)}, {"wall_s", r.wall_seconds}};
}

Json cells_json(const organ::Census& census)
{
    Json json{{"living", census.living()}};
    for (std::size_t state = 0; state < agents::state_count; ++state) {
        json[state_names[state]] = by_name(fate_names, census.cells[state]);
    }
    return json;
}

Json seeding_json(const Results& r, OrganId destination)
{
    Json json = Json::object();
    for (const auto& [source, outcomes] : r.seedings.sources_of(destination)) {
        json[organ_name(*r.body, source)] = {
            {"grew", outcomes.grew}, {"slept", outcomes.slept}, {"died", outcomes.died}};
    }
    return json;
}

Json organ_json(const Results& r, std::size_t index)
{
    const auto& census = r.end.organs[index];
    const agents::Tally& totals = census.totals;
    return {{"start", cells_json(r.start.organs[index])},
            {"end", cells_json(census)},
            {"founded", totals.founded},
            {"born", totals.born},
            {"died", by_name(death_names, totals.died)},
            {"shed", totals.shed},
            {"arrived", totals.arrived},
            {"recruited", totals.recruited},
            {"left", totals.left},
            {"arrived_from", seeding_json(r, OrganId{static_cast<std::int32_t>(index)})},
            {"returned_share", returned_share(census)},
            {"field_solves", r.solver[index].solves},
            {"solver_iterations", r.solver[index].iterations}};
}

Json blood_json(const Results& r)
{
    const auto& now = r.end.in_blood;
    const auto& ledger = r.end.blood;
    Json blood{{"flowing_singles", now.flowing_singles},
               {"flowing_clusters", now.flowing_clusters},
               {"flowing_cells", now.flowing_cells},
               {"arrested_cells", now.arrested_cells},
               {"shed", ledger.shed},
               {"died", by_name(blood_death_names, ledger.died)},
               {"extravasated", ledger.extravasated},
               {"extravasated_unresolved", ledger.extravasated_lumped},
               {"sample_ml", r.sample_ml},
               {"expected_in_sample", r.sample.expected_cells},
               {"drawn_in_sample", r.sample.cells}};
    if (r.body->has_lymph()) {
        blood["lymph_cells"] = now.lymph_cells;
    }
    return blood;
}

/// Looks at the balance of the ranks, and what followed.
Json balance_json(const body::BalanceRecord& record)
{
    Json looks = Json::array();
    for (const body::BalanceLook& look : record) {
        Json json{{"at_h", hours(look.at)}, {"imbalance", look.imbalance}};
        if (look.recut) {
            json["cut_anew"] = {{"expected_imbalance", look.recut->expected}, {"seconds", look.recut->seconds}};
        }
        looks.push_back(std::move(json));
    }
    return looks;
}
} // namespace

std::string hash_text_of(std::uint64_t state_hash) { return fmt::format("{:016x}", state_hash); }

std::string summary_json(const Results& r)
{
    Json organs = Json::object();
    for (std::size_t i = 0; i < r.end.organs.size(); ++i) {
        organs[r.body->organs[i].name] = organ_json(r, i);
    }
    // Body::advance throws where the ledger does not close, so a summary is only written when it does.
    const Json summary{{"paget", program_json()},
                       {"case", case_json(r)},
                       {"run", run_json(r)},
                       {"performance", performance_json(r.performance)},
                       {"balance", balance_json(r.balance)},
                       {"primary", organ_name(*r.body, r.body->primary())},
                       {"organs", std::move(organs)},
                       {"blood", blood_json(r)},
                       {"seeds", r.seedings.seeded()},
                       {"ledger_closed", true},
                       {"state_hash", hash_text_of(r.state_hash)}};
    return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace paget::output
