#include "lymph_problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace paget::circulation
{
namespace
{
using Problems = std::vector<GraphProblem>;

bool is_fed_by_lymph(const Bed& bed) { return bed.inflow == Inflow::lymph; }

bool takes_lymph_of(const Bed& bed, OrganId organ)
{
    return organ != OrganId::none && std::find(bed.lymph_of.begin(), bed.lymph_of.end(), organ) != bed.lymph_of.end();
}

/// The bed that a bed drains to, if it is one and exists.
std::optional<int> drain_of(const std::vector<Bed>& beds, const Bed& bed)
{
    const bool exists = bed.drains_to.kind == Vessel::Kind::bed && bed.drains_to.bed >= 0 &&
                        static_cast<std::size_t>(bed.drains_to.bed) < beds.size();
    return exists ? std::optional(bed.drains_to.bed) : std::nullopt;
}

void check_lymph_drain(const std::vector<Bed>& beds, int index, Problems& problems)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    const auto drain = drain_of(beds, bed);
    const Bed* next = drain ? &beds[static_cast<std::size_t>(*drain)] : nullptr;
    if (is_fed_by_lymph(bed) && (bed.drains_to.kind == Vessel::Kind::arteries || (next && !is_fed_by_lymph(*next)))) {
        problems.push_back({index, "drains_to",
                            fmt::format("bed {} is fed by lymph but drains to {} (lymph reaches the blood in the great "
                                        "veins). Set drains_to = veins, or name another bed that is fed by lymph.",
                                        bed.name, next ? next->name : "arteries")});
    }
    if (!is_fed_by_lymph(bed) && next && is_fed_by_lymph(*next)) {
        problems.push_back({index, "drains_to",
                            fmt::format("bed {} carries blood but drains to {}, which is fed by lymph (blood does not "
                                        "flow into lymph vessels). Set drains_to = veins, and let lymph_of of bed {} "
                                        "name the organs whose lymph it receives.",
                                        bed.name, next->name, next->name)});
    }
}

void check_lymph_inflow(const std::vector<Bed>& beds, int index, Problems& problems)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    if (!is_fed_by_lymph(bed)) {
        if (!bed.lymph_of.empty()) {
            problems.push_back({index, "lymph_of",
                                fmt::format("bed {} names organs whose lymph it receives but is fed by blood (no lymph "
                                            "would enter it). Set fed_by = lymph, or remove lymph_of.",
                                            bed.name)});
        }
        return;
    }
    const bool has_node_before =
        std::any_of(beds.begin(), beds.end(), [&](const Bed& other) { return drain_of(beds, other) == index; });
    if (bed.lymph_of.empty() && !has_node_before) {
        problems.push_back({index, "lymph_of",
                            fmt::format("bed {} is fed by lymph but receives none (no cell would ever reach it). Name "
                                        "the organs in lymph_of, or let another bed of lymph drain to it.",
                                        bed.name)});
    }
    if (bed.flow_share > 0.0) {
        problems.push_back({index, "flow_share",
                            fmt::format("bed {} is fed by lymph but has a share of the arterial flow (cells reach a "
                                        "lymph node by lymph only). Remove flow_share, or set fed_by = arteries.",
                                        bed.name)});
    }
}

/// An organ's lymph goes one way.
void check_one_receiver(const std::vector<Bed>& beds, int index, Problems& problems)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    for (std::size_t i = 0; i < bed.lymph_of.size(); ++i) {
        const OrganId organ = bed.lymph_of[i];
        const auto end = beds.begin() + index;
        const auto first = std::find_if(beds.begin(), end, [&](const Bed& b) { return takes_lymph_of(b, organ); });
        const auto source = std::find_if(beds.begin(), beds.end(), [&](const Bed& b) { return b.organ == organ; });
        if (first != end && organ != OrganId::none && source != beds.end()) {
            problems.push_back({index, "lymph_of",
                                fmt::format("beds {} and {} both receive the lymph of {} (a cell would not know which "
                                            "way to take). Name it in one of them; let the first node drain to the "
                                            "next one.",
                                            first->name, bed.name, source->name)});
        }
    }
}

