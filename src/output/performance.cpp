#include "performance.hpp"

#include "memory_bandwidth.hpp"

#include "paget/fields/diffusing_field.hpp"
#include "paget/parallel/least_seconds.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

#include <sys/resource.h>

namespace paget::output
{
namespace
{
using Json = nlohmann::ordered_json;

constexpr double ns = 1e-9;
constexpr std::size_t shown_parts = 4;
/// Shorter runs are not kept waiting for a measurement of the machine.
constexpr double long_run_s = 60.0;

double per(double amount, double by) { return by > 0.0 ? amount / by : 0.0; }
double real(std::int64_t number) { return static_cast<double>(number); }

/// This rank's uses, in the same order on all ranks; `parts` gets their names.
std::vector<parallel::Use> uses_of(const body::Body& body, const parallel::Meter& outputs,
                                   const parallel::Meter& checkpoints, const parallel::Meter& balance,
                                   std::vector<PartUse>& parts)
{
    std::vector<parallel::Use> uses;
    const auto add = [&](const std::string& owner, const char* name, const parallel::Meter& meter) {
        uses.push_back(meter.use());
        parts.push_back({owner, name, 0, 0, 0, 0, {}, 0, 0});
    };
    const body::BodyMeters& meters = body.meters();
    for (std::size_t i = 0; i < meters.organs.size(); ++i) {
        const std::string& owner = body.description().organs[i].name;
        add(owner, "fields", meters.organs[i].fields);
        add(owner, "cells", meters.organs[i].cells);
        add(owner, "shedding", meters.organs[i].shedding);
        add(owner, "arrivals", meters.organs[i].arrivals);
    }
    add("", "blood", meters.blood);
    add("", "accounts", meters.accounts);
    add("", "outputs", outputs);
    add("", "checkpoints", checkpoints);
    add("", "balance", balance);
    return uses;
}

void add_up(const std::vector<parallel::Use>& mine, const parallel::Communicator& world, std::vector<PartUse>& parts)
{
    std::vector<std::int64_t> sums;
    std::vector<std::int64_t> largest;
    for (const parallel::Use& use : mine) {
        const parallel::MessageCounts& m = use.messages;
        sums.insert(sums.end(), {use.nanoseconds > 0 ? 1 : 0, use.nanoseconds, m.nanoseconds, m.messages,
                                 m.message_bytes, m.collectives, m.collective_bytes});
        largest.push_back(use.nanoseconds);
    }
    world.sum(sums);
    world.maximum(largest);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::int64_t* const sum = sums.data() + 7 * i;
        parts[i].ranks = sum[0];
        parts[i].sum_ns = sum[1];
        parts[i].max_ns = largest[i];
        parts[i].mpi_ns = sum[2];
        parts[i].messages = {sum[3], sum[4], sum[5], sum[6], sum[2]};
    }
}

/// What the rank that sends most of each kind sends.
void find_most(const std::vector<parallel::Use>& mine, const parallel::Communicator& world, std::vector<PartUse>& parts)
{
    std::vector<std::int64_t> most;
    for (const parallel::Use& use : mine) {
        most.insert(most.end(), {use.messages.messages, use.messages.message_bytes});
    }
    world.maximum(most);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i].most_messages = most[2 * i];
        parts[i].most_message_bytes = most[2 * i + 1];
    }
}

std::int64_t peak_memory_kib()
{
    rusage usage{};
    return ::getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

/// What a measurement by a meter costs, measured now. Local.
double seconds_to_measure()
{
    parallel::Meter meter;
    return parallel::least_seconds([&] { const auto measured = meter.measure(); });
}

/// What counting calls and measuring parts took on this rank. Local.
double metering_seconds(const std::vector<parallel::Use>& uses)
{
    std::int64_t measurements = 0;
    for (const parallel::Use& use : uses) {
        measurements += use.measurements;
    }
    return real(parallel::message_counts().calls) * parallel::seconds_to_count_a_call() +
           real(measurements) * seconds_to_measure();
}

/// What cycles of the default solver need to move, over the ranks' computing on fields. Collective.
std::optional<FieldTraffic> field_traffic(const Performance& p, const body::Body& body)
{
    std::int64_t computing_ns = 0;
    for (const PartUse& part : p.parts) {
        computing_ns += part.name == "fields" ? part.computing_ns() : 0;
    }
    double bytes = 0.0;
    for (std::size_t i = 0; i < p.work.solver.size(); ++i) {
        bytes += fields::bytes_per_voxel_and_cycle * real(p.work.solver[i].iterations) *
                 real(body.description().organs[i].grid.voxel_count());
    }
    if (!body.world().any(p.work.wall_seconds >= long_run_s) || computing_ns == 0) {
        return std::nullopt;
    }
    return FieldTraffic{bytes / (ns * real(computing_ns)), triad_bytes_per_s(body.world())};
}

Json part_json(const PartUse& part)
{
    const auto& m = part.messages;
    return {{"ranks", part.ranks},
            {"mean_s", ns * per(real(part.sum_ns), real(part.ranks))},
            {"max_s", ns * real(part.max_ns)},
            {"mpi_s", ns * per(real(part.mpi_ns), real(part.ranks))},
            {"messages", m.messages},
            {"message_bytes", m.message_bytes},
            {"collectives", m.collectives},
            {"collective_bytes", m.collective_bytes},
            {"messages_of_busiest_rank", part.most_messages},
            {"message_bytes_of_busiest_rank", part.most_message_bytes}};
}

parallel::MessageCounts all_messages(const Performance& p)
{
    parallel::MessageCounts all;
    for (const PartUse& part : p.parts) {
        all += part.messages;
    }
    return all;
}

/// The parts that compute longest.
std::string largest_parts(const Performance& p)
{
    std::vector<PartUse> parts = p.parts;
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.computing_ns() > b.computing_ns(); });
    std::string text;
    const double all = p.work.wall_seconds * p.ranks;
    for (std::size_t i = 0; i < std::min(parts.size(), shown_parts); ++i) {
        text += fmt::format("{}{}{}{} {:.0f} %", text.empty() ? "" : ", ", parts[i].owner,
                            parts[i].owner.empty() ? "" : " ", parts[i].name,
                            100.0 * per(ns * real(parts[i].computing_ns()), all));
    }
    return text;
}
} // namespace

