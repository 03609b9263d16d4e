#include "xdmf.hpp"

#include "scene.hpp"
#include "vessel_scene.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>

namespace paget::output
{
namespace
{
/// One array of an HDF5 file.
struct Item {
    std::string file;
    std::string path;
    std::string dimensions;
    bool real = true; ///< double, else 32-bit unsigned
};

std::string data_item(const Item& item)
{
    return fmt::format(R"(<DataItem Dimensions="{}" {} Format="HDF">{}:{}</DataItem>)", item.dimensions,
                       item.real ? R"(NumberType="Float" Precision="8")" : R"(NumberType="UInt" Precision="4")",
                       item.file, item.path);
}

std::string attribute(const std::string& name, const char* centre, const Item& item)
{
    return fmt::format("    <Attribute Name=\"{}\" AttributeType=\"Scalar\" Center=\"{}\">{}</Attribute>\n", name,
                       centre, data_item(item));
}

/// Points with their coordinates one after the other.
std::string geometry(const std::string& file, const std::string& path, std::uint64_t points)
{
    return fmt::format("    <Geometry GeometryType=\"XYZ\">{}</Geometry>\n",
                       data_item({file, path + "position", fmt::format("{}", 3 * points)}));
}

std::string field_grid(const organ::OrganDescription& organ, const Vec3& o, const std::string& file)
{
    const auto& v = organ.grid.voxels;
    const auto& h = organ.grid.spacing_um;
    const std::string path = "/organs/" + organ.name + "/fields/";
    const std::string cells = fmt::format("{} {} {}", v[2], v[1], v[0]);
    std::string text = fmt::format(
        "   <Grid Name=\"{}\" GridType=\"Uniform\">\n"
        "    <Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"{} {} {}\"/>\n"
        "    <Geometry GeometryType=\"ORIGIN_DXDYDZ\"><DataItem Dimensions=\"3\" Format=\"XML\">{} {} {}</DataItem>"
        "<DataItem Dimensions=\"3\" Format=\"XML\">{} {} {}</DataItem></Geometry>\n",
        organ.name, v[2] + 1, v[1] + 1, v[0] + 1, o.z, o.y, o.x, h[2], h[1], h[0]);
    for (const auto& field : organ.fields) {
        text += attribute(field.substance.name, "Cell", {file, path + field.substance.name, cells});
    }
    return text + attribute("ecm", "Cell", {file, path + "ecm", cells}) + "   </Grid>\n";
}

std::string cell_grid(const organ::OrganDescription& organ, const std::string& file, std::uint64_t cells, bool circuits)
{
    std::vector<const char*> reals{"radius", "pressure", "age"};
    if (circuits) {
        reals.insert(reals.end(), {"mir200", "zeb"});
    }
    constexpr std::array<const char*, 6> integers{"type", "state", "fate", "clone", "organ_of_birth", "journeys"};
    const std::string path = "/organs/" + organ.name + "/cells/";
    const std::string count = fmt::format("{}", cells);
    std::string text =
        fmt::format("   <Grid Name=\"{}\" GridType=\"Uniform\">\n"
                    "    <Topology TopologyType=\"Polyvertex\" NodesPerElement=\"1\" NumberOfElements=\"{}\"/>\n",
                    organ.name, cells);
    text += geometry(file, path, cells);
    for (const char* name : reals) {
        text += attribute(name, "Node", {file, path + name, count});
    }
    for (const char* name : integers) {
        text += attribute(name, "Node", {file, path + name, count, false});
    }
    return text + "   </Grid>\n";
}

/// So many segments of an organ, which stand in a file.
std::string vessel_grid(const organ::OrganDescription& organ, const std::string& file, std::uint64_t segments,
                        bool grown)
{
    const std::string path = "/organs/" + organ.name + "/vessels/";
    const std::string count = fmt::format("{}", segments);
    std::string text =
        fmt::format("   <Grid Name=\"{}\" GridType=\"Uniform\">\n"
                    "    <Topology TopologyType=\"Polyline\" NodesPerElement=\"2\" "
                    "NumberOfElements=\"{}\">{}</Topology>\n",
                    organ.name, segments, data_item({file, path + "nodes", fmt::format("{}", 2 * segments), false}));
    text += geometry(file, path, 2 * segments);
    text += attribute("radius", "Cell", {file, path + "radius", count});
    text += attribute("flowing", "Cell", {file, path + "flowing", count, false});
    if (organ.flow.source != organ::FlowSource::none) {
        text += attribute("flow", "Cell", {file, path + "flow", count});
        text += attribute("haematocrit", "Cell", {file, path + "haematocrit", count});
    }
    if (grown) {
        for (const char* name : {"blood_pressure", "wall_shear", "maturity", "age"}) {
            text += attribute(name, "Cell", {file, path + name, count});
        }
        for (const char* name : {"grown", "collapsed"}) {
            text += attribute(name, "Cell", {file, path + name, count, false});
        }
    }
    return text + "   </Grid>\n";
}

std::string document(const std::string& grids)
{
    return "<?xml version=\"1.0\"?>\n<Xdmf Version=\"2.2\">\n<Domain>\n" + grids + "</Domain>\n</Xdmf>\n";
}

std::string spatial_collection(const std::string& name, const std::string& time, const std::string& grids)
{
    return fmt::format("  <Grid Name=\"{}\" GridType=\"Collection\" CollectionType=\"Spatial\">\n{}{}  </Grid>\n", name,
                       time, grids);
}

/// The collections of all snapshots; `grid` gives the text of one organ at one time, or nothing.
std::string temporal_collection(const std::string& name, const body::BodyDescription& body,
                                const std::vector<Snapshot>& snapshots,
                                const std::function<std::string(const Snapshot&, std::size_t)>& grid)
{
    std::string text = fmt::format(" <Grid Name=\"{}\" GridType=\"Collection\" CollectionType=\"Temporal\">\n", name);
    for (const Snapshot& snapshot : snapshots) {
        std::string grids;
        for (std::size_t organ = 0; organ < body.organs.size(); ++organ) {
            grids += grid(snapshot, organ);
        }
        text += spatial_collection("organs", fmt::format("   <Time Value=\"{}\"/>\n", snapshot.time_h), grids);
    }
    return text + " </Grid>\n";
}
} // namespace

std::string fields_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots)
{
    const std::vector<Vec3> origins = scene_origins(body);
    return document(temporal_collection("fields", body, snapshots, [&](const Snapshot& snapshot, std::size_t organ) {
        return field_grid(body.organs[organ], origins[organ], snapshot.file);
    }));
}

