#include "red_cells.hpp"

#include "blood_rheology.hpp"
#include "vessel_graph.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// What a node has got so far from the segments before it, and from outside.
struct Received {
    double blood = 0.0;     ///< [um^3/min]
    double red_cells = 0.0; ///< [um^3/min]
    std::int32_t feeder = -1;
    int feeders = 0;

    double haematocrit() const { return blood > 0.0 ? red_cells / blood : 0.0; }
};

/// Two branches of one vessel: the only case for which there is a law.
void separate(const VesselNetwork& network, const std::vector<double>& flow, const Received& node,
              const std::vector<std::int32_t>& branches, std::vector<double>& haematocrit)
{
    const auto alpha = static_cast<std::size_t>(branches[0]);
    const auto beta = static_cast<std::size_t>(branches[1]);
    const double both = std::fabs(flow[alpha]) + std::fabs(flow[beta]);
    Fork fork;
    fork.flow_share = std::fabs(flow[alpha]) / both;
    fork.feeding_diameter_um = 2.0 * network.segments[static_cast<std::size_t>(node.feeder)].radius_um;
    fork.alpha_diameter_um = 2.0 * network.segments[alpha].radius_um;
    fork.beta_diameter_um = 2.0 * network.segments[beta].radius_um;
    fork.haematocrit = node.haematocrit();
    const double share = red_cell_share(fork);
    haematocrit[alpha] = share * fork.haematocrit / fork.flow_share;
    haematocrit[beta] = (1.0 - share) * fork.haematocrit / (1.0 - fork.flow_share);
}

std::vector<Received> from_outside(const VesselNetwork& network, const std::vector<double>& flow)
{
    const std::vector<double> net = net_outflow_um3_per_min(network, flow);
    std::vector<Received> received(network.nodes.size());
    for (const FlowBoundary& end : network.boundary) {
        const auto k = static_cast<std::size_t>(end.node);
        if (net[k] > 0.0) {
            received[k].blood = net[k];
            received[k].red_cells = net[k] * end.haematocrit;
            received[k].feeders = 2; // no feeding vessel is known
        }
    }
    return received;
}
} // namespace

std::vector<double> carry_red_cells(const VesselNetwork& network, const std::vector<double>& flow_um3_per_min,
                                    const std::vector<std::int32_t>& order, HaematocritLaw law)
{
    std::vector<double> haematocrit(network.flows.size());
    std::transform(network.flows.begin(), network.flows.end(), haematocrit.begin(),
                   [](const MeasuredFlow& f) { return f.haematocrit; });
    if (law == HaematocritLaw::file) {
        return haematocrit;
    }
    const auto leaving = segments_downstream(network, flow_um3_per_min);
    std::vector<Received> received = from_outside(network, flow_um3_per_min);
    for (const std::int32_t node : order) {
        const Received& here = received[static_cast<std::size_t>(node)];
        const auto& branches = leaving[static_cast<std::size_t>(node)];
        for (const std::int32_t s : branches) {
            haematocrit[static_cast<std::size_t>(s)] = here.haematocrit();
        }
        if (law == HaematocritLaw::separated && branches.size() == 2 && here.feeders == 1) {
            separate(network, flow_um3_per_min, here, branches, haematocrit);
        }
        for (const std::int32_t s : branches) {
            const auto index = static_cast<std::size_t>(s);
            const Way way = way_of(network.flows[index], flow_um3_per_min[index]);
            Received& next = received[static_cast<std::size_t>(way.to)];
            const double blood = std::fabs(flow_um3_per_min[index]);
            next.blood += blood;
            next.red_cells += blood * haematocrit[index];
            next.feeder = s;
            ++next.feeders;
        }
    }
    return haematocrit;
}

} // namespace paget::organ
