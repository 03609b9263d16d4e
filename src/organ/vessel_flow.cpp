#include "paget/organ/vessel_flow.hpp"

#include "blood_rheology.hpp"
#include "red_cells.hpp"
#include "vessel_graph.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace paget::organ
{
namespace
{
constexpr double um3_per_nl = 1e6;
constexpr double seconds_per_min = 60.0;
/// What measured flows may lack at a node, of what passes it: more is a mistake, not rounding.
constexpr double allowed_imbalance = 0.01;
constexpr double settled_haematocrit = 1e-10;
constexpr int most_rounds = 500;

std::size_t index_of(std::int32_t i) { return static_cast<std::size_t>(i); }

std::vector<double> given_flow(const VesselNetwork& network, double factor)
{
    std::vector<double> flow(network.flows.size());
    std::transform(network.flows.begin(), network.flows.end(), flow.begin(),
                   [&](const MeasuredFlow& f) { return f.flow_nl_per_min * um3_per_nl * factor; });
    return flow;
}

double largest_of(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0,
                           [](double most, double v) { return std::max(most, std::fabs(v)); });
}

void leave_out_traces(std::vector<double>& flow, double share)
{
    const double least = share * largest_of(flow);
    std::replace_if(
        flow.begin(), flow.end(), [&](double q) { return std::fabs(q) <= least; }, 0.0);
}

std::vector<bool> ends(const VesselNetwork& network)
{
    std::vector<bool> is_end(network.nodes.size(), false);
    for (const FlowBoundary& end : network.boundary) {
        is_end[index_of(end.node)] = true;
    }
    return is_end;
}

/// Half of all that comes and goes at each node.
std::vector<double> throughput(const VesselNetwork& network, const std::vector<double>& flow)
{
    std::vector<double> passes(network.nodes.size(), 0.0);
    for (std::size_t s = 0; s < flow.size(); ++s) {
        passes[index_of(network.flows[s].from_node)] += 0.5 * std::fabs(flow[s]);
        passes[index_of(network.flows[s].to_node)] += 0.5 * std::fabs(flow[s]);
    }
    return passes;
}

/// Flows are measured, or rounded in print, one by one. What is left over at inner nodes is shared out over the
/// segments such that the sum of (change / flow)^2 * |flow| is least; ends take what comes.
double balance_measured(const VesselNetwork& network, std::vector<double>& flow)
{
    const std::vector<bool> is_end = ends(network);
    std::vector<double> surplus = net_outflow_um3_per_min(network, flow);
    std::vector<std::optional<double>> held(surplus.size());
    double largest = 0.0;
    for (std::size_t k = 0; k < surplus.size(); ++k) {
        surplus[k] = -surplus[k];
        if (is_end[k]) {
            held[k] = 0.0;
        } else {
            largest = std::max(largest, std::fabs(surplus[k]));
        }
    }
    if (largest == 0.0) {
        return 0.0;
    }
    std::vector<double> weight(flow.size());
    std::transform(flow.begin(), flow.end(), weight.begin(), [](double q) { return std::fabs(q); });
    const std::vector<double> shift = solve_potentials(network, weight, held, surplus, "balance of measured flows");
    double change = 0.0;
    for (std::size_t s = 0; s < flow.size(); ++s) {
        const MeasuredFlow& ends_of = network.flows[s];
        const double more = weight[s] * (shift[index_of(ends_of.from_node)] - shift[index_of(ends_of.to_node)]);
        change = std::max(change, std::fabs(more));
        flow[s] += more;
    }
    return change / largest_of(flow);
}

/// Poiseuille: flow per pressure drop [um^3/min/mmHg].
std::vector<double> conductances(const VesselNetwork& network, const std::vector<double>& haematocrit,
                                 const FlowDescription& description)
{
    std::vector<double> conductance(network.segments.size(), 0.0);
    for (std::size_t s = 0; s < conductance.size(); ++s) {
        const Segment& segment = network.segments[s];
        if (segment.flowing) {
            const double d_um = 2.0 * segment.radius_um;
            const double viscosity_pa_s =
                1e-3 * description.plasma_viscosity_mpa_s * relative_viscosity(d_um, haematocrit[s]);
            conductance[s] = std::numbers::pi * ((d_um * d_um) * (d_um * d_um)) /
                             (128.0 * viscosity_pa_s * segment.length_um()) * pa_per_mmhg * seconds_per_min;
        }
    }
    return conductance;
}

/// What the boundary conditions say at each node.
struct Ends {
    std::vector<std::optional<double>> pressure_mmhg;
    std::vector<double> inflow_um3_per_min;
};

/// Sums of what comes and of what goes in a part of the network all of whose ends have given flows.
struct GivenFlows {
    double in = 0.0;
    double out = 0.0;
    bool pressure = false;
};

std::vector<GivenFlows> given_flows_of_parts(const VesselNetwork& network, const std::vector<std::int32_t>& part,
                                             double factor)
{
    std::vector<GivenFlows> sums(network.nodes.size());
    for (const FlowBoundary& end : network.boundary) {
        GivenFlows& sum = sums[index_of(part[index_of(end.node)])];
        if (end.kind == FlowBoundary::Kind::pressure) {
            sum.pressure = true;
        } else {
            const double flow = end.value * um3_per_nl * factor;
            sum.in += std::max(flow, 0.0);
            sum.out += std::max(-flow, 0.0);
        }
    }
    return sums;
}

/// Where flows are given at all ends of a part, those outwards are scaled to what comes in.
Ends ends_for_pressure(const VesselNetwork& network, const std::vector<double>& conductance, double factor)
{
    const std::vector<std::int32_t> part = connected_parts(network, conductance);
    const std::vector<GivenFlows> sums = given_flows_of_parts(network, part, factor);
    Ends given{std::vector<std::optional<double>>(network.nodes.size()),
               std::vector<double>(network.nodes.size(), 0.0)};
    for (const FlowBoundary& end : network.boundary) {
        const std::size_t k = index_of(end.node);
        const GivenFlows& sum = sums[index_of(part[k])];
        if (end.kind == FlowBoundary::Kind::pressure) {
            given.pressure_mmhg[k] = end.value;
            continue;
        }
        const double flow = end.value * um3_per_nl * factor;
        given.inflow_um3_per_min[k] = flow < 0.0 && !sum.pressure ? flow * (sum.in / sum.out) : flow;
    }
    return given;
}

VesselFlow flow_by_pressure(const VesselNetwork& network, const FlowDescription& description)
{
    VesselFlow blood;
    blood.haematocrit = carry_red_cells(network, {}, {}, HaematocritLaw::file);
    for (int round = 0; round < most_rounds; ++round) {
        const std::vector<double> conductance = conductances(network, blood.haematocrit, description);
        const Ends given = ends_for_pressure(network, conductance, description.factor);
        blood.pressure_mmhg = solve_potentials(network, conductance, given.pressure_mmhg, given.inflow_um3_per_min,
                                               "blood pressure in " + network.title);
        blood.flow_um3_per_min.resize(conductance.size());
        for (std::size_t s = 0; s < conductance.size(); ++s) {
            const MeasuredFlow& of = network.flows[s];
            blood.flow_um3_per_min[s] = conductance[s] * (blood.pressure_mmhg[index_of(of.from_node)] -
                                                          blood.pressure_mmhg[index_of(of.to_node)]);
        }
        leave_out_traces(blood.flow_um3_per_min, description.least_share);
        blood.nodes_in_order = order_downstream(network, blood.flow_um3_per_min);
        std::vector<double> carried =
            carry_red_cells(network, blood.flow_um3_per_min, blood.nodes_in_order, description.haematocrit);
        double change = 0.0;
        for (std::size_t s = 0; s < carried.size(); ++s) {
            change = std::max(change, std::fabs(carried[s] - blood.haematocrit[s]));
        }
        if (change <= settled_haematocrit) {
            blood.haematocrit = std::move(carried);
            return blood;
        }
        // Cells that crowd into a branch slow its flow, so that fewer come: half a step does not swing.
        const double share = description.haematocrit == HaematocritLaw::separated && round > 0 ? 0.5 : 1.0;
        for (std::size_t s = 0; s < carried.size(); ++s) {
            blood.haematocrit[s] += share * (carried[s] - blood.haematocrit[s]);
        }
    }
    throw NumericalError(fmt::format("blood flow in {}: haematocrit and flow do not settle in {} rounds. Take "
                                     "vessels.haematocrit = mixed",
                                     network.title, most_rounds));
}

/// A node through which blood flows, but none that came from an end.
std::optional<std::size_t> node_in_circle(const VesselNetwork& network, const std::vector<double>& flow,
                                          const std::vector<std::int32_t>& nodes_in_order)
{
    std::vector<double> passes = throughput(network, flow);
    for (const std::int32_t k : nodes_in_order) {
        passes[index_of(k)] = 0.0;
    }
    const auto found = std::find_if(passes.begin(), passes.end(), [](double q) { return q > 0.0; });
    return found == passes.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - passes.begin()));
}

