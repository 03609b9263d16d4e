#include "vessel_columns.hpp"

#include <numeric>

namespace paget::output
{
namespace
{
void append(std::vector<double>& numbers, const Vec3& p) { numbers.insert(numbers.end(), {p.x, p.y, p.z}); }
} // namespace

VesselColumns columns_of(const organ::VesselNetwork& network, const Vec3& origin_um)
{
    VesselColumns columns;
    for (const auto& segment : network.segments) {
        append(columns.position, segment.start_um + origin_um);
        append(columns.position, segment.end_um + origin_um);
        columns.radius.push_back(segment.radius_um);
        columns.flowing.push_back(segment.flowing ? 1 : 0);
    }
    columns.nodes.resize(2 * network.segments.size());
    std::iota(columns.nodes.begin(), columns.nodes.end(), 0U);
    return columns;
}

GrownColumns columns_of(const organ::GrowingVessels& vessels, const Vec3& origin_um, Tick now)
{
    const auto& network = vessels.network();
    const auto& state = vessels.state();
    GrownColumns columns;
    columns.flow = vessels.flow().flow_um3_per_min;
    columns.haematocrit = vessels.flow().haematocrit;
    columns.wall_shear = vessels.wall_shear_pa();
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        const auto pressure = [&](std::int32_t node) {
            return vessels.flow().pressure_mmhg[static_cast<std::size_t>(node)];
        };
        const bool flows = network.segments[s].flowing;
        columns.blood_pressure.push_back(
            flows ? 0.5 * (pressure(network.flows[s].from_node) + pressure(network.flows[s].to_node)) : 0.0);
        columns.maturity.push_back(network.segments[s].maturity);
        columns.age.push_back(minutes_from_ticks(now - state.lives[s].created_at) / minutes_per_hour);
        columns.grown.push_back(state.lives[s].sprout != 0 ? 1 : 0);
        columns.collapsed.push_back(state.lives[s].collapsed ? 1 : 0);
    }
    for (const organ::TipCell& tip : state.tips) {
        append(columns.tips, network.nodes[static_cast<std::size_t>(tip.node)].position_um + origin_um);
    }
    return columns;
}

} // namespace paget::output
