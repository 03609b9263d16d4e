#include "growing_network.hpp"

#include "vessel_graph.hpp"

#include <algorithm>

namespace paget::organ
{
namespace
{
/// Node by node: whether it hangs together with a vessel of the start. Nodes of the start always do.
std::vector<bool> attached_nodes(const GrownVessels& vessels, const std::vector<bool>& gone)
{
    const VesselNetwork& network = vessels.network;
    std::vector<double> there(network.segments.size());
    for (std::size_t s = 0; s < there.size(); ++s) {
        there[s] = gone[s] ? 0.0 : 1.0;
    }
    const std::vector<std::int32_t> part = connected_parts(network, there);
    std::vector<bool> holds(network.nodes.size(), false);
    std::vector<bool> attached(network.nodes.size(), false);
    for (std::size_t s = 0; s < there.size(); ++s) {
        if (vessels.lives[s].sprout == 0) {
            holds[place(part[place(network.flows[s].from_node)])] = true;
        }
    }
    for (std::size_t k = 0; k < attached.size(); ++k) {
        attached[k] = holds[place(part[k])];
    }
    std::fill_n(attached.begin(), vessels.first_nodes, true);
    return attached;
}

/// Keeps the marked nodes. Returns their new numbers.
std::vector<std::int32_t> keep_nodes(GrownVessels& vessels, const std::vector<bool>& kept)
{
    std::vector<std::int32_t> number(kept.size(), -1);
    std::int32_t next = 0;
    for (std::size_t k = 0; k < kept.size(); ++k) {
        if (kept[k]) {
            vessels.network.nodes[place(next)] = vessels.network.nodes[k];
            vessels.sprouted[place(next)] = vessels.sprouted[k];
            number[k] = next++;
        }
    }
    vessels.network.nodes.resize(place(next));
    vessels.sprouted.resize(place(next));
    return number;
}

/// Keeps the segments that are not marked. Returns their new numbers.
std::vector<std::int32_t> keep_segments(GrownVessels& vessels, const std::vector<bool>& gone,
                                        const std::vector<std::int32_t>& node)
{
    VesselNetwork& network = vessels.network;
    std::vector<std::int32_t> number(gone.size(), -1);
    std::size_t next = 0;
    for (std::size_t s = 0; s < gone.size(); ++s) {
        if (!gone[s]) {
            number[s] = static_cast<std::int32_t>(next);
            network.segments[next] = network.segments[s];
            network.flows[next] = network.flows[s];
            network.flows[next].from_node = node[place(network.flows[s].from_node)];
            network.flows[next].to_node = node[place(network.flows[s].to_node)];
            vessels.lives[next++] = vessels.lives[s];
        }
    }
    network.segments.resize(next);
    network.flows.resize(next);
    vessels.lives.resize(next);
    return number;
}

/// The stalk that ends at a tip's node was cut: its second half is the last piece now.
void pass_on_tip(GrownVessels& vessels, std::int32_t segment, std::int32_t second_half)
{
    for (TipCell& tip : vessels.tips) {
        if (tip.segment == segment) {
            tip.segment = second_half;
        }
    }
}
} // namespace

GrownVessels grown_from(const VesselNetwork& initial)
{
    GrownVessels vessels;
    vessels.network = initial;
    vessels.first_nodes = initial.nodes.size();
    vessels.lives.resize(initial.segments.size());
    vessels.sprouted.resize(initial.nodes.size(), 0);
    for (std::size_t s = 0; s < initial.segments.size(); ++s) {
        vessels.lives[s].blocked = !initial.segments[s].flowing;
        vessels.next_id = std::max(vessels.next_id, initial.segments[s].name + 1);
    }
    return vessels;
}

std::int32_t add_node(GrownVessels& vessels, const Vec3& position_um)
{
    vessels.network.nodes.push_back({position_um, vessels.next_id++});
    vessels.sprouted.push_back(0);
    return static_cast<std::int32_t>(vessels.network.nodes.size() - 1);
}

std::int32_t add_segment(GrownVessels& vessels, std::int32_t from, std::int32_t to, double radius_um,
                         std::int64_t sprout, Tick now)
{
    VesselNetwork& network = vessels.network;
    Segment segment;
    segment.start_um = network.nodes[place(from)].position_um;
    segment.end_um = network.nodes[place(to)].position_um;
    segment.radius_um = radius_um;
    segment.name = vessels.next_id++;
    segment.flowing = false;
    segment.maturity = 0.0;
    network.segments.push_back(segment);
    network.flows.push_back({from, to, 0.0, 0.0});
    vessels.lives.push_back({sprout, now, now});
    return static_cast<std::int32_t>(network.segments.size() - 1);
}

std::int32_t node_on(GrownVessels& vessels, std::int32_t segment, double fraction)
{
    VesselNetwork& network = vessels.network;
    const Segment whole = network.segments[place(segment)];
    const MeasuredFlow ends = network.flows[place(segment)];
    const double from_start_um = fraction * whole.length_um();
    const double to_end_um = whole.length_um() - from_start_um;
    if (std::min(from_start_um, to_end_um) < shortest_cut_um) {
        return from_start_um <= to_end_um ? ends.from_node : ends.to_node;
    }
    const Vec3 at_um = whole.point_um(fraction);
    const std::int32_t node = add_node(vessels, at_um);
    network.segments[place(segment)].end_um = at_um;
    network.flows[place(segment)].to_node = node;
    Segment half = whole;
    half.start_um = at_um;
    half.name = vessels.next_id++;
    network.segments.push_back(half);
    network.flows.push_back({node, ends.to_node, ends.flow_nl_per_min, ends.haematocrit});
    vessels.lives.push_back(SegmentLife(vessels.lives[place(segment)]));
    pass_on_tip(vessels, segment, static_cast<std::int32_t>(network.segments.size() - 1));
    return node;
}

void move_end(GrownVessels& vessels, std::int32_t segment, const Vec3& position_um)
{
    vessels.network.segments[place(segment)].end_um = position_um;
    vessels.network.nodes[place(vessels.network.flows[place(segment)].to_node)].position_um = position_um;
}

std::int64_t remove_segments(GrownVessels& vessels, std::vector<bool> gone)
{
    const std::vector<bool> attached = attached_nodes(vessels, gone); // the nodes of the start keep their numbers
    for (std::size_t s = 0; s < gone.size(); ++s) {
        gone[s] = gone[s] || !attached[place(vessels.network.flows[s].from_node)];
    }
    const std::vector<std::int32_t> node = keep_nodes(vessels, attached);
    const std::vector<std::int32_t> segment = keep_segments(vessels, gone, node);
    std::erase_if(vessels.tips, [&](const TipCell& tip) {
        return node[place(tip.node)] < 0 || (tip.segment >= 0 && segment[place(tip.segment)] < 0);
    });
    for (TipCell& tip : vessels.tips) {
        tip.node = node[place(tip.node)];
        tip.segment = tip.segment < 0 ? -1 : segment[place(tip.segment)];
    }
    return std::count(gone.begin(), gone.end(), true);
}

} // namespace paget::organ
