#include "performance.hpp"

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

double per(double amount, double by) { return by > 0.0 ? amount / by : 0.0; }
double real(std::int64_t number) { return static_cast<double>(number); }

/// This rank's uses, in the same order on all ranks; `parts` gets their names.
std::vector<parallel::Use> uses_of(const body::Body& body, const parallel::Meter& outputs,
                                   const parallel::Meter& checkpoints, std::vector<PartUse>& parts)
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

/// Time in the body's steps that this rank did not spend in MPI.
std::int64_t busy_ns(const body::BodyMeters& meters)
{
    parallel::Use use;
    for (const body::OrganMeters& organ : meters.organs) {
        for (const auto* meter : {&organ.fields, &organ.cells, &organ.shedding, &organ.arrivals}) {
            use += meter->use();
        }
    }
    use += meters.blood.use();
    use += meters.accounts.use();
    return use.nanoseconds - use.messages.nanoseconds;
}

std::int64_t peak_memory_kib()
{
    rusage usage{};
    return ::getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
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
                                const parallel::Meter& checkpoints, Work work)
{
    Performance p;
    const parallel::Communicator& world = body.world();
    p.ranks = world.size();
    const auto mine = uses_of(body, outputs, checkpoints, p.parts);
    add_up(mine, world, p.parts);
    find_most(mine, world, p.parts);
    const std::int64_t busy = busy_ns(body.meters());
    const std::int64_t peak = peak_memory_kib();
    p.busy_sum_ns = world.sum(busy);
    p.busy_max_ns = world.maximum(busy);
    p.peak_sum_kib = world.sum(peak);
    p.peak_max_kib = world.maximum(peak);
    for (std::size_t i = 0; i < work.solver.size(); ++i) {
        p.voxel_solves += work.solver[i].solves * body.description().organs[i].grid.voxel_count();
    }
    p.work = std::move(work);
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
    return {{"wall_s", p.work.wall_seconds},
            {"steps", p.work.steps},
            {"parts", std::move(parts)},
            {"computing_mean_s", ns * real(p.busy_sum_ns) / p.ranks},
            {"computing_max_s", busiest_s},
            {"load_imbalance", p.imbalance()},
            {"mpi_share", p.mpi_share()},
            {"messages_per_rank_and_step", per(real(all.messages), rank_steps)},
            {"message_bytes_per_rank_and_step", per(real(all.message_bytes), rank_steps)},
            {"collectives_per_rank_and_step", per(real(all.collectives), rank_steps)},
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
    return text + fmt::format("\n        {:.3g} cell steps and {:.3g} voxel solves per second; at most {:.0f} MiB per "
                              "rank\n",
                              per(real(p.work.cell_steps), p.work.wall_seconds),
                              per(real(p.voxel_solves), p.work.wall_seconds), real(p.peak_max_kib) / 1024.0);
}

} // namespace paget::output
