#include "paget/output/stream_positions.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace paget::output
{
namespace
{
using Json = nlohmann::ordered_json;

Json json_of(const agents::Tally& tally)
{
    return {{"founded", tally.founded}, {"born", tally.born}, {"arrived", tally.arrived},
            {"shed", tally.shed},       {"died", tally.died}, {"recruited", tally.recruited},
            {"left", tally.left}};
}

agents::Tally tally_from(const Json& json)
{
    agents::Tally tally{json.at("founded"), json.at("born"), json.at("arrived"), json.at("shed")};
    const auto died = json.at("died").get<std::vector<std::int64_t>>(); // fewer causes in older files
    std::copy_n(died.begin(), std::min(died.size(), tally.died.size()), tally.died.begin());
    tally.recruited = json.value("recruited", std::int64_t{0});
    tally.left = json.value("left", std::int64_t{0});
    return tally;
}

Json json_of(const body::BodyCensus& census)
{
    Json organs = Json::array();
    for (const organ::Census& organ : census.organs) {
        organs.push_back({{"cells", organ.cells}, {"returned", organ.returned}, {"totals", json_of(organ.totals)}});
    }
    const auto& blood = census.blood;
    const auto& now = census.in_blood;
    Json all{{"organs", organs},
             {"blood", {blood.shed, blood.extravasated, blood.extravasated_lumped}},
             {"died_in_blood", blood.died},
             {"in_blood", {now.flowing_singles, now.flowing_clusters, now.flowing_cells, now.arrested_cells}}};
    if (now.lymph_cells > 0) {
        all["in_lymph"] = now.lymph_cells;
    }
    return all;
}

body::BodyCensus census_from(const Json& json)
{
    body::BodyCensus census;
    for (const Json& organ : json.at("organs")) {
        census.organs.push_back({organ.at("cells"), organ.at("returned"), tally_from(organ.at("totals"))});
    }
    const Json& blood = json.at("blood");
    census.blood = {blood.at(0), json.at("died_in_blood"), blood.at(1), blood.at(2)};
    const Json& now = json.at("in_blood");
    census.in_blood = {now.at(0), now.at(1), now.at(2), now.at(3), json.value("in_lymph", std::int64_t{0})};
    return census;
}

Json json_of(const std::optional<Tick>& tick) { return tick ? Json(*tick) : Json(nullptr); }

std::optional<Tick> tick_from(const Json& json)
{
    return json.is_null() ? std::nullopt : std::optional(json.get<Tick>());
}

Json json_of(const std::vector<Snapshot>& snapshots)
{
    Json all = Json::array();
    for (const Snapshot& snapshot : snapshots) {
        all.push_back({{"file", snapshot.file}, {"time_h", snapshot.time_h}, {"cells", snapshot.cells}});
        if (!snapshot.vessels.empty()) {
            all.back()["vessels"] = snapshot.vessels;
        }
    }
    return all;
}

Json json_of(const std::vector<SeedingCount>& seedings)
{
    Json all = Json::array();
    for (const SeedingCount& s : seedings) {
        all.push_back({index_of(s.destination), index_of(s.source), s.grew, s.slept, s.died});
    }
    return all;
}

Json json_of(const std::vector<organ::SolverTotals>& solver)
{
    Json all = Json::array();
    for (const organ::SolverTotals& totals : solver) {
        all.push_back({totals.solves, totals.iterations});
    }
    return all;
}

StreamPositions from_json(const Json& json)
{
    StreamPositions p;
    p.series_bytes = json.at("series_bytes");
    p.series_rows = json.at("series_rows");
    p.event_bytes = json.at("event_bytes");
    p.track_bytes = json.value("track_bytes", std::uint64_t{0}); // checkpoints of earlier versions lack it
    for (const Json& snapshot : json.at("snapshots")) {
        p.snapshots.push_back({snapshot.at("file"), snapshot.at("time_h"), snapshot.at("cells"),
                               snapshot.value("vessels", std::vector<std::uint64_t>{})});
    }
    p.last_row = tick_from(json.at("last_row"));
    p.last_snapshot = tick_from(json.at("last_snapshot"));
    p.start = census_from(json.at("start"));
    for (const Json& s : json.at("seedings")) {
        p.seedings.push_back(
            {OrganId{s.at(0).get<std::int32_t>()}, OrganId{s.at(1).get<std::int32_t>()}, s.at(2), s.at(3), s.at(4)});
    }
    for (const Json& totals : json.at("solver")) {
        p.solver.push_back({totals.at(0), totals.at(1)});
    }
    p.wall_seconds = json.at("wall_seconds");
    return p;
}
} // namespace

std::string text_of(const StreamPositions& p)
{
    const Json json{{"series_bytes", p.series_bytes},
                    {"series_rows", p.series_rows},
                    {"event_bytes", p.event_bytes},
                    {"track_bytes", p.track_bytes},
                    {"snapshots", json_of(p.snapshots)},
                    {"last_row", json_of(p.last_row)},
                    {"last_snapshot", json_of(p.last_snapshot)},
                    {"start", json_of(p.start)},
                    {"seedings", json_of(p.seedings)},
                    {"solver", json_of(p.solver)},
                    {"wall_seconds", p.wall_seconds}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

StreamPositions positions_from(std::string_view text)
{
    try {
        return from_json(Json::parse(text));
    } catch (const nlohmann::json::exception& error) {
        throw FileError(fmt::format("the positions of outputs in a checkpoint cannot be read: {}", error.what()));
    }
}

} // namespace paget::output
