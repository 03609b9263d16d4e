#include "displacements.hpp"

#include "paget/core/vector_targets.hpp"

#include <bit>
#include <cmath>

namespace paget::agents
{
namespace
{
constexpr double largest_push_in_radii = 0.25;
constexpr double largest_push_um = 16.0; // of giants: a sub-step must fit into 32 bits of quanta

using Whole = Triple<std::int32_t>;

PAGET_VECTOR_TARGETS
void push_by_last_two(std::size_t cells, double um, const Whole* last, const PairSum* now, const VectorColumns& out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        const bool fresh = (last[i].x | last[i].y | last[i].z) == 0;
        const double ahead = fresh ? 1.0 : 1.5;
        out.x[i] = um * (ahead * now[i].x - 0.5 * last[i].x);
        out.y[i] = um * (ahead * now[i].y - 0.5 * last[i].y);
        out.z[i] = um * (ahead * now[i].z - 0.5 * last[i].z);
    }
}

PAGET_VECTOR_TARGETS
void push_by_extrapolation(std::size_t cells, double um, double w, const Whole* now, const Whole* before,
                           const VectorColumns& out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        out.x[i] = um * ((1.0 + w) * now[i].x - w * before[i].x);
        out.y[i] = um * ((1.0 + w) * now[i].y - w * before[i].y);
        out.z[i] = um * ((1.0 + w) * now[i].z - w * before[i].z);
    }
}

PAGET_VECTOR_TARGETS
void push_by_change(std::size_t cells, double um, const Whole* last, const PairSum* now, const VectorColumns& out)
{
    for (std::size_t i = 0; i < cells; ++i) {
        out.x[i] = um * (static_cast<double>(now[i].x) - last[i].x);
        out.y[i] = um * (static_cast<double>(now[i].y) - last[i].y);
        out.z[i] = um * (static_cast<double>(now[i].z) - last[i].z);
    }
}

inline double longest_push_um(float radius_um) { return std::min(largest_push_in_radii * radius_um, largest_push_um); }

PAGET_VECTOR_TARGETS
bool any_too_long(std::size_t cells, const float* radius_um, const VectorColumns& of)
{
    int any = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        const double longest = longest_push_um(radius_um[i]);
        any |= of.x[i] * of.x[i] + of.y[i] * of.y[i] + of.z[i] * of.z[i] > longest * longest ? 1 : 0;
    }
    return any != 0;
}

PAGET_VECTOR_TARGETS
void cut(std::size_t cells, const float* radius_um, const VectorColumns& of)
{
    for (std::size_t i = 0; i < cells; ++i) {
        const double longest = longest_push_um(radius_um[i]);
        const double squared = of.x[i] * of.x[i] + of.y[i] * of.y[i] + of.z[i] * of.z[i];
        const double factor = squared > longest * longest ? longest / std::sqrt(squared) : 1.0;
        of.x[i] *= factor;
        of.y[i] *= factor;
        of.z[i] *= factor;
    }
}

PAGET_VECTOR_TARGETS
void add_crawl(std::size_t cells, double minutes, const float* speed, const Triple<float>* heading,
               const VectorColumns& to)
{
    for (std::size_t i = 0; i < cells; ++i) {
        const double um = speed[i] > 0.0F ? speed[i] * minutes : 0.0;
        to.x[i] += um * heading[i].x;
        to.y[i] += um * heading[i].y;
        to.z[i] += um * heading[i].z;
    }
}

PAGET_VECTOR_TARGETS
void add_crawl_and_drift(std::size_t cells, double minutes, const float* speed, const Triple<float>* heading,
                         const Triple<float>* drift, const VectorColumns& to)
{
    for (std::size_t i = 0; i < cells; ++i) {
        const double um = speed[i] > 0.0F ? speed[i] * minutes : 0.0;
        to.x[i] += um * heading[i].x + minutes * drift[i].x;
        to.y[i] += um * heading[i].y + minutes * drift[i].y;
        to.z[i] += um * heading[i].z + minutes * drift[i].z;
    }
}

