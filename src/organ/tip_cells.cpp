#include "tip_cells.hpp"

#include "growing_network.hpp"
#include "vessel_fusion.hpp"

#include "paget/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paget::organ
{
namespace
{
/// Stalks are straight over at least this length; shorter ones are stretched.
constexpr double stalk_piece_um = 20.0;
constexpr double shortest_way_um = 1e-3;
constexpr double shortest_joint_um = 1.0;

/// Lateral inhibition: whether another tip, or a place where one began, is nearer than allowed. `except`: an id.
bool inhibited(const GrownVessels& vessels, const Vec3& at_um, double distance_um, std::int64_t except)
{
    const auto& nodes = vessels.network.nodes;
    const auto near = [&](const Vec3& other_um) { return norm(other_um - at_um) < distance_um; };
    const bool by_tip = std::any_of(vessels.tips.begin(), vessels.tips.end(), [&](const TipCell& tip) {
        return tip.id != except && near(nodes[place(tip.node)].position_um);
    });
    if (by_tip || except != 0) {
        return by_tip;
    }
    for (std::size_t k = 0; k < nodes.size(); ++k) {
        if (vessels.sprouted[k] != 0 && near(nodes[k].position_um)) {
            return true;
        }
    }
    return false;
}

void begin_tip(GrownVessels& vessels, std::int32_t node, const Vec3& velocity_um_per_min, Tick now)
{
    TipCell tip;
    tip.id = vessels.next_id++;
    tip.node = node;
    tip.velocity_um_per_min = velocity_um_per_min;
    tip.origin_um = vessels.network.nodes[place(node)].position_um;
    tip.born_at = tip.fed_at = now;
    vessels.sprouted[place(node)] = 1;
    vessels.tips.push_back(tip);
}

/// Where along a segment a new tip begins, as a fraction of it; negative if none does.
double sprouting_place(const GrownVessels& vessels, const VesselSurroundings& around, std::size_t segment,
                       const TipStep& step)
{
    const auto first = place(around.first[segment]);
    const auto pieces = place(around.first[segment + 1]) - first;
    double sum = 0.0;
    for (std::size_t i = 0; i < pieces; ++i) {
        sum += step.rules.response(around.signal[first + i]);
    }
    const Segment& vessel = vessels.network.segments[segment];
    const double hazard = step.rules.sprouting_per_um_min * (vessel.length_um() / static_cast<double>(pieces)) * sum;
    const auto u = step.random.uniforms(Purpose::sprouting, step.key(vessel.name), step.now);
    if (u[0] >= event_probability(hazard, step.minutes)) {
        return -1.0;
    }
    double left = u[1] * sum;
    std::size_t i = 0;
    while (i + 1 < pieces && left >= step.rules.response(around.signal[first + i])) {
        left -= step.rules.response(around.signal[first + i++]);
    }
    return (static_cast<double>(i) + u[2]) / static_cast<double>(pieces);
}

/// Two tips where there was one, 30 degrees to either side of its way.
void branch(GrownVessels& vessels, const TipCell& tip, const TipStep& step)
{
    const Vec3 along = direction(tip.velocity_um_per_min);
    const Vec3 guess =
        step.random.unit_vector(Purpose::tip_branching, step.key(tip.id), step.now, step.grid.planar(), 1);
    const Vec3 across = direction(guess - dot(guess, along) * along);
    const double speed = norm(tip.velocity_um_per_min);
    const Vec3 ahead = (0.5 * std::numbers::sqrt3 * speed) * along;
    begin_tip(vessels, tip.node, ahead + 0.5 * speed * across, step.now);
    begin_tip(vessels, tip.node, ahead - 0.5 * speed * across, step.now);
}

bool branches(const GrownVessels& vessels, const TipCell& tip, double signal, const TipStep& step)
{
    const Angiogenesis& rules = step.rules;
    if (minutes_from_ticks(step.now - tip.born_at) < rules.branching_age_min || norm(tip.velocity_um_per_min) == 0.0) {
        return false;
    }
    const double u = step.random.uniform(Purpose::tip_branching, step.key(tip.id), step.now);
    return u < event_probability(rules.branching_per_min * rules.response(signal), step.minutes) &&
           !inhibited(vessels, vessels.network.nodes[place(tip.node)].position_um, rules.sprout_distance_um, tip.id);
}

/// Tips do not leave the tissue: a velocity out of it is turned round. One that begins at a face, nearer to it than
/// allowed, keeps its way inwards.
Vec3 kept_inside(const Vec3& at_um, double margin_um, const mesh::Grid& grid, Vec3& velocity)
{
    const Vec3 size = grid.extent_um();
    const auto keep = [margin_um](double at, double length, double& speed) {
        const double margin = std::min(margin_um, 0.5 * length);
        const double kept = std::clamp(at, margin, length - margin);
        const bool outwards = (kept - at) * speed < 0.0;
        speed = outwards ? -speed : speed;
        return kept;
    };
    return {keep(at_um.x, size.x, velocity.x), keep(at_um.y, size.y, velocity.y), keep(at_um.z, size.z, velocity.z)};
}

/// The vessel that a tip joins on a way, if it is clear of the vessel that it comes from.
Meeting meeting_of(const GrownVessels& vessels, const TipCell& tip, const Vec3& from_um, const Vec3& to_um,
                   const Angiogenesis& rules)
{
    const double reach_um = rules.fusion_reach_um + rules.sprout_radius_um;
    if (norm(to_um - tip.origin_um) <= 2.0 * (reach_um + rules.sprout_radius_um)) {
        return {};
    }
    return nearest_vessel(vessels.network, from_um, to_um, reach_um,
                          [&](std::size_t s) { return vessels.lives[s].sprout != tip.id; });
}

/// Lays the last piece of a stalk to a vessel. Returns whether there was room for it.
bool join(GrownVessels& vessels, const TipCell& tip, const Meeting& meeting, const TipStep& step)
{
    const std::int32_t target = node_on(vessels, meeting.segment, meeting.fraction);
    const auto& nodes = vessels.network.nodes;
    const Vec3 way_um = nodes[place(target)].position_um - nodes[place(tip.node)].position_um;
    if (target == tip.node || norm(way_um) < shortest_joint_um) {
        return false;
    }
    add_segment(vessels, tip.node, target, step.rules.sprout_radius_um, tip.id, step.now);
    // A tip that has come there has found a vessel, too; one that begins there goes on.
    std::erase_if(vessels.tips, [&](const TipCell& other) { return other.node == target && other.segment >= 0; });
    vessels.events.number[VesselEvents::fusions] += 1;
    return true;
}

void lengthen(GrownVessels& vessels, std::int64_t id, const Vec3& to_um, const TipStep& step)
{
    const auto tip =
        std::find_if(vessels.tips.begin(), vessels.tips.end(), [id](const TipCell& t) { return t.id == id; });
    const auto& segments = vessels.network.segments;
    if (tip->segment >= 0 && segments[place(tip->segment)].length_um() < stalk_piece_um) {
        move_end(vessels, tip->segment, to_um);
        return;
    }
    const std::int32_t from = tip->node;
    tip->node = add_node(vessels, to_um);
    tip->segment = add_segment(vessels, from, tip->node, step.rules.sprout_radius_um, id, step.now);
}

void remove_tip(GrownVessels& vessels, std::int64_t id)
{
    std::erase_if(vessels.tips, [id](const TipCell& tip) { return tip.id == id; });
}

/// One tip that is fed. Its place in the list may change when others end.
bool go_on(GrownVessels& vessels, TipCell& tip, const Vec3& gradient, const TipStep& step)
{
    const Vec3 from_um = vessels.network.nodes[place(tip.node)].position_um;
    tip.velocity_um_per_min = next_velocity(tip, gradient, step);
    const Vec3 to_um = kept_inside(from_um + step.minutes * tip.velocity_um_per_min, step.rules.sprout_radius_um,
                                   step.grid, tip.velocity_um_per_min);
    if (norm(to_um - from_um) < shortest_way_um) {
        return false;
    }
    const TipCell moved = tip;
    const Meeting meeting = meeting_of(vessels, moved, from_um, to_um, step.rules);
    if (meeting.segment >= 0 && join(vessels, moved, meeting, step)) {
        remove_tip(vessels, moved.id);
    } else {
        lengthen(vessels, moved.id, to_um, step);
    }
    return true;
}

/// One tip. Returns whether it changed the vessels or ended.
bool decide(GrownVessels& vessels, TipCell& tip, double signal, const Vec3& gradient, const TipStep& step)
{
    const std::int64_t id = tip.id;
    if (signal <= step.rules.threshold) { // it waits, but not for ever
        const bool starves = minutes_from_ticks(step.now - tip.fed_at) > step.rules.starvation_min;
        if (starves) {
            remove_tip(vessels, id);
            vessels.events.number[VesselEvents::starved] += 1;
        }
        return starves;
    }
    tip.fed_at = step.now;
    if (branches(vessels, tip, signal, step)) {
        branch(vessels, TipCell(tip), step);
        remove_tip(vessels, id);
        vessels.events.number[VesselEvents::branches] += 1;
        return true;
    }
    return go_on(vessels, tip, gradient, step);
}
} // namespace

Vec3 next_velocity(const TipCell& tip, const Vec3& gradient, const TipStep& step)
{
    const Angiogenesis& rules = step.rules;
    const Vec3 drift_um_per_min =
        (rules.tip_speed_um_per_min / (norm(gradient) + rules.gradient_half_per_um)) * gradient;
    const double kept = portable_exp(-step.minutes / rules.tip_persistence_min);
    const double spread = rules.tip_random_um_per_min * std::sqrt(1.0 - kept * kept);
    const auto noise = [&](std::uint64_t axis) {
        return step.random.normal(Purpose::tip_motion, step.key(tip.id), step.now, axis);
    };
    return drift_um_per_min + kept * (tip.velocity_um_per_min - drift_um_per_min) +
           spread * Vec3{noise(0), noise(1), noise(2)};
}

bool sprout(GrownVessels& vessels, const VesselSurroundings& around, const TipStep& step)
{
    const std::size_t segments = vessels.network.segments.size();
    bool any = false;
    for (std::size_t s = 0; s < segments; ++s) {
        if (!vessels.network.segments[s].flowing) {
            continue;
        }
        const double fraction = sprouting_place(vessels, around, s, step);
        if (fraction < 0.0 ||
            inhibited(vessels, vessels.network.segments[s].point_um(fraction), step.rules.sprout_distance_um, 0)) {
            continue;
        }
        begin_tip(vessels, node_on(vessels, static_cast<std::int32_t>(s), fraction), {}, step.now);
        vessels.events.number[VesselEvents::sprouts] += 1;
        any = true;
    }
    return any;
}

bool move_tips(GrownVessels& vessels, const VesselSurroundings& around, std::size_t tips, const TipStep& step)
{
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < tips; ++i) {
        ids.push_back(vessels.tips[i].id);
    }
    bool any = false;
    for (std::size_t i = 0; i < tips; ++i) {
        const auto tip =
            std::find_if(vessels.tips.begin(), vessels.tips.end(), [&](const TipCell& t) { return t.id == ids[i]; });
        if (tip != vessels.tips.end()) { // else another one met it
            any = decide(vessels, *tip, around.tip_signal[i], around.tip_gradient[i], step) || any;
        }
    }
    return any;
}

} // namespace paget::organ
