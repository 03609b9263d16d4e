#include "vessel_life.hpp"

#include "growing_network.hpp"
#include "vessel_graph.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Blind ends do not flow, nor what leads to nothing but them.
void close_blind_ends(VesselNetwork& network)
{
    std::vector<std::vector<std::size_t>> at(network.nodes.size());
    std::vector<int> open(network.nodes.size(), 0);
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        for (const std::int32_t node : {network.flows[s].from_node, network.flows[s].to_node}) {
            at[place(node)].push_back(s);
            open[place(node)] += network.segments[s].flowing ? 1 : 0;
        }
    }
    for (const FlowBoundary& end : network.boundary) {
        open[place(end.node)] += 2; // never blind
    }
    std::vector<std::size_t> blind;
    for (std::size_t k = 0; k < open.size(); ++k) {
        if (open[k] == 1) {
            blind.push_back(k);
        }
    }
    while (!blind.empty()) {
        const std::size_t k = blind.back();
        blind.pop_back();
        for (const std::size_t s : at[k]) {
            if (!network.segments[s].flowing || open[k] != 1) {
                continue;
            }
            network.segments[s].flowing = false;
            const MeasuredFlow& ends = network.flows[s];
            const std::size_t other = place(place(ends.from_node) == k ? ends.to_node : ends.from_node);
            open[k] = 0;
            if (--open[other] == 1) {
                blind.push_back(other);
            }
        }
    }
}

/// What drives blood through one connected part.
struct Drive {
    bool held = false;
    double lowest_mmhg = 0.0;
    double highest_mmhg = 0.0;
    bool given_flow = false;

    void add(const FlowBoundary& end)
    {
        if (end.kind == FlowBoundary::Kind::flow) {
            given_flow = given_flow || end.value != 0.0;
            return;
        }
        lowest_mmhg = held ? std::min(lowest_mmhg, end.value) : end.value;
        highest_mmhg = held ? std::max(highest_mmhg, end.value) : end.value;
        held = true;
    }
    bool drives() const { return held && (given_flow || lowest_mmhg < highest_mmhg); }
};

/// Where no end has a given pressure, blood has nowhere to go; where all have the same, it has no reason to.
void close_parts_without_drive(VesselNetwork& network)
{
    std::vector<double> open(network.segments.size());
    std::transform(network.segments.begin(), network.segments.end(), open.begin(),
                   [](const Segment& segment) { return segment.flowing ? 1.0 : 0.0; });
    const std::vector<std::int32_t> part = connected_parts(network, open);
    std::vector<Drive> drive(network.nodes.size());
    for (const FlowBoundary& end : network.boundary) {
        drive[place(part[place(end.node)])].add(end);
    }
    for (std::size_t s = 0; s < open.size(); ++s) {
        Segment& segment = network.segments[s];
        segment.flowing = segment.flowing && drive[place(part[place(network.flows[s].from_node)])].drives();
    }
}

double mean_response(const VesselSurroundings& around, std::size_t segment, const Angiogenesis& rules)
{
    double sum = 0.0;
    for (std::int32_t i = around.first[segment]; i < around.first[segment + 1]; ++i) {
        sum += rules.response(around.signal[place(i)]);
    }
    return sum / (around.first[segment + 1] - around.first[segment]);
}
} // namespace

VesselFlow settle_flow(GrownVessels& vessels, const FlowDescription& description)
{
    VesselNetwork& network = vessels.network;
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        network.segments[s].flowing = !vessels.lives[s].blocked && !vessels.lives[s].collapsed;
    }
    close_blind_ends(network);
    close_parts_without_drive(network);
    VesselFlow flow = find_flow(network, description);
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        network.segments[s].flowing = flow.flow_um3_per_min[s] != 0.0;
    }
    return flow;
}

bool collapse_and_reopen(GrownVessels& vessels, const VesselSurroundings& around, const Angiogenesis& rules)
{
    if (rules.collapse_pressure <= 0.0) {
        return false;
    }
    bool any = false;
    for (std::size_t s = 0; s < vessels.lives.size(); ++s) {
        const auto first = around.pressure.begin() + around.first[s];
        const double pressure = *std::max_element(first, around.pressure.begin() + around.first[s + 1]);
        bool& collapsed = vessels.lives[s].collapsed;
        const bool now = pressure > (collapsed ? rules.reopening_pressure : rules.collapse_pressure);
        vessels.events.number[VesselEvents::collapses] += now && !collapsed ? 1 : 0;
        any = any || now != collapsed;
        collapsed = now;
    }
    return any;
}

bool mature(GrownVessels& vessels, const VesselSurroundings& around, const Angiogenesis& rules, double minutes)
{
    bool any = false;
    for (std::size_t s = 0; s < vessels.lives.size(); ++s) {
        Segment& segment = vessels.network.segments[s];
        const double gain = segment.flowing ? rules.maturation_per_min : 0.0;
        const double rate = gain + rules.destabilisation_per_min * mean_response(around, s, rules);
        if (rate > 0.0) {
            const double rest = gain / rate;
            const double next = rest + (segment.maturity - rest) * portable_exp(-rate * minutes);
            any = any || next != segment.maturity;
            segment.maturity = next;
        }
    }
    return any;
}

std::int64_t regress(GrownVessels& vessels, const std::vector<double>& shear_pa, const Angiogenesis& rules, Tick now,
                     double minutes, const RandomNumbers& random, std::uint64_t organ_key)
{
    std::vector<bool> gone(vessels.lives.size(), false);
    for (std::size_t s = 0; s < gone.size(); ++s) {
        SegmentLife& life = vessels.lives[s];
        if (s >= shear_pa.size() || life.sprout == 0) { // of this step, or of the start
            continue;
        }
        if (shear_pa[s] >= rules.least_shear_pa) {
            life.stagnant_since = -1;
            continue;
        }
        life.stagnant_since = life.stagnant_since < 0 ? now : life.stagnant_since;
        if (minutes_from_ticks(now - life.stagnant_since) < rules.stagnation_min) {
            continue;
        }
        const Segment& segment = vessels.network.segments[s];
        const std::uint64_t key = (organ_key << 48U) | static_cast<std::uint64_t>(segment.name);
        gone[s] = random.uniform(Purpose::vessel_regression, key, now) <
                  event_probability(rules.regression_per_min * (1.0 - segment.maturity), minutes);
    }
    if (std::none_of(gone.begin(), gone.end(), [](bool g) { return g; })) {
        return 0;
    }
    return remove_segments(vessels, std::move(gone));
}

} // namespace paget::organ
