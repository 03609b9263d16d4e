#include "paget/organ/description.hpp"

#include "angiogenesis_keys.hpp"
#include "blood_flow_keys.hpp"
#include "field_values.hpp"
#include "founders.hpp"
#include "founders_file.hpp"

#include "paget/agents/population.hpp"
#include "paget/config/case.hpp"
#include "paget/core/error.hpp"
#include "paget/core/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>
#include <optional>

namespace paget::organ
{
namespace
{
constexpr std::array<const char*, 6> faces{"x_low", "x_high", "y_low", "y_high", "z_low", "z_high"};

int voxels_along(config::Case& description, const std::string& key, double voxel_um)
{
    const double voxels = description.real(key) / voxel_um;
    const double whole = std::max(1.0, std::nearbyint(voxels));
    if (std::fabs(voxels - whole) > 1e-6 * whole) {
        description.report(
            key, fmt::format("is {:.6g} voxels of {} um (the grid needs a whole number). Use {} um or {} um.", voxels,
                             voxel_um, std::max(1.0, std::floor(voxels)) * voxel_um, std::ceil(voxels) * voxel_um));
    }
    return static_cast<int>(std::min(whole, 1e6));
}

mesh::Grid read_grid(config::Case& description, const std::string& organ, const TissueDescription& tissue)
{
    constexpr std::array<const char*, 3> axes{".x", ".y", ".z"};
    mesh::Grid grid;
    for (std::size_t a = 0; a < 3; ++a) {
        grid.spacing_um[a] = description.real(organ + ".voxel" + axes[a]);
        grid.voxels[a] = voxels_along(description, organ + ".size" + axes[a], grid.spacing_um[a]);
    }
    if (double{1.0} * grid.voxels[0] * grid.voxels[1] * grid.voxels[2] > 2.1e9) {
        description.report(organ + ".voxel",
                           "makes more than 2.1e9 voxels (PETSc's 32-bit indices end there). Use larger "
                           "voxels or a smaller piece of tissue.");
        grid.voxels = {1, 1, 1};
    }
    try {
        agents::check_voxels(grid, tissue.types, tissue.skin_um);
    } catch (const InputError& error) {
        description.report(organ + ".voxel", error.what());
    }
    return grid;
}

fields::Scheme scheme_of(const std::string& word)
{
    if (word == "steady") {
        return fields::Scheme::steady;
    }
    return word == "implicit" ? fields::Scheme::implicit : fields::Scheme::automatic;
}

fields::Substance read_substance(config::Case& description, FieldValues& values, const std::string& organ,
                                 const std::string& field, const mesh::Grid& grid)
{
    const std::string key = organ + "." + field;
    fields::Substance substance;
    substance.name = field;
    substance.unit = values.unit_of(field);
    substance.diffusivity_um2_per_min = description.real(key + ".diffusivity");
    substance.decay_per_min = description.real(key + ".decay");
    substance.initial = values.read(key + ".initial", substance.unit);
    substance.tolerance = description.real(key + ".tolerance");
    substance.time_tolerance = description.real(key + ".time_tolerance");
    substance.half_saturation = values.read(key + ".uptake_half_saturation", substance.unit);
    substance.scheme = scheme_of(description.text(key + ".scheme"));
    const double held = values.read(key + ".wall_value", substance.unit);
    const std::size_t faces_used = grid.planar() ? 4 : 6;
    for (std::size_t face = 0; face < faces_used; ++face) {
        if (description.text(key + ".wall." + faces[face]) == "held") {
            substance.walls[face] = held;
        }
    }
    return substance;
}

FieldDescription read_field(config::Case& description, FieldValues& values, const std::string& organ,
                            const std::string& field, const mesh::Grid& grid, const FlowDescription& flow)
{
    const std::string key = organ + "." + field;
    FieldDescription read;
    read.substance = read_substance(description, values, organ, field, grid);
    read.vessel_concentration = values.read(key + ".blood", read.substance.unit);
    read.vessel_permeability_um_per_min = description.real(key + ".permeability");
    read.leakiness = description.real(key + ".leakiness");
    read.tissue_uptake_per_min = description.real(key + ".tissue_uptake");
    read.tissue_gain_per_min = values.read(key + ".tissue_release", read.substance.unit, "min^-1");
    read.stored_in_matrix = values.read(key + ".stored_in_matrix", read.substance.unit);
    read.start_steady = description.text(key + ".start") == "steady";
    read.tissue_margin_um = description.real(organ + ".tissue_margin");
    read.carriage = read_carriage(description, values, organ, read.substance, flow);
    if (read.carriage.carried) {
        read.vessel_permeability_um_per_min = 0.0;
    }
    return read;
}

MatrixDescription read_matrix(const config::Case& description, const std::string& organ)
{
    const std::string key = organ + ".matrix.";
    MatrixDescription matrix;
    matrix.initial = description.real(key + "initial");
    matrix.membrane_per_min = description.real(key + "membrane_degradation");
    matrix.soluble_per_min = description.real(key + "soluble_degradation");
    matrix.deposition_per_min = description.real(key + "deposition");
    matrix.producer = {description.real(key + "producer.epithelial"), description.real(key + "producer.hybrid"),
                       description.real(key + "producer.mesenchymal")};
    return matrix;
}

/// Where blood comes into a generated bed and leaves it, if its flow is asked for.
std::optional<BedEnds> read_bed_ends(config::Case& description, const std::string& key)
{
    if (description.text(key + "flow") != "pressure") {
        for (const char* name : {"inflow_pressure", "outflow_pressure", "inflow_haematocrit", "directions"}) {
            if (description.differs_from_default(key + name)) {
                description.report(key + name, fmt::format("is given, but blood does not flow by pressure (it would do "
                                                           "nothing). Set {}flow = pressure, or leave it out.",
                                                           key));
            }
        }
        return std::nullopt;
    }
    const BedEnds ends{description.real(key + "inflow_pressure"), description.real(key + "outflow_pressure"),
                       description.real(key + "inflow_haematocrit"),
                       description.text(key + "directions") == "alternating"};
    if (ends.inflow_mmhg <= ends.outflow_mmhg) {
        description.report(key + "inflow_pressure", fmt::format("is not above {}outflow_pressure (blood would not "
                                                                "flow that way). Raise it.",
                                                                key));
    }
    return ends;
}

VesselNetwork read_vessels(config::Case& description, const std::string& name, const mesh::Grid& grid,
                           std::uint64_t seed)
{
    const std::string key = "organ." + name + ".vessels.";
    const std::string source = description.text(key + "source");
    if (source == "capillary_bed") {
        return generate_capillary_bed(grid, description.real(key + "spacing"), description.real(key + "radius"),
                                      description.real(key + "jitter"), RandomNumbers(seed), hash_text(name),
                                      read_bed_ends(description, key));
    }
    if (source != "file") {
        return {};
    }
    const std::string file = description.text(key + "file");
    if (file.empty()) {
        description.report(key + "source", fmt::format("is 'file' but no file is named (there is nothing to read). Set "
                                                       "{}file, or choose another source.",
                                                       key));
        return {};
    }
    try {
        return read_vessel_network((std::filesystem::path(description.folder()) / file).string(), grid);
    } catch (const InputError& error) {
        description.report(key + "file", error.what());
        return {};
    }
}

std::vector<std::string> type_names(const std::vector<agents::CellType>& types)
{
    std::vector<std::string> names;
    std::transform(types.begin(), types.end(), std::back_inserter(names),
                   [](const agents::CellType& type) { return type.name; });
    return names;
}

/// A ball of `founders` must fit into the organ. `key` ends in "founders.".
std::vector<Founders> packed_founders(config::Case& description, const std::string& key, const Founders& founders,
                                      const mesh::Grid& grid, const TissueDescription& tissue)
{
    const auto type = std::find_if(tissue.types.begin(), tissue.types.end(),
                                   [&](const agents::CellType& t) { return t.name == founders.type; });
    if (type == tissue.types.end()) {
        description.report(key + "type",
                           fmt::format("'{}' is not a cell type of this case (founders need one). Name one "
                                       "of: {}.",
                                       founders.type, fmt::join(type_names(tissue.types), ", ")));
        return {};
    }
    const auto room = static_cast<std::int64_t>(packed_sites(grid, type->radius_um(), founders.count).size());
    if (room < founders.count) {
        description.report(key + "count",
                           fmt::format("{} cells do not fit into the organ (there is room for {}). Lower the "
                                       "count or enlarge {}size.*.",
                                       founders.count, room, key.substr(0, key.find("founders."))));
    }
    return {founders};
}

std::vector<Founders> listed_founders(config::Case& description, const std::string& key, const std::string& file,
                                      const Founders& common, const mesh::Grid& grid, const TissueDescription& tissue)
{
    try {
        const std::string path = (std::filesystem::path(description.folder()) / file).string();
        std::vector<Founders> listed = read_founders_file(path, common, type_names(tissue.types), grid);
        const auto cells = std::accumulate(listed.begin(), listed.end(), std::int64_t{0},
                                           [](std::int64_t sum, const Founders& group) { return sum + group.count; });
        if (common.count > 0 && common.count != cells) { // a resolved case gives the number
            description.report(key + "count",
                               fmt::format("is given beside {}file, which lists {} (the file says how many there are). "
                                           "Leave out one of them.",
                                           key, cells));
        }
        description.replace(key + "count", fmt::format("{}", cells));
        return listed;
    } catch (const InputError& error) {
        description.report(key + "file", error.what());
        return {common}; // not none: that would be a problem of its own
    }
}

std::vector<Founders> read_founders(config::Case& description, const std::string& organ, const mesh::Grid& grid,
                                    const TissueDescription& tissue, FirstCells first_cells)
{
    const std::string key = organ + ".founders.";
    Founders founders;
    founders.type = description.text(key + "type");
    founders.count = description.integer(key + "count");
    founders.hybrid_fraction = description.real(key + "hybrid");
    founders.mesenchymal_fraction = description.real(key + "mesenchymal");
    founders.in_step = description.text(key + "cycle") == "in_step";
    const std::string file = description.text(key + "file");
    if (founders.count == 0 && file.empty()) {
        return {};
    }
    if (founders.hybrid_fraction + founders.mesenchymal_fraction > 1.0) {
        description.report(key + "mesenchymal",
                           fmt::format("and {}hybrid sum to more than 1 (they are shares of the same "
                                       "cells). Lower one of them.",
                                       key));
    }
    if (!file.empty() && first_cells == FirstCells::saved_state) {
        return {founders}; // only their number matters
    }
    return file.empty() ? packed_founders(description, key, founders, grid, tissue)
                        : listed_founders(description, key, file, founders, grid, tissue);
}

/// What would do nothing where nobody prepares a niche.
void refuse_unprepared(config::Case& description, const std::string& key)
{
    for (const char* part : {"preparation", "loss", "half_cells", "gain"}) {
        if (description.differs_from_default(key + part)) {
            description.report(key + part, fmt::format("is given, but not whose tumour prepares the niche (it would "
                                                       "never be ready). Set {}prepared_by, or leave it out.",
                                                       key));
        }
    }
}

/// The organ of that name, which must be another one than `of`; none, with the problem noted, if there is no such.
OrganId preparer_of(config::Case& description, const std::vector<OrganDescription>& organs, std::size_t of,
                    const std::string& key)
{
    const std::string preparer = description.text(key);
    std::vector<std::string> others;
    for (std::size_t i = 0; i < organs.size(); ++i) {
        if (i != of && organs[i].name == preparer) {
            return static_cast<OrganId>(i);
        }
        if (i != of) {
            others.push_back(organs[i].name);
        }
    }
    description.report(key, fmt::format("'{}' is no other organ of this case (a niche is prepared from elsewhere). "
                                        "Name one of: {}.",
                                        preparer, fmt::join(others, ", ")));
    return OrganId::none;
}

/// Cells of the organ itself, by type.
std::vector<Founders> read_residents(config::Case& description, const std::string& organ,
                                     const TissueDescription& tissue)
{
    std::vector<Founders> residents;
    for (const std::string& type : type_names(tissue.types)) {
        const std::int64_t count = description.integer(organ + ".residents." + type);
        if (count > 0) {
            residents.push_back({.type = type, .count = count, .scattered = true});
        }
    }
    return residents;
}

/// Once all organs are known.
Niche read_niche(config::Case& description, const std::vector<OrganDescription>& organs, std::size_t of)
{
    const std::string key = "organ." + organs[of].name + ".niche.";
    Niche niche;
    niche.preparation_per_min = description.real(key + "preparation");
    niche.loss_per_min = description.real(key + "loss");
    niche.half_cells = description.real(key + "half_cells");
    niche.gain = description.real(key + "gain");
    if (description.text(key + "prepared_by").empty()) {
        refuse_unprepared(description, key);
    } else {
        niche.prepared_by = preparer_of(description, organs, of, key + "prepared_by");
    }
    return niche;
}

/// Cells are told apart by a key made of their organ's name.
void check_keys(config::Case& description, const std::vector<OrganDescription>& organs)
{
    std::map<OrganKey, std::string> owner;
    for (const OrganDescription& organ : organs) {
        const auto [other, unique] = owner.emplace(organ_key(organ.name), organ.name);
        if (!unique) {
            description.report("organ." + organ.name,
                               fmt::format("has the same key for its cells' ids as organ '{}' (cells "
                                           "could not be told apart). Rename one of them.",
                                           other->second));
        }
    }
}
} // namespace

std::vector<OrganDescription> read_organs(config::Case& description, const TissueDescription& tissue,
                                          std::uint64_t seed, FirstCells first_cells)
{
    FieldValues values(description);
    std::vector<OrganDescription> organs;
    for (const std::string& name : description.declared("organ")) {
        const std::string key = "organ." + name;
        OrganDescription organ;
        organ.name = name;
        organ.grid = read_grid(description, key, tissue);
        organ.vessels = read_vessels(description, name, organ.grid, seed);
        organ.flow = read_flow(description, key, organ.vessels);
        for (const std::string& field : description.declared("field")) {
            organ.fields.push_back(read_field(description, values, key, field, organ.grid, organ.flow));
        }
        organ.angiogenesis = read_angiogenesis(description, values, organ);
        check_carried(description, organ);
        organ.matrix = read_matrix(description, key);
        organ.founders = read_founders(description, key, organ.grid, tissue, first_cells);
        for (Founders& residents : read_residents(description, key, tissue)) {
            organ.founders.push_back(std::move(residents));
        }
        organ.soil = {description.real(key + ".soil"), description.real(key + ".dormancy"),
                      description.real(key + ".wake_rate")};
        organ.scene_origin_um = {description.real(key + ".scene.x"), description.real(key + ".scene.y"),
                                 description.real(key + ".scene.z")};
        organs.push_back(std::move(organ));
    }
    for (std::size_t i = 0; i < organs.size(); ++i) {
        organs[i].niche = read_niche(description, organs, i);
    }
    check_carried_anywhere(description);
    check_keys(description, organs);
    return organs;
}

} // namespace paget::organ
