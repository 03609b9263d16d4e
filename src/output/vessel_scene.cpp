#include "vessel_scene.hpp"

#include "paget/io/hdf5_state.hpp"
#include "paget/parallel/communicator.hpp"
#include "scene.hpp"
#include "vessel_columns.hpp"

#include <vector>

namespace paget::output
{
namespace
{
template <class T>
void write(io::StateWriter& writer, const std::string& path, const std::vector<T>& values)
{
    writer.write_column(path, values.size(), 0, std::span<const T>(values));
}
/// Blood in the segments, where its flow is known: from the first point to the second if positive.
void write_flow(io::StateWriter& writer, const organ::OrganDescription& organ, const std::string& path)
{
    if (organ.flow.source != organ::FlowSource::none) {
        const organ::VesselFlow blood = organ::find_flow(organ.vessels, organ.flow);
        write(writer, path + "flow", blood.flow_um3_per_min);
        write(writer, path + "haematocrit", blood.haematocrit);
    }
}
} // namespace

void write_vessels(const body::BodyDescription& body, const std::string& folder)
{
    const auto self = parallel::Communicator::self();
    io::Hdf5StateWriter writer(folder + "/" + vessel_file, self);
    const std::vector<Vec3> origins = scene_origins(body);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const auto& organ = body.organs[i];
        const VesselColumns columns = columns_of(organ.vessels, origins[i]);
        const std::string path = "/organs/" + organ.name + "/vessels/";
        write(writer, path + "position", columns.position);
        write(writer, path + "nodes", columns.nodes);
        write(writer, path + "radius", columns.radius);
        write(writer, path + "flowing", columns.flowing);
        write_flow(writer, organ, path);
    }
    writer.commit();
}

} // namespace paget::output
