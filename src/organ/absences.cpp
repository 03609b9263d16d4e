// What a case lacks so that what it says of a field or of a cell type can come true.

#include "paget/organ/absences.hpp"

#include "paget/config/case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace paget::organ
{
namespace
{
bool founded(const OrganDescription& organ, const agents::CellType& type)
{
    return std::any_of(organ.founders.begin(), organ.founders.end(),
                       [&](const Founders& founders) { return founders.type == type.name; });
}

bool taken_by_founders(const OrganDescription& organ, const TissueDescription& tissue, std::size_t field)
{
    for (std::size_t type = 0; type < tissue.types.size(); ++type) {
        const bool takes = tissue.exchange[type][field].uptake_per_min > 0.0 ||
                           agents::any_rules_on(tissue.types[type], agents::uptake_of(field));
        if (takes && founded(organ, tissue.types[type])) {
            return true;
        }
    }
    return false;
}

/// Whether anything may take the substance away at the start.
bool is_taken(const OrganDescription& organ, const TissueDescription& tissue, std::size_t number)
{
    const FieldDescription& field = organ.fields[number];
    const auto& walls = field.substance.walls;
    const bool by_walls = std::any_of(walls.begin(), walls.end(), [](const auto& wall) { return wall.has_value(); });
    const bool by_vessels =
        field.carriage.carried || (field.vessel_permeability_um_per_min > 0.0 && !organ.vessels.segments.empty());
    return field.substance.decay_per_min > 0.0 || field.tissue_uptake_per_min > 0.0 ||
           (by_walls && field.substance.diffusivity_um2_per_min > 0.0) || by_vessels ||
           taken_by_founders(organ, tissue, number);
}

/// Which types some organ has at the start, or gets through its vessels.
std::vector<bool> types_that_come(const TissueDescription& tissue, const std::vector<OrganDescription>& organs)
{
    std::vector<bool> come;
    for (std::size_t type = 0; type < tissue.types.size(); ++type) {
        come.push_back(tissue.behaviour[type].recruitment.rate_per_um2_min > 0.0 ||
                       std::any_of(organs.begin(), organs.end(),
                                   [&](const OrganDescription& organ) { return founded(organ, tissue.types[type]); }));
    }
    return come;
}

bool turns_into(const agents::CellType& type, std::size_t other)
{
    const auto& rates = type.attack.becomes_per_min;
    return (other < rates.size() && rates[other] > 0.0) || agents::any_rules_on(type, agents::turning_into(other));
}

/// Adds the types that those which come can turn into.
void add_turned(std::vector<bool>& come, const TissueDescription& tissue)
{
    for (bool more = true; more;) {
        more = false;
        for (std::size_t type = 0; type < come.size(); ++type) {
            for (std::size_t other = 0; other < come.size(); ++other) {
                if (come[type] && !come[other] && turns_into(tissue.types[type], other)) {
                    come[other] = more = true;
                }
            }
        }
    }
}

void refuse_endless_field(config::Case& description, const std::string& organ, const FieldDescription& field)
{
    const std::string& name = field.substance.name;
    const bool always = field.substance.scheme == fields::Scheme::steady;
    description.report(fmt::format("organ.{}.{}.{}", organ, name, field.start_steady ? "start" : "scheme"),
                       fmt::format("is steady, but nothing takes the substance away at the start (there is no steady "
                                   "state). Give field.{0}.decay, a held wall, uptake or vessels; or set "
                                   "field.{0}.start = uniform{1}.",
                                   name, always ? fmt::format(" and field.{}.scheme = automatic", name) : ""));
}
} // namespace

void refuse_endless_fields(config::Case& description, const TissueDescription& tissue,
                           const std::vector<OrganDescription>& organs)
{
    for (const OrganDescription& organ : organs) {
        for (std::size_t i = 0; i < organ.fields.size(); ++i) {
            const FieldDescription& field = organ.fields[i];
            const bool steady = field.start_steady || field.substance.scheme == fields::Scheme::steady;
            if (steady && !is_taken(organ, tissue, i)) {
                refuse_endless_field(description, organ.name, field);
            }
        }
    }
}

void warn_of_absent_types(config::Case& description, const TissueDescription& tissue,
                          const std::vector<OrganDescription>& organs)
{
    std::vector<bool> come = types_that_come(tissue, organs);
    add_turned(come, tissue);
    for (std::size_t i = 0; i < come.size(); ++i) {
        const agents::CellType& type = tissue.types[i];
        if (!come[i] && !type.rules.empty()) {
            description.warn("cell." + type.name,
                             fmt::format("has rules, but there are no such cells and none will come (the rules never "
                                         "act). Set organ.<organ>.residents.{0} or founders, "
                                         "cell.{0}.recruitment.rate, or cell.<cell>.becomes.{0}.",
                                         type.name));
        }
    }
}

} // namespace paget::organ