std::string problem_of_circle(const VesselNetwork& network, std::size_t node)
{
    return fmt::format("node {}: its blood comes in a circle (then nothing says what it carries). Correct the signs of "
                       "flows.",
                       network.nodes[node].name);
}

std::string problem_of_measured(const VesselNetwork& network, const FlowDescription& description)
{
    const std::vector<double> flow = given_flow(network, description.factor);
    const std::vector<double> net = net_outflow_um3_per_min(network, flow);
    const std::vector<double> passes = throughput(network, flow);
    const std::vector<bool> is_end = ends(network);
    for (std::size_t k = 0; k < net.size(); ++k) {
        if (!is_end[k] && std::fabs(net[k]) > allowed_imbalance * passes[k]) {
            return fmt::format("node {}: {:.4g} nl/min come and {:.4g} go (blood does not gather; 1 % may be missing). "
                               "Correct the flows of its segments, or make it a boundary node.",
                               network.nodes[k].name, (passes[k] - 0.5 * net[k]) / um3_per_nl,
                               (passes[k] + 0.5 * net[k]) / um3_per_nl);
        }
    }
    const auto circle = node_in_circle(network, flow, order_downstream(network, flow));
    return circle ? problem_of_circle(network, *circle) : "";
}

std::string problem_of_ends(const VesselNetwork& network, const FlowDescription& description)
{
    std::vector<double> flowing(network.segments.size());
    std::transform(network.segments.begin(), network.segments.end(), flowing.begin(),
                   [](const Segment& s) { return s.flowing ? 1.0 : 0.0; });
    const std::vector<std::int32_t> part = connected_parts(network, flowing);
    const std::vector<GivenFlows> sums = given_flows_of_parts(network, part, description.factor);
    for (std::size_t k = 0; k < sums.size(); ++k) {
        const GivenFlows& sum = sums[k];
        if (!sum.pressure && std::fabs(sum.in - sum.out) > allowed_imbalance * sum.in) {
            return fmt::format("the vessels around node {} have flows given at all ends, of which {:.4g} nl/min come "
                               "and {:.4g} go (blood does not gather). Correct them, or give a pressure at one end.",
                               network.nodes[k].name, sum.in / um3_per_nl, sum.out / um3_per_nl);
        }
    }
    return {};
}
} // namespace

