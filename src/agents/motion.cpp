#include "motion.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double largest_push_in_radii = 0.25;

double mirror(double x, double end) { return std::clamp(x < 0.0 ? -x : (x > end ? 2.0 * end - x : x), 0.0, end); }

/// Adams-Bashforth-2 over one sub-step, cut to a part of the cell's radius.
Vec3 push(const Vec3& velocity, const Vec3& last, double radius_um, double minutes)
{
    const Vec3 mean = last == Vec3{} ? velocity : 1.5 * velocity - 0.5 * last;
    const Vec3 step = minutes * mean;
    const double length = norm(step);
    const double longest = largest_push_in_radii * radius_um;
    return length > longest ? (longest / length) * step : step;
}
} // namespace

double matrix_factor(double density, double optimum)
{
    if (optimum <= 0.0) {
        return 1.0;
    }
    const double w = std::clamp(density, 0.0, 1.0);
    const double width = w < optimum ? optimum : 1.0 - optimum;
    const double off = width > 0.0 ? (w - optimum) / width : 0.0;
    return 1.0 - off * off;
}

double crawl_speed_um_per_min(const CellType& type, State state, Fate fate, double matrix_density)
{
    if (fate != Fate::cycling) {
        return 0.0;
    }
    const MotilityParameters& motility = type.motility;
    return motility.speed_um_per_min[static_cast<std::size_t>(state)] *
           matrix_factor(matrix_density, motility.matrix_optimum);
}

Vec3 mirrored(const Vec3& p, const mesh::Grid& grid)
{
    const Vec3 end = grid.extent_um();
    return {mirror(p.x, end.x), mirror(p.y, end.y), grid.planar() ? 0.5 * grid.spacing_um[2] : mirror(p.z, end.z)};
}

Vec3 confined(const Vec3& p, const mesh::Grid& grid)
{
    const Vec3 end = grid.extent_um();
    return {std::clamp(p.x, 0.0, end.x), std::clamp(p.y, 0.0, end.y),
            grid.planar() ? 0.5 * grid.spacing_um[2] : std::clamp(p.z, 0.0, end.z)};
}

Displacement advance_positions(Columns& cells, std::span<const Vec3> pair_velocity, std::span<const Vec3> since,
                               const mesh::Grid& grid, double minutes)
{
    double longest = 0.0;
    double farthest = 0.0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Sphere& sphere = cells.sphere[i];
        const Vec3 pushed = push(pair_velocity[i], cells.velocity_um_per_min[i], sphere.radius_um, minutes);
        const Vec3 crawled = (cells.crawl_um_per_min[i] * minutes) * cells.heading[i];
        const Vec3 now = mirrored(sphere.centre_um + (pushed + crawled), grid);
        const Vec3 moved = now - sphere.centre_um;
        const Vec3 away = now - since[i];
        longest = std::max(longest, dot(moved, moved));
        farthest = std::max(farthest, dot(away, away));
        sphere.centre_um = now;
        cells.velocity_um_per_min[i] = pair_velocity[i];
    }
    return {std::sqrt(longest), std::sqrt(farthest)};
}

} // namespace paget::agents