/// As std::lrint of what is below 2^51, in steps that every instruction set has: the sum's last bits are the quanta.
inline std::int64_t nearest_quanta(double um)
{
    constexpr double anchor = 6755399441055744.0; // 1.5 * 2^52
    const double near = std::clamp(um, -farthest_place_um, farthest_place_um);
    return std::bit_cast<std::int64_t>(near * place_quanta_per_um + anchor) - std::bit_cast<std::int64_t>(anchor);
}

inline Place nearest_quanta(const Vec3& um)
{
    return {nearest_quanta(um.x), nearest_quanta(um.y), nearest_quanta(um.z)};
}

/// Columns from the first of some cells on.
struct Places {
    std::int32_t* x;
    std::int32_t* y;
    std::int32_t* z;
    Triple<std::uint16_t>* rest;
    Whole* step; ///< out: displacements
};

PAGET_VECTOR_TARGETS
std::int64_t move(std::size_t cells, const VectorColumns& by_um, const Walls& walls, const Places& at)
{
    std::int64_t farthest = 0;
    for (std::size_t i = 0; i < cells; ++i) {
        const Triple<std::uint16_t> rest = at.rest[i];
        const Place from{Columns::join(at.x[i], rest.x), Columns::join(at.y[i], rest.y),
                         Columns::join(at.z[i], rest.z)};
        const Place to = walls.mirrored(from + nearest_quanta({by_um.x[i], by_um.y[i], by_um.z[i]}));
        const Place step = to - from;
        farthest = std::max(farthest, largest_component(step));
        at.x[i] = Columns::middle(to.x);
        at.y[i] = Columns::middle(to.y);
        at.z[i] = Columns::middle(to.z);
        at.rest[i] = {Columns::outer(to.x), Columns::outer(to.y), Columns::outer(to.z)};
        at.step[i] = {static_cast<std::int32_t>(step.x), static_cast<std::int32_t>(step.y),
                      static_cast<std::int32_t>(step.z)};
    }
    return farthest;
}
} // namespace

void Displacements::push_by_last_two(const Columns& cells, std::span<const PairSum> now, double um_per_quantum)
{
    agents::push_by_last_two(count_, um_per_quantum, cells.velocity.data() + first_, now.data() + first_, axes());
}

void Displacements::push_by_extrapolation(const Columns& cells, double w, double um_per_quantum)
{
    agents::push_by_extrapolation(count_, um_per_quantum, w, cells.velocity.data() + first_,
                                  cells.velocity_before.data() + first_, axes());
}

void Displacements::push_by_change(const Columns& cells, std::span<const PairSum> now, double um_per_quantum)
{
    agents::push_by_change(count_, um_per_quantum, cells.velocity.data() + first_, now.data() + first_, axes());
}

void Displacements::cut(const Columns& cells)
{
    const float* const radius_um = cells.radius_um.data() + first_;
    if (any_too_long(count_, radius_um, axes())) {
        agents::cut(count_, radius_um, axes());
    }
}

void Displacements::add_active_motion(const Columns& cells, double minutes)
{
    const float* const speed = cells.crawl_um_per_min.data() + first_;
    const Triple<float>* const heading = cells.heading.data() + first_;
    if (cells.drifts()) {
        add_crawl_and_drift(count_, minutes, speed, heading, cells.drift_um_per_min.data() + first_, axes());
    } else if (std::any_of(speed, speed + count_, [](float um_per_min) { return um_per_min > 0.0F; })) {
        add_crawl(count_, minutes, speed, heading, axes());
    }
}

std::int64_t Displacements::move(Columns& cells, const Walls& walls)
{
    std::array<Whole, most> unnoted; // a branch in the loop would cost more
    return agents::move(count_, axes(), walls,
                        {cells.x.data() + first_, cells.y.data() + first_, cells.z.data() + first_,
                         cells.rest.data() + first_, cells.in_steps() ? cells.step.data() + first_ : unnoted.data()});
}

void Displacements::keep_velocities(Columns& cells, std::span<const PairSum> now) const
{
    for (std::size_t i = first_; i < first_ + count_; ++i) {
        cells.velocity[i] = {now[i].x, now[i].y, now[i].z};
    }
}

} // namespace paget::agents
