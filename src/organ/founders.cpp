#include "founders.hpp"

#include <algorithm>
#include <cmath>

namespace paget::organ
{
namespace
{
/// Layers ABAB... of hexagonally packed spheres; neighbours at 95 % of the sum of radii, near the rest distance of the
/// default forces.
constexpr double packing = 0.95;

struct Site {
    double distance2;
    Vec3 position;
};

/// The sites of the packing inside the box and at most reach_um from its centre.
std::vector<Site> sites_within(const mesh::Grid& grid, double radius_um, double reach_um)
{
    const Vec3 centre = 0.5 * grid.extent_um();
    const double a = packing * 2.0 * radius_um;
    const double row = a * std::sqrt(3.0) / 2.0;
    const double layer = a * std::sqrt(2.0 / 3.0);
    const int nx = static_cast<int>(std::min(centre.x, reach_um) / a) + 2; // rows and layers are shifted by up to a
    const int ny = static_cast<int>(std::min(centre.y, reach_um) / row) + 2;
    const int nz = grid.planar() ? 0 : static_cast<int>(std::min(centre.z, reach_um) / layer) + 1;
    std::vector<Site> sites;
    for (int k = -nz; k <= nz; ++k) {
        const bool odd_layer = k % 2 != 0;
        for (int j = -ny; j <= ny; ++j) {
            for (int i = -nx; i <= nx; ++i) {
                const double shift_x = 0.5 * a * (std::abs(j) % 2) + (odd_layer ? 0.5 * a : 0.0);
                const Vec3 offset{i * a + shift_x, j * row + (odd_layer ? row / 3.0 : 0.0), k * layer};
                const double distance2 = dot(offset, offset);
                if (distance2 <= reach_um * reach_um && grid.contains(centre + offset)) {
                    sites.push_back({distance2, centre + offset});
                }
            }
        }
    }
    return sites;
}

/// At least `count` sites with all that are as near as the farthest of them, or all there are. The ball grows until it
/// holds them: an organ may have billions of sites.
std::vector<Site> nearest_sites(const mesh::Grid& grid, double radius_um, std::int64_t count)
{
    const double corner_um = 0.5 * norm(grid.extent_um());
    for (double reach_um = 4.0 * radius_um;; reach_um *= 1.5) {
        auto sites = sites_within(grid, radius_um, reach_um);
        if (static_cast<std::int64_t>(sites.size()) >= count || reach_um > corner_um) {
            return sites;
        }
    }
}

agents::State draw_state(const Founders& founders, double u)
{
    if (u < founders.mesenchymal_fraction) {
        return agents::State::mesenchymal;
    }
    return u < founders.mesenchymal_fraction + founders.hybrid_fraction ? agents::State::hybrid
                                                                        : agents::State::epithelial;
}

/// Phase and time already spent in it, as in an asynchronous culture. All are in a phase that never ends, if there is
/// one, since the start.
void draw_phase(agents::CellRecord& cell, const std::vector<agents::Phase>& phases, double u_phase, double u_age)
{
    const auto endless =
        std::find_if(phases.begin(), phases.end(), [](const agents::Phase& p) { return !(p.rate_per_min > 0.0); });
    if (endless != phases.end()) {
        cell.phase = static_cast<std::uint8_t>(endless - phases.begin());
        cell.phase_entered_at = 0;
        return;
    }
    double cycle_min = 0.0;
    for (const auto& phase : phases) {
        cycle_min += 1.0 / phase.rate_per_min;
    }
    double left = u_phase * cycle_min;
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const double mean_min = 1.0 / phases[i].rate_per_min;
        if (left < mean_min || i + 1 == phases.size()) {
            cell.phase = static_cast<std::uint8_t>(i);
            cell.phase_entered_at = -ticks_from_minutes(u_age * mean_min);
            return;
        }
        left -= mean_min;
    }
}

/// Anywhere in the box; forces sort out who lies on whom.
Vec3 scattered_place(const mesh::Grid& grid, CellId id, const RandomNumbers& random)
{
    const auto u = random.uniforms(Purpose::initial_position, id.value, 0);
    const Vec3 size = grid.extent_um();
    return {u[0] * size.x, u[1] * size.y, (grid.planar() ? 0.5 : u[2]) * size.z};
}

/// The given places, any, or those of a packed ball, whose symmetry a small displacement of each cell breaks.
std::vector<PlacedFounder> places_of(const Founders& founders, double radius_um, const mesh::Grid& grid, OrganKey organ,
                                     std::uint64_t first_number, const RandomNumbers& random)
{
    if (!founders.placed.empty()) {
        return founders.placed;
    }
    std::vector<PlacedFounder> places;
    while (founders.scattered && static_cast<std::int64_t>(places.size()) < founders.count) {
        const CellId id = CellId::make(organ, first_number + places.size());
        places.push_back({scattered_place(grid, id, random), {}, {}});
    }
    if (founders.scattered) {
        return places;
    }
    for (const Vec3& site : packed_sites(grid, radius_um, founders.count)) {
        const CellId id = CellId::make(organ, first_number + places.size());
        const Vec3 aside = random.unit_vector(Purpose::initial_position, id.value, 0, grid.planar());
        places.push_back({site + (0.05 * radius_um) * aside, {}, {}});
    }
    return places;
}
} // namespace

std::vector<Vec3> packed_sites(const mesh::Grid& grid, double radius_um, std::int64_t count)
{
    auto sites = nearest_sites(grid, radius_um, count);
    std::stable_sort(sites.begin(), sites.end(),
                     [](const Site& a, const Site& b) { return a.distance2 < b.distance2; });
    std::vector<Vec3> positions;
    for (std::size_t i = 0; i < std::min(sites.size(), static_cast<std::size_t>(count)); ++i) {
        positions.push_back(sites[i].position);
    }
    return positions;
}

std::vector<agents::CellRecord> place_founders(const Founders& founders, const agents::CellType& type,
                                               std::uint8_t type_index, const mesh::Grid& grid, OrganKey organ,
                                               std::uint64_t first_number, const RandomNumbers& random)
{
    std::vector<agents::CellRecord> cells;
    for (const PlacedFounder& place : places_of(founders, type.radius_um(), grid, organ, first_number, random)) {
        agents::CellRecord cell;
        const std::uint64_t number = first_number + cells.size();
        cell.id = CellId::make(organ, number);
        const auto u = random.uniforms(Purpose::initial_state, cell.id.value, 0);
        cell.position_um = place.position_um;
        cell.heading = place.heading;
        cell.volume = type.reference_volume();
        cell.traits = type.traits;
        cell.clone = static_cast<std::uint32_t>(number);
        cell.type = type_index;
        cell.state = place.state.value_or(draw_state(founders, u[0]));
        if (!founders.in_step) {
            draw_phase(cell, type.cycle.phases, u[1], u[2]);
        }
        cells.push_back(cell);
    }
    return cells;
}

} // namespace paget::organ
