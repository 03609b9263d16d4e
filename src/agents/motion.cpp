#include "motion.hpp"

#include <algorithm>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double largest_push_in_radii = 0.25;
constexpr double largest_push_um = 16.0; // of giants: a sub-step must fit into 32 bits of quanta
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

Vec3 crawled(const Columns& cells, std::size_t cell, double minutes)
{
    const double speed_um_per_min = cells.crawl_um_per_min[cell];
    const Vec3 crawl = speed_um_per_min > 0.0 ? (speed_um_per_min * minutes) * cells.heading_of(cell) : Vec3{};
    return crawl + minutes * cells.drift_of(cell);
}

double crawl_speed_um_per_min(const CellType& type, double speed_um_per_min, Fate fate, double matrix_density)
{
    return fate == Fate::cycling ? speed_um_per_min * matrix_factor(matrix_density, type.motility.matrix_optimum) : 0.0;
}

Vec3 cut_push(const Vec3& push_um, double radius_um)
{
    const double longest = std::min(largest_push_in_radii * radius_um, largest_push_um);
    const double squared = dot(push_um, push_um);
    return squared > longest * longest ? (longest / std::sqrt(squared)) * push_um : push_um;
}

double advance_places(Columns& cells, const PairSummation& pairs, double velocity_quantum_um_per_min,
                      const Walls& walls, double minutes)
{
    const double um_per_quantum = velocity_quantum_um_per_min * minutes;
    std::int64_t farthest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Triple<std::int32_t> last = cells.velocity[i];
        const Triple<std::int32_t> now = pairs.at(i);
        const Vec3 mean = last == Triple<std::int32_t>{} ? real(now) : 1.5 * real(now) - 0.5 * real(last);
        const Vec3 pushed = cut_push(um_per_quantum * mean, cells.radius_um[i]);
        const Place before = cells.place(i);
        const Place after = walls.mirrored(before + nearest_place(pushed + crawled(cells, i, minutes)));
        farthest = std::max(farthest, largest_component(after - before));
        cells.set_place(i, after);
        cells.velocity[i] = now;
    }
    return um_of(farthest);
}

} // namespace paget::agents
