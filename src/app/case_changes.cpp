#include "paget/app/case_changes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string_view>

namespace paget::app
{
namespace
{
/// Keys that a saved state depends on. `*` stands for one part of a key, `**` for any number of them.
struct Fixed {
    std::string_view pattern;
    const char* why;
};

constexpr std::array fixed_keys{
    Fixed{"run.seed", "the random numbers so far were of that seed"},
    Fixed{"organ.*.size.*", "the saved fields have the voxels of that size"},
    Fixed{"organ.*.voxel", "the saved fields have these voxels"},
    Fixed{"organ.*.voxel.*", "the saved fields have these voxels"},
    Fixed{"organ.*.vessels.source", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.file", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.spacing", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.radius", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.jitter", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.inflow_pressure", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.inflow_haematocrit", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.outflow_pressure", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.vessels.directions", "the saved cells and fields belong to these vessels"},
    Fixed{"organ.*.angiogenesis.field", "the saved vessels have grown with it, or without"},
    Fixed{"output.shape", "the time series so far has columns that belong to it"},
    Fixed{"output.sample_volume", "the time series so far has columns that are named after it"},
    Fixed{"output.types", "the time series so far has columns that belong to it"},
    Fixed{"output.phases", "the time series so far has columns that belong to it"},
    Fixed{"probe.**", "the time series so far has columns that belong to it"},
    Fixed{"organ.*.niche.prepared_by", "the saved niches were prepared by it"},
    Fixed{"organ.*.founders.*", "it concerns the start only"},
    Fixed{"organ.*.residents.*", "it concerns the start only"},
    Fixed{"organ.*.scene.*", "earlier snapshots show the organ there"},
    Fixed{"organ.*.*.initial", "it concerns the start only"},
    Fixed{"organ.*.*.start", "it concerns the start only"},
    Fixed{"field.*.unit", "the saved field is in that unit"},
    Fixed{"field.*.initial", "it concerns the start only"},
    Fixed{"field.*.start", "it concerns the start only"},
    Fixed{"matrix.initial", "it concerns the start only"},
    Fixed{"cell.*.cycle.model", "the saved cells are in phases of that cycle"},
    Fixed{"cell.*.transition.model", "the saved cells carry the variables of that circuit"},
    Fixed{"cell.*.trait.*", "it concerns the start only"},
    Fixed{"cell.*.volume.total", "the saved cells have sizes that belong to it"},
    Fixed{"cell.*.volume.rupture", "the saved cells have sizes that belong to it"},
};

/// Kinds of names of which a saved state has just those that it was written with.
constexpr std::array<std::string_view, 5> named_kinds{"organ", "field", "cell", "bed", "drug"};

std::string_view first_part(std::string_view key) { return key.substr(0, key.find('.')); }

std::string_view after_first(std::string_view key)
{
    const std::size_t dot = key.find('.');
    return dot == std::string_view::npos ? std::string_view() : key.substr(dot + 1);
}

bool fits(std::string_view pattern, std::string_view key)
{
    if (pattern == "**") {
        return !key.empty();
    }
    if (pattern.empty() || key.empty()) {
        return pattern.empty() && key.empty();
    }
    const std::string_view part = first_part(pattern);
    return (part == "*" || part == first_part(key)) && fits(after_first(pattern), after_first(key));
}

/// `organ.lung` of `organ.lung.soil`; empty for keys that belong to no name.
std::string name_of(const std::string& key)
{
    const std::string_view kind = first_part(key);
    if (std::find(named_kinds.begin(), named_kinds.end(), kind) == named_kinds.end()) {
        return "";
    }
    return fmt::format("{}.{}", kind, first_part(after_first(key)));
}

/// The values of a resolved case by their keys.
std::map<std::string, std::string> values_of(const std::string& resolved)
{
    std::map<std::string, std::string> values;
    std::istringstream lines(resolved);
    std::string section;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        const std::size_t equals = line.find(" =");
        if (line[0] == '[') {
            section = line.substr(1, line.find(']') - 1);
        } else if (equals != std::string::npos) {
            const std::string name = line.substr(0, equals);
            values[section.empty() ? name : section + "." + name] = line.substr(equals + 2);
        }
    }
    return values;
}

std::set<std::string> names_in(const std::string& resolved)
{
    std::set<std::string> names;
    for (const auto& [key, value] : values_of(resolved)) {
        names.insert(name_of(key));
    }
    return names;
}
/// Keys that can make cells come and go, or kill others.
constexpr std::array<std::string_view, 5> keys_of_turnover{
    "cell.*.attack.**", "cell.*.phagocytosis.rate", "cell.*.emigration.rate", "cell.*.recruitment.rate", "rules.*"};
} // namespace

std::vector<std::string> changed_keys(const std::string& before, const std::string& after)
{
    const auto old_values = values_of(before);
    const auto new_values = values_of(after);
    std::set<std::string> changed;
    for (const auto& [key, value] : old_values) {
        const auto now = new_values.find(key);
        if (now == new_values.end() || now->second != value) {
            changed.insert(key);
        }
    }
    for (const auto& [key, value] : new_values) {
        if (old_values.count(key) == 0) {
            changed.insert(key);
        }
    }
    return {changed.begin(), changed.end()};
}

std::string refusal_of(const std::vector<std::string>& changed, const std::string& before)
{
    const std::set<std::string> known = names_in(before);
    std::set<std::string> told;
    std::string refusal;
    const auto tell = [&](const std::string& what, const std::string& why) {
        if (told.insert(what).second) {
            refusal += fmt::format("{}{} cannot change when a run goes on ({}). Leave it out, or start a new run.",
                                   refusal.empty() ? "" : "\n", what, why);
        }
    };
    for (const std::string& key : changed) {
        const std::string name = name_of(key);
        if (!name.empty() && known.count(name) == 0) {
            tell(name, "the saved state knows no such name");
            continue;
        }
        const auto* rule = std::find_if(fixed_keys.begin(), fixed_keys.end(),
                                        [&](const Fixed& fixed) { return fits(fixed.pattern, key); });
        if (rule != fixed_keys.end()) {
            tell(key, rule->why);
        }
    }
    return refusal;
}

std::string refusal_of_turnover(const std::vector<std::string>& changed, bool open_before, bool open_now)
{
    if (open_before == open_now) {
        return {};
    }
    std::vector<std::string> reasons;
    std::copy_if(changed.begin(), changed.end(), std::back_inserter(reasons), [](const std::string& key) {
        return std::any_of(keys_of_turnover.begin(), keys_of_turnover.end(),
                           [&](std::string_view pattern) { return fits(pattern, key); });
    });
    const char* const remedy = open_before ? "Give a tiny rate (as 1e-30 1/min) instead of none"
                                           : "Leave it out, or start a new run, with a tiny rate (as 1e-30 1/min) that "
                                             "can be raised later";
    return fmt::format("{} cannot switch attack, recruitment and emigration of cells wholly {} when a run goes on (the "
                       "time series so far has {}columns for them). {}.",
                       fmt::join(reasons, ", "), open_now ? "on" : "off", open_now ? "no " : "", remedy);
}

} // namespace paget::app