double Performance::imbalance() const { return per(real(busy_max_ns) * ranks, real(busy_sum_ns)); }

double Performance::mpi_share() const
{
    std::int64_t mpi_ns = 0;
    for (const PartUse& part : parts) {
        mpi_ns += part.mpi_ns;
    }
    return per(ns * real(mpi_ns), work.wall_seconds * ranks);
}

Performance measure_performance(const body::Body& body, const parallel::Meter& outputs,
                                const parallel::Meter& checkpoints, const parallel::Meter& balance, Work work)
{
    Performance p;
    const parallel::Communicator& world = body.world();
    p.ranks = world.size();
    const auto mine = uses_of(body, outputs, checkpoints, balance, p.parts);
    add_up(mine, world, p.parts);
    find_most(mine, world, p.parts);
    const std::int64_t busy = body.meters().computing_nanoseconds();
    const std::int64_t peak = peak_memory_kib();
    p.busy_sum_ns = world.sum(busy);
    p.busy_max_ns = world.maximum(busy);
    p.peak_sum_kib = world.sum(peak);
    p.peak_max_kib = world.maximum(peak);
    for (std::size_t i = 0; i < work.solver.size(); ++i) {
        p.voxel_solves += work.solver[i].solves * body.description().organs[i].grid.voxel_count();
    }
    p.work = std::move(work);
    p.fields = field_traffic(p, body);
    p.own_seconds = 1e-9 * real(world.sum(static_cast<std::int64_t>(1e9 * metering_seconds(mine)))) / p.ranks;
    return p;
}

Json performance_json(const Performance& p)
{
    Json parts = Json::object();
    for (const PartUse& part : p.parts) {
        (part.owner.empty() ? parts[part.name] : parts["organs"][part.owner][part.name]) = part_json(part);
    }
    const double busiest_s = ns * real(p.busy_max_ns);
    const parallel::MessageCounts all = all_messages(p);
    const double rank_steps = real(p.work.steps) * p.ranks;
    return {
        {"wall_s", p.work.wall_seconds},
        {"steps", p.work.steps},
        {"parts", std::move(parts)},
        {"computing_mean_s", ns * real(p.busy_sum_ns) / p.ranks},
        {"computing_max_s", busiest_s},
        {"load_imbalance", p.imbalance()},
        {"mpi_share", p.mpi_share()},
        {"messages_per_rank_and_step", per(real(all.messages), rank_steps)},
        {"message_bytes_per_rank_and_step", per(real(all.message_bytes), rank_steps)},
        {"collectives_per_rank_and_step", per(real(all.collectives), rank_steps)},
        {"field_bytes_per_s_and_rank", p.fields ? Json(p.fields->bytes_per_s) : Json()},
        {"triad_bytes_per_s_and_rank", p.fields ? Json(p.fields->triad_bytes_per_s) : Json()},
        {"field_bandwidth_share", p.fields ? Json(per(p.fields->bytes_per_s, p.fields->triad_bytes_per_s)) : Json()},
        {"measuring_share", per(p.own_seconds, p.work.wall_seconds)},
        {"peak_memory_mean_mib", real(p.peak_sum_kib) / 1024.0 / p.ranks},
        {"peak_memory_max_mib", real(p.peak_max_kib) / 1024.0},
        {"cell_steps", p.work.cell_steps},
        {"cell_steps_per_s", per(real(p.work.cell_steps), p.work.wall_seconds)},
        {"cell_steps_per_s_and_rank", per(real(p.work.cell_steps), p.work.wall_seconds * p.ranks)},
        {"voxel_solves", p.voxel_solves},
        {"voxel_solves_per_s", per(real(p.voxel_solves), p.work.wall_seconds)},
        {"voxel_solves_per_s_and_rank", per(real(p.voxel_solves), p.work.wall_seconds * p.ranks)}};
}

std::string performance_lines(const Performance& p)
{
    const parallel::MessageCounts all = all_messages(p);
    std::string text =
        fmt::format("  time: {}, MPI and waiting in it {:.0f} %", largest_parts(p), 100.0 * p.mpi_share());
    if (p.ranks > 1) {
        const double rank_steps = real(p.work.steps) * p.ranks;
        text += fmt::format(", the busiest rank computes {:.2f} times the mean\n"
                            "        {:.0f} messages of {:.1f} kB and {:.0f} collectives per rank and step",
                            p.imbalance(), per(real(all.messages), rank_steps),
                            1e-3 * per(real(all.message_bytes), real(all.messages)),
                            per(real(all.collectives), rank_steps));
    }
    text += fmt::format("\n        {:.3g} cell steps and {:.3g} voxel solves per second; at most {:.0f} MiB per rank\n",
                        per(real(p.work.cell_steps), p.work.wall_seconds),
                        per(real(p.voxel_solves), p.work.wall_seconds), real(p.peak_max_kib) / 1024.0);
    if (p.fields) {
        text +=
            fmt::format("        fields need {:.1f} GB/s of memory per rank, {:.0f} % of what the machine gives each\n",
                        1e-9 * p.fields->bytes_per_s, 100.0 * per(p.fields->bytes_per_s, p.fields->triad_bytes_per_s));
    }
    return text;
}

} // namespace paget::output
