#include "seeding.hpp"

#include "paget/agents/cell_type.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// A unit vector perpendicular to `axis`, nearest in sense to `guess`.
Vec3 perpendicular(const Vec3& axis, const Vec3& guess)
{
    const Vec3 along = direction(axis);
    const Vec3 across = guess - dot(guess, along) * along;
    if (norm(across) > 1e-6) {
        return direction(across);
    }
    const Vec3 other = std::fabs(along.x) < 0.5 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
    return direction(cross(along, other));
}

/// From a vessel's axis into the tissue. In 2-D vessels across the plane are seen end on, those in it from above.
Vec3 outward(const Segment& segment, const Vec3& guess, bool planar)
{
    const Vec3 axis = segment.end_um - segment.start_um;
    if (!planar) {
        return perpendicular(axis, guess);
    }
    const Vec3 side{-axis.y, axis.x, 0.0};
    if (norm(side) <= std::fabs(axis.z)) {
        return guess;
    }
    return (dot(side, guess) < 0.0 ? -1.0 : 1.0) * direction(side);
}

Vec3 clamp_into(const mesh::Grid& grid, const Vec3& p)
{
    const Vec3 size = grid.extent_um();
    return {std::clamp(p.x, 0.0, size.x), std::clamp(p.y, 0.0, size.y),
            grid.planar() ? 0.5 * size.z : std::clamp(p.z, 0.0, size.z)};
}
} // namespace

Seeding::Seeding(const OrganDescription& organ, const VesselNetwork& vessels, const RandomNumbers& random,
                 double niche_gain)
    : organ_(&organ),
      vessels_(&vessels),
      random_(random),
      colonise_(std::min(1.0, organ.soil.colonise * (1.0 + niche_gain)))
{
    double sum = 0.0;
    for (std::size_t i = 0; i < vessels.segments.size(); ++i) {
        if (vessels.segments[i].flowing) {
            sum += vessels.segments[i].length_um();
            flowing_.push_back(i);
            cumulative_length_.push_back(sum);
        }
    }
}

Vec3 Seeding::entry_point_um(const agents::Arrival& arrival, double cell_radius_um, Tick now) const
{
    const std::uint64_t key = arrival.cluster.value;
    const auto u = random_.uniforms(Purpose::arrival_site, key, now);
    const Vec3 way = random_.unit_vector(Purpose::arrival_site, key, now, organ_->grid.planar(), 1);
    if (flowing_.empty()) { // a tissue without resolved vessels: capillaries are everywhere
        const Vec3 size = organ_->grid.extent_um();
        return {u[0] * size.x, u[1] * size.y, u[2] * size.z};
    }
    const auto chosen =
        std::upper_bound(cumulative_length_.begin(), cumulative_length_.end() - 1, u[0] * cumulative_length_.back());
    const Segment& segment =
        vessels_->segments[flowing_[static_cast<std::size_t>(chosen - cumulative_length_.begin())]];
    return segment.point_um(u[1]) + (segment.radius_um + cell_radius_um) * outward(segment, way, organ_->grid.planar());
}

agents::Fate Seeding::fate(const agents::Arrival& arrival, Tick now) const
{
    const auto u = random_.uniforms(Purpose::colonisation, arrival.cluster.value, now);
    if (u[0] < colonise_) {
        return agents::Fate::cycling;
    }
    return u[1] < organ_->soil.dormant ? agents::Fate::dormant : agents::Fate::apoptotic;
}

agents::CellRecord Seeding::settle(const agents::Arrival& arrival, const TimeStep& step) const
{
    agents::CellRecord cell = arrival.cell;
    const double radius_um = agents::radius_from_volume_um(cell.volume.total_um3());
    Vec3 position = entry_point_um(arrival, radius_um, step.begin);
    if (cell.id != arrival.cluster) { // members lie around the leader; forces sort them out
        position +=
            radius_um * random_.unit_vector(Purpose::arrival_site, cell.id.value, step.begin, organ_->grid.planar(), 2);
    }
    cell.position_um = clamp_into(organ_->grid, position);
    cell.velocity_um_per_min = {};
    cell.heading = {};
    cell.fate = fate(arrival, step.begin);
    cell.phase = 0;
    cell.phase_entered_at = step.end();
    return cell;
}

SeedingEvent event_of(const agents::Arrival& arrival, const agents::CellRecord& settled, Tick now)
{
    SeedingEvent event;
    event.at = now;
    event.cell = settled.id;
    event.clone = settled.clone;
    event.source = arrival.source;
    event.destination = arrival.destination;
    event.cluster_size = arrival.cluster_size;
    event.journeys = settled.journeys;
    event.fate = settled.fate;
    event.position_um = settled.position_um;
    return event;
}

} // namespace paget::organ
