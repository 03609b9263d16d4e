#include "paget/app/loaded_case.hpp"
#include "paget/app/program.hpp"

#include "paget/agents/population.hpp"
#include "paget/mesh/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace paget::app
{
namespace
{
// Measured on the reference machine of docs/architecture.md; `check` only estimates.
constexpr double bytes_per_voxel_and_field = 100.0;
/// With all that it senses while it decides and moves, and its circuit of genes.
double bytes_per_cell(const organ::TissueDescription& tissue)
{
    return static_cast<double>(agents::bytes_per_cell() + agents::Environment::bytes_per_cell(tissue.signals.size()) +
                               agents::circuit_width(tissue.types) * sizeof(double));
}
constexpr double seconds_per_voxel_solve = 1.0e-7;

std::string size_text(const mesh::Grid& grid)
{
    return fmt::format("{}x{}x{}", grid.voxels[0], grid.voxels[1], grid.voxels[2]);
}

/// One number where voxels are cubes.
std::string edges_text(const mesh::Grid& grid)
{
    const auto& h = grid.spacing_um;
    return h[0] == h[1] && h[1] == h[2] ? fmt::format("{}", h[0]) : fmt::format("{}x{}x{}", h[0], h[1], h[2]);
}

/// Like 0-3,7.
std::string list_of(std::vector<int> ranks)
{
    std::sort(ranks.begin(), ranks.end());
    std::string text;
    for (std::size_t first = 0, last = 0; first < ranks.size(); first = last + 1) {
        last = first;
        while (last + 1 < ranks.size() && ranks[last + 1] == ranks[last] + 1) {
            ++last;
        }
        text += text.empty() ? "" : ",";
        text += first == last ? fmt::format("{}", ranks[first]) : fmt::format("{}-{}", ranks[first], ranks[last]);
    }
    return text;
}

std::string ranks_text(const mesh::OrganPlacement& placement)
{
    return fmt::format("{} (cut {}x{}x{})", list_of(placement.ranks), placement.parts[0], placement.parts[1],
                       placement.parts[2]);
}

std::int64_t cells_at_start(const organ::OrganDescription& organ)
{
    return std::accumulate(organ.founders.begin(), organ.founders.end(), std::int64_t{0},
                           [](std::int64_t sum, const auto& group) { return sum + group.count; });
}

double bytes_of(const organ::OrganDescription& organ, const organ::TissueDescription& tissue)
{
    return static_cast<double>(organ.grid.voxel_count()) * bytes_per_voxel_and_field *
               static_cast<double>(organ.fields.size() + 1) +
           bytes_per_cell(tissue) * static_cast<double>(cells_at_start(organ));
}

std::string organ_table(const body::BodyDescription& body, const std::vector<mesh::OrganPlacement>& layout)
{
    std::string text = fmt::format("{:<12} {:>14} {:>9} {:>10} {:>10} {:>8}  {}\n", "organ", "voxels", "voxel, um",
                                   "vessels", "cells", "soil", "ranks");
    for (std::size_t i = 0; i < body.organs.size(); ++i) {
        const auto& organ = body.organs[i];
        text += fmt::format("{:<12} {:>14} {:>9} {:>10} {:>10} {:>8}  {}\n", organ.name, size_text(organ.grid),
                            edges_text(organ.grid), organ.vessels.segments.size(), cells_at_start(organ),
                            organ.soil.colonise, ranks_text(layout[i]));
    }
    return text;
}

std::string field_list(const body::BodyDescription& body)
{
    std::vector<std::string> names;
    for (const auto& field : body.organs.front().fields) {
        names.push_back(fmt::format("{} [{}]", field.substance.name, field.substance.unit));
    }
    names.emplace_back("ecm [1]");
    return fmt::format("fields       {}\n", fmt::join(names, ", "));
}

std::string bed_list(const body::BodyDescription& body)
{
    std::vector<std::string> resolved;
    std::vector<std::string> lumped;
    for (const auto& bed : body.beds) {
        (bed.organ == OrganId::none ? lumped : resolved).push_back(bed.name);
    }
    return fmt::format("blood        resolved beds: {}; lumped beds: {}\n", fmt::join(resolved, ", "),
                       fmt::join(lumped, ", "));
}

/// Memory by rank, as if organs shared theirs evenly over their ranks.
std::string memory_text(const body::BodyDescription& body, const std::vector<mesh::OrganPlacement>& layout)
{
    std::map<int, double> by_rank;
    double sum = 0.0;
    for (std::size_t i = 0; i < body.organs.size(); ++i) {
        const double bytes = bytes_of(body.organs[i], body.tissue);
        sum += bytes;
        for (const int rank : layout[i].ranks) {
            by_rank[rank] += bytes / static_cast<double>(layout[i].ranks.size());
        }
    }
    const auto fullest = std::max_element(by_rank.begin(), by_rank.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    return fmt::format(
        "memory       about {:.0f} MB in all, {:.0f} MB on the fullest rank, plus about 50 MB per rank for "
        "libraries and {:.0f} MB per million cells\n",
        sum / 1e6, fullest->second / 1e6, bytes_per_cell(body.tissue));
}

std::string work_text(const body::BodyDescription& body)
{
    const double steps = std::ceil(static_cast<double>(body.end) / static_cast<double>(body.coupling_step));
    double voxel_fields = 0.0;
    for (const auto& organ : body.organs) {
        voxel_fields += static_cast<double>(organ.grid.voxel_count()) * static_cast<double>(organ.fields.size());
    }
    return fmt::format(
        "time         {:.6g} days in {:.0f} coupling steps of at most {:.6g} min\n"
        "work         {:.3g} voxel solves per step: fields alone need about {:.1f} core minutes in all; cells "
        "come on top as they multiply\n",
        minutes_from_ticks(body.end) / minutes_per_day, steps, minutes_from_ticks(body.coupling_step), voxel_fields,
        steps * voxel_fields * seconds_per_voxel_solve / 60.0);
}
} // namespace

std::string describe_case(const LoadedCase& loaded, int ranks)
{
    const auto loads = loaded.body.loads();
    const auto layout = mesh::plan_layout(loads, ranks);
    return fmt::format("The case '{}' is good. On {} rank{}:\n\n", loaded.path, ranks, ranks == 1 ? "" : "s") +
           organ_table(loaded.body, layout) + "\n" + field_list(loaded.body) + bed_list(loaded.body) +
           (loaded.rules_as_read.empty() ? "" : "rules, as they were understood\n" + loaded.rules_as_read) +
           work_text(loaded.body) + memory_text(loaded.body, layout);
}

} // namespace paget::app
