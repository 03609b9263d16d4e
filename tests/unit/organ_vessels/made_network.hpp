#pragma once

#include "paget/organ/vessel_network.hpp"

#include <cstdint>

namespace paget::organ::testing_vessels
{

/// A network written down piece by piece, as a file would give it.
struct MadeNetwork {
    VesselNetwork network;

    std::int32_t node(const Vec3& position_um)
    {
        const auto index = static_cast<std::int32_t>(network.nodes.size());
        network.nodes.push_back({position_um, 100 + index});
        return index;
    }

    void vessel(std::int32_t from, std::int32_t to, double diameter_um, double flow_nl_per_min = 0.0,
                double haematocrit = 0.4)
    {
        Segment segment;
        segment.start_um = network.nodes[static_cast<std::size_t>(from)].position_um;
        segment.end_um = network.nodes[static_cast<std::size_t>(to)].position_um;
        segment.radius_um = 0.5 * diameter_um;
        segment.name = static_cast<std::int64_t>(network.segments.size());
        network.segments.push_back(segment);
        network.flows.push_back({from, to, flow_nl_per_min, haematocrit});
    }

    void pressure(std::int32_t node, double mmhg, double haematocrit = 0.4, double oxygen_mmhg = 50.0)
    {
        network.boundary.push_back({node, FlowBoundary::Kind::pressure, mmhg, haematocrit, oxygen_mmhg});
    }

    void inflow(std::int32_t node, double nl_per_min, double haematocrit = 0.4, double oxygen_mmhg = 50.0)
    {
        network.boundary.push_back({node, FlowBoundary::Kind::flow, nl_per_min, haematocrit, oxygen_mmhg});
    }
};

} // namespace paget::organ::testing_vessels