void check_lymph_share(const std::vector<Bed>& beds, int index, Problems& problems)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    if (!(bed.lymph_share >= 0.0 && bed.lymph_share <= 1.0)) {
        problems.push_back({index, "lymph_share",
                            fmt::format("lymph_share of {} is {} (it is a probability). Give a number from 0 to 1.",
                                        bed.name, bed.lymph_share)});
        return;
    }
    const bool has_way =
        std::any_of(beds.begin(), beds.end(), [&](const Bed& other) { return takes_lymph_of(other, bed.organ); });
    if (bed.lymph_share > 0.0 && !has_way) {
        problems.push_back({index, "lymph_share",
                            fmt::format("{0} sheds cells into lymph, but no bed receives its lymph (they would have "
                                        "nowhere to go). Add a section [bed.NAME] with fed_by = lymph and lymph_of = "
                                        "{0}, or set lymph_share = 0.",
                                        bed.name)});
    }
}

/// Where lymph goes from a bed: to what it drains to, and from its tissue to what receives its organ's lymph.
std::vector<int> next_nodes(const std::vector<Bed>& beds, int index)
{
    const Bed& bed = beds[static_cast<std::size_t>(index)];
    std::vector<int> next;
    for (int i = 0; i < static_cast<int>(beds.size()); ++i) {
        if (drain_of(beds, bed) == i || takes_lymph_of(beds[static_cast<std::size_t>(i)], bed.organ)) {
            next.push_back(i);
        }
    }
    return next;
}

/// Extends a way through beds of lymph until it comes back to its first bed; leaves it as it was if none does.
bool comes_back(const std::vector<Bed>& beds, std::vector<int>& way, std::vector<bool>& seen)
{
    for (const int next : next_nodes(beds, way.back())) {
        if (next == way.front()) {
            return true;
        }
        if (seen[static_cast<std::size_t>(next)] || !is_fed_by_lymph(beds[static_cast<std::size_t>(next)])) {
            continue;
        }
        seen[static_cast<std::size_t>(next)] = true;
        way.push_back(next);
        if (comes_back(beds, way, seen)) {
            return true;
        }
        way.pop_back();
    }
    return false;
}

bool is_loop_of_drains(const std::vector<Bed>& beds, const std::vector<int>& way)
{
    for (std::size_t i = 0; i < way.size(); ++i) {
        if (drain_of(beds, beds[static_cast<std::size_t>(way[i])]) != way[(i + 1) % way.size()]) {
            return false;
        }
    }
    return true;
}

/// Loops that lymph_of closes; each is told once, from its first bed. Those of drains alone are told as such.
void check_lymph_loop(const std::vector<Bed>& beds, int index, Problems& problems)
{
    std::vector<int> way{index};
    std::vector<bool> seen(beds.size(), false);
    if (!is_fed_by_lymph(beds[static_cast<std::size_t>(index)]) || !comes_back(beds, way, seen) ||
        *std::min_element(way.begin(), way.end()) != index || is_loop_of_drains(beds, way)) {
        return;
    }
    std::string names;
    for (const int bed : way) {
        names += beds[static_cast<std::size_t>(bed)].name + " -> ";
    }
    problems.push_back({index, "lymph_of",
                        fmt::format("lymph runs in a loop: {}{} (it would never reach the veins). Remove one of these "
                                    "beds from lymph_of of the next.",
                                    names, beds[static_cast<std::size_t>(index)].name)});
}
} // namespace

std::vector<GraphProblem> find_lymph_problems(const std::vector<Bed>& beds)
{
    Problems problems;
    for (int i = 0; i < static_cast<int>(beds.size()); ++i) {
        check_lymph_drain(beds, i, problems);
        check_lymph_inflow(beds, i, problems);
        check_one_receiver(beds, i, problems);
        check_lymph_share(beds, i, problems);
        check_lymph_loop(beds, i, problems);
    }
    return problems;
}

} // namespace paget::circulation
