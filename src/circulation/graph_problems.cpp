#include "graph_problems.hpp"

#include "lymph_problems.hpp"

#include "paget/core/clock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace paget::circulation
{
namespace
{
using Problems = std::vector<GraphProblem>;

bool is_probability(double x) { return x >= 0.0 && x <= 1.0; }
bool is_rate(double x) { return x >= 0.0 && std::isfinite(x); }
/// A passage shorter than the clock's tick would make the number of passages per step boundless.
bool is_transit(double minutes) { return minutes >= minutes_from_ticks(1) && std::isfinite(minutes); }

constexpr const char* transit_remedy =
    "a passage must take time, else blood runs round without end). Give at least 60 ms";

void check_numbers(const Bed& bed, int index, Problems& problems)
{
    const auto note = [&](bool good, const char* key, double value, const char* why_and_what) {
        if (!good) {
            problems.push_back({index, key, fmt::format("bed {}: {} is {} ({}.", bed.name, key, value, why_and_what)});
        }
    };
    constexpr const char* probability = "it is a probability). Give a number from 0 to 1";
    constexpr const char* positive = "it multiplies a rate). Give a finite number that is not negative";
    note(is_rate(bed.flow_share), "flow_share", bed.flow_share, "it is a share of the arterial flow). Give 0 or more");
    note(is_probability(bed.capture_single), "capture.single", bed.capture_single, probability);
    note(is_probability(bed.capture_cluster), "capture.cluster", bed.capture_cluster, probability);
    note(is_rate(bed.extravasation_factor), "extravasation_factor", bed.extravasation_factor, positive);
    note(is_rate(bed.il6_gain), "il6_gain", bed.il6_gain, positive);
    note(is_rate(bed.il8_gain), "il8_gain", bed.il8_gain, positive);
    note(is_transit(bed.transit_min), "transit", bed.transit_min, transit_remedy);
}

void check_names(const std::vector<Bed>& beds, Problems& problems)
{
    for (std::size_t i = 0; i < beds.size(); ++i) {
        const int index = static_cast<int>(i);
        if (beds[i].name.empty()) {
            problems.push_back({index, "",
                                fmt::format("bed number {} has no name (drains and organs refer to beds by "
                                            "name). Give it one.",
                                            i)});
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (beds[j].name == beds[i].name) {
                problems.push_back({index, "",
                                    fmt::format("bed {} is described twice (blood would not know which is "
                                                "meant). Remove or rename one.",
                                                beds[i].name)});
            } else if (beds[i].organ != OrganId::none && beds[j].organ == beds[i].organ) {
                problems.push_back({index, "",
                                    fmt::format("beds {} and {} belong to the same organ (its cells would "
                                                "not know which way to leave). Keep one bed per organ.",
                                                beds[j].name, beds[i].name)});
            }
        }
    }
}

bool drain_exists(const Bed& bed, std::size_t beds)
{
    return bed.drains_to.kind != Vessel::Kind::bed ||
           (bed.drains_to.bed >= 0 && static_cast<std::size_t>(bed.drains_to.bed) < beds);
}

/// Beds that blood passes from bed `start` on until it reaches a pool, or comes back to where it has been.
std::vector<int> downstream(const std::vector<Bed>& beds, int start)
{
    std::vector<int> path{start};
    for (;;) {
        const Vessel& next = beds[static_cast<std::size_t>(path.back())].drains_to;
        if (next.kind != Vessel::Kind::bed || std::find(path.begin(), path.end(), next.bed) != path.end()) {
            return path;
        }
        path.push_back(next.bed);
    }
}

void check_loops(const std::vector<Bed>& beds, Problems& problems)
{
    for (int i = 0; i < static_cast<int>(beds.size()); ++i) {
        const std::vector<int> path = downstream(beds, i);
        const bool loop = beds[static_cast<std::size_t>(path.back())].drains_to == Vessel{Vessel::Kind::bed, i};
        if (!loop || *std::min_element(path.begin(), path.end()) != i) {
            continue; // each loop is told once, from its first bed
        }
        std::string names;
        for (const int bed : path) {
            names += beds[static_cast<std::size_t>(bed)].name + " -> ";
        }
        names += beds[static_cast<std::size_t>(i)].name;
        problems.push_back({i, "drains_to",
                            fmt::format("drains form a loop: {} (blood would never reach the heart). Let "
                                        "one of these beds drain to veins.",
                                        names)});
    }
}

/// Drains that exist and end; only then the way of the blood can be followed.
bool check_drains(const std::vector<Bed>& beds, Problems& problems)
{
    const std::size_t before = problems.size();
    for (std::size_t i = 0; i < beds.size(); ++i) {
        if (!drain_exists(beds[i], beds.size())) {
            problems.push_back({static_cast<int>(i), "drains_to",
                                fmt::format("bed {} drains to bed number {}, which does not exist (its blood has "
                                            "nowhere to go). Name veins, arteries or a bed.",
                                            beds[i].name, beds[i].drains_to.bed)});
        }
    }
    if (problems.size() == before) {
        check_loops(beds, problems);
    }
    return problems.size() == before;
}

void check_venous_feed(const std::vector<Bed>& beds, bool drains_are_good, Problems& problems)
{
    std::vector<int> fed;
    for (int i = 0; i < static_cast<int>(beds.size()); ++i) {
        if (beds[static_cast<std::size_t>(i)].inflow == Inflow::veins) {
            fed.push_back(i);
        }
    }
    if (fed.empty()) {
        problems.push_back({beds.empty() ? -1 : 0, "fed_by",
                            "no bed receives the venous blood (the heart needs a lung). Set fed_by = veins for the bed "
                            "of the lung."});
    }
    for (std::size_t i = 1; i < fed.size(); ++i) {
        problems.push_back(
            {fed[i], "fed_by",
             fmt::format("beds {} and {} are both fed by the veins (venous blood goes one way only). "
                         "Set fed_by = arteries for one of them.",
                         beds[static_cast<std::size_t>(fed[0])].name, beds[static_cast<std::size_t>(fed[i])].name)});
    }
    if (fed.size() != 1 || !drains_are_good) {
        return;
    }
    const Bed& last = beds[static_cast<std::size_t>(downstream(beds, fed[0]).back())];
    if (last.drains_to.kind != Vessel::Kind::arteries) {
        problems.push_back(
            {fed[0], "drains_to",
             fmt::format("bed {} receives the venous blood but gives none to the arteries (all other beds "
                         "would be without blood). Set drains_to = arteries.",
                         beds[static_cast<std::size_t>(fed[0])].name)});
    }
}

void check_shares(const std::vector<Bed>& beds, Problems& problems)
{
    double sum = 0.0;
    for (const Bed& bed : beds) {
        sum += bed.inflow == Inflow::arteries ? bed.flow_share : 0.0;
    }
    if (!(sum > 0.0)) {
        problems.push_back({beds.empty() ? -1 : 0, "flow_share",
                            "flow shares of the beds fed by arteries do not sum to a positive number (arterial blood "
                            "has nowhere to go). Give flow_share to at least one bed that is fed by arteries."});
    }
}
} // namespace

std::vector<GraphProblem> find_problems(const std::vector<Bed>& beds, double veins_min, double arteries_min)
{
    Problems problems;
    if (!is_transit(veins_min)) {
        problems.push_back(
            {-1, "veins_transit", fmt::format("transit through the veins is {} min ({}.", veins_min, transit_remedy)});
    }
    if (!is_transit(arteries_min)) {
        problems.push_back({-1, "arteries_transit",
                            fmt::format("transit through the arteries is {} min ({}.", arteries_min, transit_remedy)});
    }
    for (std::size_t i = 0; i < beds.size(); ++i) {
        check_numbers(beds[i], static_cast<int>(i), problems);
    }
    check_names(beds, problems);
    const bool drains_are_good = check_drains(beds, problems);
    check_venous_feed(beds, drains_are_good, problems);
    check_shares(beds, problems);
    const Problems of_lymph = find_lymph_problems(beds);
    problems.insert(problems.end(), of_lymph.begin(), of_lymph.end());
    return problems;
}

} // namespace paget::circulation
