#pragma once

#include "made_network.hpp"

#include "paget/organ/growing_vessels.hpp"

#include <functional>

namespace paget::organ::testing_vessels
{

/// A piece of tissue of 400 um with voxels of 10 um.
inline const mesh::Grid growing_grid{{40, 40, 40}, 10.0};

/// Straight vessels along z at these places in x and y, all of which flow up z.
inline MadeNetwork parallel_vessels(const std::vector<Vec3>& at_um)
{
    MadeNetwork made;
    for (const Vec3& at : at_um) {
        const auto low = made.node({at.x, at.y, 0.0});
        const auto high = made.node({at.x, at.y, 400.0});
        made.vessel(low, high, 8.0);
        made.pressure(low, 20.0);
        made.pressure(high, 10.0);
    }
    return made;
}

/// Tips that move and join, nothing else.
inline Angiogenesis growing_rules()
{
    Angiogenesis rules;
    rules.field = "vegf";
    rules.threshold = 1.0;
    rules.half = 1.0;
    rules.sprout_distance_um = 50.0;
    rules.tip_speed_um_per_min = 0.25;
    rules.gradient_half_per_um = 1e-9;
    rules.tip_persistence_min = 180.0;
    rules.fusion_reach_um = 10.0;
    rules.starvation_min = 720.0;
    return rules;
}

inline FlowDescription flowing_by_pressure()
{
    FlowDescription flow;
    flow.source = FlowSource::pressure;
    return flow;
}

/// What vessels feel of a field that is given everywhere.
inline VesselSurroundings surroundings(const GrownVessels& vessels, const std::function<double(const Vec3&)>& field,
                                       const Vec3& gradient, double pressure = 0.0)
{
    VesselSurroundings around;
    around.first.push_back(0);
    for (const Segment& segment : vessels.network.segments) {
        const int pieces = std::max(1, static_cast<int>(segment.length_um() / 10.0));
        for (int i = 0; i < pieces; ++i) {
            around.signal.push_back(field(segment.point_um((i + 0.5) / pieces)));
            around.pressure.push_back(pressure);
        }
        around.first.push_back(static_cast<std::int32_t>(around.signal.size()));
    }
    for (const TipCell& tip : vessels.tips) {
        around.tip_signal.push_back(field(vessels.network.nodes[static_cast<std::size_t>(tip.node)].position_um));
        around.tip_gradient.push_back(gradient);
    }
    return around;
}

} // namespace paget::organ::testing_vessels
