#include "paget/app/run_history.hpp"

#include "paget/core/error.hpp"
#include "paget/output/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <numeric>

#include <unistd.h>

namespace paget::app
{
namespace
{
using Json = nlohmann::ordered_json;
using HostName = std::array<char, 256>;

std::string from_environment(const char* name)
{
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// Names of the machines that the ranks run on, each once.
std::vector<std::string> hosts_of(const parallel::Communicator& world)
{
    HostName mine{};
    ::gethostname(mine.data(), mine.size() - 1);
    std::vector<std::string> hosts;
    for (const HostName& name : world.all_gather(std::span<const HostName>(&mine, 1))) {
        hosts.emplace_back(name.data());
    }
    std::sort(hosts.begin(), hosts.end());
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
}

std::string library_text()
{
    std::string text;
    for (const auto& [name, version] : output::library_versions()) {
        text += (text.empty() ? "" : "; ") + name + " " + version;
    }
    return text;
}

Json json_of(const RunRecord& r)
{
    return {{"began", r.began},
            {"version", r.version},
            {"revision", r.revision},
            {"libraries", r.libraries},
            {"command", r.command},
            {"folder", r.folder},
            {"ranks", r.ranks},
            {"hosts", r.hosts},
            {"slurm_job", r.slurm_job},
            {"slurm_restarts", r.slurm_restarts},
            {"from_tick", r.from},
            {"to_tick", r.to},
            {"wall_seconds", r.wall_seconds}};
}

RunRecord record_from(const Json& json)
{
    return {json.at("began"),       json.at("version"),        json.at("revision"),  json.at("libraries"),
            json.at("command"),     json.at("folder"),         json.at("ranks"),     json.at("hosts"),
            json.at("slurm_job"),   json.at("slurm_restarts"), json.at("from_tick"), json.at("to_tick"),
            json.at("wall_seconds")};
}
} // namespace

double RunHistory::core_hours() const
{
    return std::accumulate(runs.begin(), runs.end(), 0.0,
                           [](double sum, const RunRecord& run) { return sum + run.core_hours(); });
}

RunRecord this_run(const parallel::Communicator& world, const std::string& command, const std::string& folder,
                   Tick from)
{
    RunRecord run;
    std::string began = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    world.broadcast(began);
    run.began = began;
    run.version = output::program_versions().at("version");
    run.revision = output::program_versions().at("revision");
    run.libraries = library_text();
    run.command = command;
    run.folder = folder;
    run.ranks = world.size();
    run.hosts = hosts_of(world);
    run.slurm_job = from_environment("SLURM_JOB_ID");
    run.slurm_restarts = from_environment("SLURM_RESTART_COUNT");
    run.from = from;
    run.to = from;
    return run;
}

std::string text_of(const RunHistory& history)
{
    Json runs = Json::array();
    for (const RunRecord& run : history.runs) {
        runs.push_back(json_of(run));
    }
    const Json json{{"core_hours", history.core_hours()}, {"runs", std::move(runs)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

RunHistory history_from(std::string_view text)
{
    try {
        RunHistory history;
        const Json json = Json::parse(text);
        for (const Json& run : json.at("runs")) {
            history.runs.push_back(record_from(run));
        }
        return history;
    } catch (const nlohmann::json::exception& error) {
        throw FileError(fmt::format("the history of runs in a checkpoint cannot be read: {}", error.what()));
    }
}

} // namespace paget::app
