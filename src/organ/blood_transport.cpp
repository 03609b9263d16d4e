#include "blood_transport.hpp"

#include "vessel_graph.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Weight of the upstream value in the mean over an element, for z = exchange over what flow carries: 1/2 where blood
/// hardly changes, 1/z where it comes to rest with the tissue at once.
double upstream_weight(double z)
{
    if (z < 1e-2) {
        return 0.5 - z * (1.0 / 12.0 - z * z / 720.0);
    }
    return z > 500.0 ? 1.0 / z : 1.0 / z - 1.0 / (portable_exp(z) - 1.0);
}
} // namespace

BloodTransport::BloodTransport(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                               const VesselElements& elements)
    : network_(&network),
      flow_(&flow),
      elements_(&elements),
      content_(carriage),
      leaving_(segments_downstream(network, flow.flow_um3_per_min)),
      junctions_(network.nodes.size())
{
    note_branches();
    note_ends(carriage);
}

void BloodTransport::note_branches()
{
    for (std::size_t k = 0; k < junctions_.size(); ++k) {
        for (const std::int32_t s : leaving_[k]) {
            const double flow = std::fabs(flow_->flow_um3_per_min[static_cast<std::size_t>(s)]);
            junctions_[k].flow += flow;
            junctions_[k].haematocrit += flow * flow_->haematocrit[static_cast<std::size_t>(s)];
        }
    }
    for (Junction& junction : junctions_) {
        junction.haematocrit = junction.flow > 0.0 ? junction.haematocrit / junction.flow : 0.0;
    }
}

void BloodTransport::note_ends(const BloodCarriage& carriage)
{
    const std::vector<double> net = net_outflow_um3_per_min(*network_, flow_->flow_um3_per_min);
    for (const FlowBoundary& end : network_->boundary) {
        const auto k = static_cast<std::size_t>(end.node);
        if (net[k] > 0.0) {
            const double p = carriage.unit_per_mmhg > 0.0 ? end.oxygen_mmhg * carriage.unit_per_mmhg : carriage.inflow;
            // Where all of a node's blood comes from outside, its branches say how many red cells came with it.
            const bool only = junctions_[k].flow <= net[k] * (1.0 + 1e-9);
            junctions_[k].brought = net[k] * content_.at(p, only ? junctions_[k].haematocrit : end.haematocrit);
            largest_inflow_ = std::max(largest_inflow_, p);
        } else {
            junctions_[k].outside = -net[k];
        }
    }
}

/// One element: amount is what flows into it per time, p the concentration; both become those at its end. Returns the
/// mean concentration.
double BloodTransport::step(const VesselElement& element, double tissue, std::size_t segment, double& p,
                            double& amount) const
{
    const double flow = std::fabs(flow_->flow_um3_per_min[segment]);
    const double haematocrit = flow_->haematocrit[segment];
    const double exchange = element.um3_per_min;
    const double gap = p - tissue;
    const double chord = std::fabs(gap) > 1e-6 * std::max(p, tissue)
                             ? (content_.at(p, haematocrit) - content_.at(tissue, haematocrit)) / gap
                             : content_.slope(std::max(p, tissue), haematocrit);
    const double upstream = upstream_weight(exchange / (flow * chord));
    const double left = amount - exchange * (upstream * p - tissue);
    const double end = content_.concentration(left, flow, haematocrit, exchange * (1.0 - upstream));
    const double mean = upstream * p + (1.0 - upstream) * end;
    amount -= exchange * (mean - tissue);
    p = end;
    return mean;
}

/// One segment from its upstream node at concentration p. Returns what arrives.
double BloodTransport::along(std::size_t segment, double p, std::span<const double> tissue, BloodPassage& passage) const
{
    const double flow = flow_->flow_um3_per_min[segment];
    const auto first = static_cast<std::size_t>(elements_->first[segment]);
    const auto end = static_cast<std::size_t>(elements_->first[segment + 1]);
    double amount = std::fabs(flow) * content_.at(p, flow_->haematocrit[segment]);
    const double entering = amount;
    for (std::size_t i = first; i < end; ++i) {
        const std::size_t e = flow > 0.0 ? i : end - 1 - (i - first);
        passage.blood[e] = step(elements_->all[e], tissue[e], segment, p, amount);
    }
    passage.given_off += entering - amount;
    return amount;
}

BloodPassage BloodTransport::pass(std::span<const double> tissue) const
{
    BloodPassage passage;
    passage.blood.assign(elements_->all.size(), 0.0);
    std::vector<double> arrived(junctions_.size(), 0.0);
    for (const std::int32_t node : flow_->nodes_in_order) {
        const auto k = static_cast<std::size_t>(node);
        const Junction& junction = junctions_[k];
        passage.carried_in += junction.brought;
        const double amount = arrived[k] + junction.brought;
        if (leaving_[k].empty()) {
            passage.carried_out += amount;
            continue;
        }
        const double p = content_.concentration(amount, junction.flow + junction.outside, junction.haematocrit);
        passage.carried_out += junction.outside * content_.at(p, junction.haematocrit);
        for (const std::int32_t s : leaving_[k]) {
            const auto segment = static_cast<std::size_t>(s);
            const Way way = way_of(network_->flows[segment], flow_->flow_um3_per_min[segment]);
            arrived[static_cast<std::size_t>(way.to)] += along(segment, p, tissue, passage);
        }
    }
    return passage;
}

} // namespace paget::organ