std::string cells_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots)
{
    const bool circuits = agents::circuit_width(body.tissue.types) > 0;
    return document(temporal_collection("cells", body, snapshots, [&](const Snapshot& snapshot, std::size_t organ) {
        const std::uint64_t cells = snapshot.cells[organ];
        return cells > 0 ? cell_grid(body.organs[organ], snapshot.file, cells, circuits) : std::string();
    }));
}

std::string vessels_xmf(const body::BodyDescription& body, const std::vector<Snapshot>& snapshots)
{
    const auto at_start = [](const organ::OrganDescription& organ) {
        const std::uint64_t segments = organ.vessels.segments.size();
        return segments > 0 ? vessel_grid(organ, vessel_file, segments, false) : std::string();
    };
    if (body.has_angiogenesis()) {
        return document(temporal_collection("vessels", body, snapshots, [&](const Snapshot& snapshot, std::size_t i) {
            const organ::OrganDescription& organ = body.organs[i];
            return organ.angiogenesis.on() ? vessel_grid(organ, snapshot.file, snapshot.vessels[i], true)
                                           : at_start(organ);
        }));
    }
    std::string grids;
    for (const auto& organ : body.organs) {
        grids += at_start(organ);
    }
    return document(spatial_collection("vessels", "", grids));
}

} // namespace paget::output
