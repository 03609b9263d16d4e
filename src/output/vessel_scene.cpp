#include "vessel_scene.hpp"

#include "paget/io/hdf5_state.hpp"
#include "paget/parallel/communicator.hpp"

#include <numeric>
#include <vector>

namespace paget::output
{
namespace
{
/// The segments of one organ as columns.
struct VesselColumns {
    std::vector<double> x;
    std::vector<double> y;
    std::vector<double> z;
    std::vector<std::uint32_t> nodes; ///< of segment i: 2i and 2i + 1
    std::vector<double> radius;
    std::vector<std::uint32_t> flowing;

    void add_point(const Vec3& p)
    {
        x.push_back(p.x);
        y.push_back(p.y);
        z.push_back(p.z);
    }
};

VesselColumns columns_of(const organ::OrganDescription& organ)
{
    VesselColumns columns;
    for (const auto& segment : organ.vessels.segments) {
        columns.add_point(segment.start_um + organ.scene_origin_um);
        columns.add_point(segment.end_um + organ.scene_origin_um);
        columns.radius.push_back(segment.radius_um);
        columns.flowing.push_back(segment.flowing ? 1 : 0);
    }
    columns.nodes.resize(columns.x.size());
    std::iota(columns.nodes.begin(), columns.nodes.end(), 0U);
    return columns;
}

template <class T>
void write(io::StateWriter& writer, const std::string& path, const std::vector<T>& values)
{
    writer.write_column(path, values.size(), 0, std::span<const T>(values));
}
} // namespace

void write_vessels(const body::BodyDescription& body, const std::string& folder)
{
    const auto self = parallel::Communicator::self();
    io::Hdf5StateWriter writer(folder + "/" + vessel_file, self);
    for (const auto& organ : body.organs) {
        const VesselColumns columns = columns_of(organ);
        const std::string path = "/organs/" + organ.name + "/vessels/";
        write(writer, path + "x", columns.x);
        write(writer, path + "y", columns.y);
        write(writer, path + "z", columns.z);
        write(writer, path + "nodes", columns.nodes);
        write(writer, path + "radius", columns.radius);
        write(writer, path + "flowing", columns.flowing);
    }
    writer.commit();
}

} // namespace paget::output