std::vector<double> net_outflow_um3_per_min(const VesselNetwork& network, const std::vector<double>& flow_um3_per_min)
{
    std::vector<double> net(network.nodes.size(), 0.0);
    for (std::size_t s = 0; s < flow_um3_per_min.size(); ++s) {
        net[index_of(network.flows[s].from_node)] += flow_um3_per_min[s];
        net[index_of(network.flows[s].to_node)] -= flow_um3_per_min[s];
    }
    return net;
}

std::string flow_problem(const VesselNetwork& network, const FlowDescription& description)
{
    if (description.source == FlowSource::none) {
        return {};
    }
    if (network.flows.size() != network.segments.size() || network.nodes.empty() || network.boundary.empty()) {
        return "the vessels have no nodes at which blood comes and goes (so nothing says how it flows). Take vessels "
               "from a file that has boundary nodes, or a generated bed with flow = pressure.";
    }
    return description.source == FlowSource::file ? problem_of_measured(network, description)
                                                  : problem_of_ends(network, description);
}

VesselFlow find_flow(const VesselNetwork& network, const FlowDescription& description)
{
    ensure(description.source != FlowSource::none, "the flow of blood asked for where there is none");
    if (description.source == FlowSource::pressure) {
        return flow_by_pressure(network, description);
    }
    VesselFlow blood;
    blood.flow_um3_per_min = given_flow(network, description.factor);
    blood.correction = balance_measured(network, blood.flow_um3_per_min);
    leave_out_traces(blood.flow_um3_per_min, description.least_share);
    blood.nodes_in_order = order_downstream(network, blood.flow_um3_per_min);
    if (const auto circle = node_in_circle(network, blood.flow_um3_per_min, blood.nodes_in_order)) {
        throw InputError(problem_of_circle(network, *circle)); // the balance can turn flows round
    }
    blood.haematocrit = carry_red_cells(network, blood.flow_um3_per_min, blood.nodes_in_order, description.haematocrit);
    return blood;
}

} // namespace paget::organ
