#include "vessel_graph.hpp"

#include "paget/petsc/linear_system.hpp"

#include <functional>
#include <numeric>
#include <queue>

namespace paget::organ
{
namespace
{
std::size_t root_of(std::vector<std::int32_t>& part, std::int32_t node)
{
    while (part[static_cast<std::size_t>(node)] != node) {
        auto& next = part[static_cast<std::size_t>(node)];
        next = part[static_cast<std::size_t>(next)];
        node = next;
    }
    return static_cast<std::size_t>(node);
}

std::vector<bool> parts_with_held_nodes(const std::vector<std::int32_t>& part,
                                        const std::vector<std::optional<double>>& held)
{
    std::vector<bool> has(part.size(), false);
    for (std::size_t k = 0; k < part.size(); ++k) {
        has[static_cast<std::size_t>(part[k])] = has[static_cast<std::size_t>(part[k])] || held[k].has_value();
    }
    return has;
}
} // namespace

std::vector<std::int32_t> connected_parts(const VesselNetwork& network, std::span<const double> conductance)
{
    std::vector<std::int32_t> part(network.nodes.size());
    std::iota(part.begin(), part.end(), 0);
    for (std::size_t s = 0; s < network.flows.size(); ++s) {
        if (conductance[s] > 0.0) {
            const std::size_t a = root_of(part, network.flows[s].from_node);
            const std::size_t b = root_of(part, network.flows[s].to_node);
            part[std::max(a, b)] = static_cast<std::int32_t>(std::min(a, b));
        }
    }
    for (std::size_t k = 0; k < part.size(); ++k) {
        part[k] = static_cast<std::int32_t>(root_of(part, static_cast<std::int32_t>(k)));
    }
    return part;
}

std::vector<double> solve_potentials(const VesselNetwork& network, std::span<const double> conductance,
                                     const std::vector<std::optional<double>>& held, std::span<const double> source,
                                     const std::string& what)
{
    const std::vector<std::int32_t> part = connected_parts(network, conductance);
    const std::vector<bool> anchored = parts_with_held_nodes(part, held);
    std::vector<bool> fixed(part.size());
    std::vector<double> right(source.begin(), source.end());
    std::vector<petsc::MatrixEntry> entries;
    for (std::size_t k = 0; k < part.size(); ++k) {
        const bool first = part[k] == static_cast<std::int32_t>(k);
        fixed[k] = held[k].has_value() || (first && !anchored[k]);
        if (fixed[k]) {
            right[k] = held[k].value_or(0.0);
            entries.push_back({static_cast<int>(k), static_cast<int>(k), 1.0});
        }
    }
    const auto add = [&](std::int32_t row, std::int32_t other, double g) {
        if (!fixed[static_cast<std::size_t>(row)]) {
            entries.push_back({row, row, g});
            entries.push_back({row, other, -g});
        }
    };
    for (std::size_t s = 0; s < network.flows.size(); ++s) {
        if (conductance[s] > 0.0) {
            add(network.flows[s].from_node, network.flows[s].to_node, conductance[s]);
            add(network.flows[s].to_node, network.flows[s].from_node, conductance[s]);
        }
    }
    return petsc::solve_linear_system(std::move(entries), right, what);
}

std::vector<std::vector<std::int32_t>> segments_downstream(const VesselNetwork& network,
                                                           std::span<const double> flow_um3_per_min)
{
    std::vector<std::vector<std::int32_t>> leaving(network.nodes.size());
    for (std::size_t s = 0; s < network.flows.size(); ++s) {
        if (flow_um3_per_min[s] != 0.0) {
            const Way way = way_of(network.flows[s], flow_um3_per_min[s]);
            leaving[static_cast<std::size_t>(way.from)].push_back(static_cast<std::int32_t>(s));
        }
    }
    return leaving;
}

std::vector<std::int32_t> order_downstream(const VesselNetwork& network, std::span<const double> flow_um3_per_min)
{
    const auto leaving = segments_downstream(network, flow_um3_per_min);
    std::vector<int> awaited(network.nodes.size(), 0);
    std::vector<bool> reached(network.nodes.size(), false);
    for (std::size_t s = 0; s < network.flows.size(); ++s) {
        if (flow_um3_per_min[s] != 0.0) {
            const Way way = way_of(network.flows[s], flow_um3_per_min[s]);
            ++awaited[static_cast<std::size_t>(way.to)];
            reached[static_cast<std::size_t>(way.from)] = reached[static_cast<std::size_t>(way.to)] = true;
        }
    }
    std::priority_queue<std::int32_t, std::vector<std::int32_t>, std::greater<>> ready;
    for (std::size_t k = 0; k < awaited.size(); ++k) {
        if (reached[k] && awaited[k] == 0) {
            ready.push(static_cast<std::int32_t>(k));
        }
    }
    std::vector<std::int32_t> order;
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (const std::int32_t s : leaving[static_cast<std::size_t>(order.back())]) {
            const auto index = static_cast<std::size_t>(s);
            const Way way = way_of(network.flows[index], flow_um3_per_min[index]);
            if (--awaited[static_cast<std::size_t>(way.to)] == 0) {
                ready.push(way.to);
            }
        }
    }
    return order;
}

} // namespace paget::organ
