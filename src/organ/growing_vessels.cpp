#include "paget/organ/growing_vessels.hpp"

#include "growing_network.hpp"
#include "tip_cells.hpp"
#include "vessel_life.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Loops without a difference of pressure are common here, and short pieces make what solvers leave in them large.
constexpr double least_share_of_flow = 1e-9;

FlowDescription with_least_share(FlowDescription flow)
{
    flow.least_share = least_share_of_flow;
    return flow;
}
} // namespace

GrowingVessels::GrowingVessels(const VesselNetwork& initial, const FlowDescription& flow, const Angiogenesis& rules,
                               const mesh::Grid& grid, const RandomNumbers& random, std::uint64_t organ_key)
    : flow_description_(with_least_share(flow)),
      rules_(rules),
      grid_(grid),
      random_(random),
      organ_key_(organ_key),
      state_(grown_from(initial)),
      flow_(settle_flow(state_, flow_description_))
{
}

void GrowingVessels::restore(GrownVessels saved)
{
    saved.network.title = state_.network.title;
    saved.network.boundary = state_.network.boundary;
    saved.first_nodes = state_.first_nodes;
    state_ = std::move(saved);
    flow_ = settle_flow(state_, flow_description_);
}

/// What is felt at segments belongs to them as they were, so it acts before they are cut; what vanishes is taken out
/// last.
bool GrowingVessels::advance(const VesselSurroundings& around, Tick now)
{
    const TipStep step{rules_, grid_, random_, organ_key_, now, minutes_from_ticks(now - state_.advanced_to)};
    const std::vector<double> shear_pa = wall_shear_pa();
    const std::size_t tips = state_.tips.size();
    bool other_walls = mature(state_, around, rules_, step.minutes);
    bool other_way = collapse_and_reopen(state_, around, rules_);
    other_way = sprout(state_, around, step) || other_way;
    other_way = move_tips(state_, around, tips, step) || other_way;
    const std::int64_t gone = regress(state_, shear_pa, rules_, now, step.minutes, random_, organ_key_);
    state_.events.number[VesselEvents::regressed] += gone;
    state_.advanced_to = now;
    if (other_way || gone > 0) {
        flow_ = settle_flow(state_, flow_description_);
        other_walls = true;
    }
    return other_walls;
}

std::vector<double> GrowingVessels::wall_shear_pa() const
{
    const VesselNetwork& network = state_.network;
    std::vector<double> shear(network.segments.size(), 0.0);
    for (std::size_t s = 0; s < shear.size(); ++s) {
        const Segment& segment = network.segments[s];
        if (segment.flowing) {
            const double drop = flow_.pressure_mmhg[static_cast<std::size_t>(network.flows[s].from_node)] -
                                flow_.pressure_mmhg[static_cast<std::size_t>(network.flows[s].to_node)];
            shear[s] = pa_per_mmhg * std::fabs(drop) * segment.radius_um / (2.0 * segment.length_um());
        }
    }
    return shear;
}

VesselSummary GrowingVessels::summary() const
{
    VesselSummary sum;
    const VesselNetwork& network = state_.network;
    double mature_um = 0.0;
    double pressure_um = 0.0;
    for (std::size_t s = 0; s < network.segments.size(); ++s) {
        const double length_um = network.segments[s].length_um();
        sum.length_um += length_um;
        mature_um += length_um * network.segments[s].maturity;
        sum.collapsed_um += state_.lives[s].collapsed ? length_um : 0.0;
        if (network.segments[s].flowing) {
            sum.flowing_um += length_um;
            pressure_um += 0.5 * length_um *
                           (flow_.pressure_mmhg[static_cast<std::size_t>(network.flows[s].from_node)] +
                            flow_.pressure_mmhg[static_cast<std::size_t>(network.flows[s].to_node)]);
        }
    }
    sum.mean_pressure_mmhg = sum.flowing_um > 0.0 ? pressure_um / sum.flowing_um : 0.0;
    sum.mean_maturity = sum.length_um > 0.0 ? mature_um / sum.length_um : 0.0;
    sum.segments = static_cast<std::int64_t>(network.segments.size());
    sum.tips = static_cast<std::int64_t>(state_.tips.size());
    sum.events = state_.events;
    return sum;
}

} // namespace paget::organ
