#include "pair_kernel.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

// Loops over short arrays that the compiler turns into vector instructions of whatever processor it compiles for.

namespace paget::agents
{
namespace
{
constexpr std::size_t width = 16; // pairs that are computed together

constexpr std::size_t word = 64; // marks of cells that are collected before they are read
constexpr std::uint32_t mark[width] = {1U << 0, 1U << 1, 1U << 2,  1U << 3,  1U << 4,  1U << 5,  1U << 6,  1U << 7,
                                       1U << 8, 1U << 9, 1U << 10, 1U << 11, 1U << 12, 1U << 13, 1U << 14, 1U << 15};

float apart(std::int32_t a, std::int32_t b)
{
    return static_cast<float>(static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b)));
}

/// The centres of some cells along one axis: middle and half width of their span, from one of them.
struct Interval {
    std::int32_t origin = 0;
    float middle = 0.0F;
    float half_width = 0.0F;
};

Interval span_of(const std::int32_t* centres, const Run& run)
{
    // Rounding of what is computed with it stays far below, as cells of a neighbourhood are less than 2 mm apart.
    constexpr float margin = 1024.0F; // quanta, 0.001 um
    Interval interval{centres[run.first]};
    float low = 0.0F;
    float high = 0.0F;
    for (std::uint32_t i = run.first; i < run.first + run.count; ++i) {
        const float off = apart(centres[i], interval.origin);
        low = std::min(low, off);
        high = std::max(high, off);
    }
    interval.middle = 0.5F * (low + high);
    interval.half_width = 0.5F * (high - low) + margin;
    return interval;
}

/// How far a centre lies outside an interval, or a little less.
float outside(std::int32_t centre, const Interval& interval)
{
    const float beyond = std::fabs(apart(centre, interval.origin) - interval.middle) - interval.half_width;
    return beyond > 0.0F ? beyond : 0.0F;
}

/// The box around the centres of a bin's cells, and the longest of their reaches.
struct Hull {
    Interval x;
    Interval y;
    Interval z;
    float reach = 0.0F;
};

Hull hull_of(const PairColumns& cells, const Run& own)
{
    const float* const first = cells.reach_um + own.first;
    return {span_of(cells.x, own), span_of(cells.y, own), span_of(cells.z, own),
            *std::max_element(first, first + own.count) * kernel_quanta_per_um};
}

/// Marks, among `count` cells from `at` on, those that may be in reach of one within the hull.
template <std::size_t count>
std::uint32_t mark_near(const Hull& hull, const PairColumns& cells, std::size_t at)
{
    std::uint32_t marks = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const float x = outside(cells.x[at + k], hull.x);
        const float y = outside(cells.y[at + k], hull.y);
        const float z = outside(cells.z[at + k], hull.z);
        const float limit = cells.reach_um[at + k] * kernel_quanta_per_um + hull.reach;
        marks += (x * x + y * y) + z * z < limit * limit ? mark[k] : 0U;
    }
    return marks;
}

/// The same for at most 64 cells. Looks at a few more than asked, but not beyond the last of all.
std::uint64_t mark_near(const Hull& hull, const PairColumns& cells, std::size_t at, std::size_t count)
{
    std::uint64_t marks = 0;
    for (std::size_t k = 0; k < count;) {
        if (at + k + width <= cells.size) {
            marks |= std::uint64_t{mark_near<width>(hull, cells, at + k)} << k;
            k += width;
        } else {
            marks |= std::uint64_t{mark_near<1>(hull, cells, at + k)} << k;
            ++k;
        }
    }
    return marks & (~std::uint64_t{0} >> (word - count));
}

/// Writes where the marks are, counted from `first`; returns the end of the list.
std::int32_t* list_marks(std::uint64_t marks, std::size_t first, std::int32_t* list)
{
    for (; marks != 0; marks &= marks - 1U) {
        *list++ = static_cast<std::int32_t>(first) + std::countr_zero(marks);
    }
    return list;
}

/// Closes the packed cells with some that nobody reaches.
void close(const PackedCells& p, std::size_t n)
{
    for (std::size_t k = n; k < n + width; ++k) {
        p.x[k] = p.x[0] ^ 0x40000000;
        p.y[k] = p.y[0];
        p.z[k] = p.z[0];
        p.reach[k] = 0.0F;
    }
}

/// Copies the cells of all runs that matter to the bin.
std::size_t pack(const PairTask& task)
{
    const PairColumns& from = task.cells;
    const PackedCells& to = task.packed;
    const Hull hull = hull_of(from, task.own);
    std::int32_t* end = to.hit;
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.around[r];
        for (std::size_t k = 0; k < run.count; k += word) {
            const std::size_t first = run.first + k;
            end = list_marks(mark_near(hull, from, first, std::min(word, run.count - k)), first, end);
        }
    }
    const auto n = static_cast<std::size_t>(end - to.hit);
    for (std::size_t k = 0; k < n; ++k) {
        const std::int32_t i = to.hit[k];
        to.x[k] = from.x[i];
        to.y[k] = from.y[i];
        to.z[k] = from.z[i];
        to.radius[k] = from.radius_um[i] * kernel_quanta_per_um;
        to.reach[k] = from.reach_um[i] * kernel_quanta_per_um;
        to.row[k] = from.row[i];
    }
    close(to, n);
    return n;
}

/// One cell and what it meets; lengths in quanta.
struct Subject {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t z = 0;
    float radius = 0.0F;
    float reach = 0.0F;
    const float* repulsion = nullptr;
    const float* adhesion = nullptr;
};

Subject subject_of(const PairTask& task, std::uint32_t i)
{
    const PairColumns& c = task.cells;
    const std::size_t row = std::size_t{c.row[i]} * task.table.stride;
    return {c.x[i],
            c.y[i],
            c.z[i],
            c.radius_um[i] * kernel_quanta_per_um,
            c.reach_um[i] * kernel_quanta_per_um,
            task.table.repulsion + row,
            task.table.adhesion + row};
}

/// Marks, among `width` cells from `at` on, those in reach of the subject.
std::uint32_t mark_hits(const Subject& s, const PackedCells& p, std::size_t at)
{
    const std::int32_t* const px = p.x + at;
    const std::int32_t* const py = p.y + at;
    const std::int32_t* const pz = p.z + at;
    const float* const reach = p.reach + at;
    std::uint32_t marks = 0;
    for (std::size_t k = 0; k < width; ++k) {
        const float x = apart(px[k], s.x);
        const float y = apart(py[k], s.y);
        const float z = apart(pz[k], s.z);
        const float limit = reach[k] + s.reach;
        marks += (x * x + y * y) + z * z < limit * limit ? mark[k] : 0U;
    }
    return marks;
}

/// Lists the cells in reach, the subject itself and others on the same spot among them.
std::size_t find_hits(const Subject& s, const PackedCells& p, std::size_t n)
{
    std::int32_t* end = p.hit;
    for (std::size_t at = 0; at < n; at += word) {
        std::uint64_t marks = 0;
        for (std::size_t k = 0; k < word && at + k < n; k += width) {
            marks |= std::uint64_t{mark_hits(s, p, at + k)} << k;
        }
        end = list_marks(marks, at, end);
    }
    return static_cast<std::size_t>(end - p.hit);
}

struct Sums {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    std::int64_t squeeze = 0;
    std::int64_t coinciding = 0;
};

constexpr std::size_t rounded_up(std::size_t pairs) { return (pairs + 3U) & ~std::size_t{3}; }

struct Block {
    std::int32_t x[width];
    std::int32_t y[width];
    std::int32_t z[width];
    float radius[width];
    float reach[width];
    float repulsion[width];
    float adhesion[width];
};

/// Gathers up to `width` hits; the rest is filled with pairs of no effect.
void gather(const Subject& s, const PackedCells& p, const std::int32_t* hit, std::size_t count, Block& b)
{
    for (std::size_t k = 0; k < count; ++k) {
        const std::int32_t j = hit[k];
        b.x[k] = p.x[j];
        b.y[k] = p.y[j];
        b.z[k] = p.z[j];
        b.radius[k] = p.radius[j];
        b.reach[k] = p.reach[j];
        b.repulsion[k] = s.repulsion[p.row[j]];
        b.adhesion[k] = s.adhesion[p.row[j]];
    }
    const std::size_t end = rounded_up(count);
    for (std::size_t k = count; k < end; ++k) {
        b.x[k] = s.x ^ 0x40000000;
        b.y[k] = s.y;
        b.z[k] = s.z;
        b.radius[k] = b.reach[k] = kernel_quanta_per_um;
        b.repulsion[k] = b.adhesion[k] = 0.0F;
    }
}

/// The force law, with one division for three quotients; `wide` is the number of pairs rounded up to a multiple of
/// four.
template <PairMode mode>
void compute(const Subject& s, const Block& b, std::size_t wide, Sums& sums)
{
    std::int32_t vx[width];
    std::int32_t vy[width];
    std::int32_t vz[width];
    std::int32_t squeeze[width];
    std::int32_t coinciding = 0;
    for (std::size_t k = 0; k < wide; ++k) {
        const float x = apart(s.x, b.x[k]);
        const float y = apart(s.y, b.y[k]);
        const float z = apart(s.z, b.z[k]);
        const float squared = (x * x + y * y) + z * z;
        const float distance = std::sqrt(squared);
        const float contact = s.radius + b.radius[k];
        const float reach = s.reach + b.reach[k];
        const float both = contact * reach;
        const float inverse = 1.0F / (distance * both);
        const float overlap = 1.0F - distance * (inverse * (distance * reach));
        const bool pair = squared > 0.0F;
        coinciding += pair ? 0 : 1;
        const float push = overlap > 0.0F ? overlap : 0.0F;
        if constexpr (mode == PairMode::squeeze) {
            squeeze[k] = static_cast<std::int32_t>(pair ? push * push * squeeze_quanta : 0.0F);
        } else {
            const float nearness = 1.0F - distance * (inverse * (distance * contact));
            const float pull = nearness > 0.0F ? nearness : 0.0F;
            const float speed = b.repulsion[k] * (push * push) - b.adhesion[k] * (pull * pull);
            const float factor = pair ? speed * (inverse * both) : 0.0F;
            vx[k] = static_cast<std::int32_t>(factor * x);
            vy[k] = static_cast<std::int32_t>(factor * y);
            vz[k] = static_cast<std::int32_t>(factor * z);
        }
    }
    std::int64_t partial[4] = {0, 0, 0, 0};
    for (std::size_t k = 0; k < wide; ++k) {
        if constexpr (mode != PairMode::squeeze) {
            partial[0] += vx[k];
            partial[1] += vy[k];
            partial[2] += vz[k];
        }
        if constexpr (mode != PairMode::velocity) {
            partial[3] += squeeze[k];
        }
    }
    sums.x += partial[0];
    sums.y += partial[1];
    sums.z += partial[2];
    sums.squeeze += partial[3];
    sums.coinciding += coinciding;
}

std::int32_t cut(std::int64_t sum)
{
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(sum, -Limits::max(), Limits::max()));
}

template <PairMode mode>
void store(const PairSums& out, std::uint32_t cell, const Sums& sums)
{
    if constexpr (mode != PairMode::squeeze) {
        out.x[cell] = cut(sums.x);
        out.y[cell] = cut(sums.y);
        out.z[cell] = cut(sums.z);
    }
    if constexpr (mode != PairMode::velocity) {
        out.squeeze[cell] = cut(sums.squeeze);
    }
}

template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    const std::size_t n = pack(task);
    std::int64_t coinciding = 0;
    Block block;
    for (std::uint32_t i = task.own.first; i < task.own.first + task.own.count; ++i) {
        const Subject s = subject_of(task, i);
        const std::size_t hits = find_hits(s, task.packed, n);
        Sums sums;
        for (std::size_t done = 0; done < hits; done += width) {
            const std::size_t count = std::min(width, hits - done);
            gather(s, task.packed, task.packed.hit + done, count, block);
            compute<mode>(s, block, rounded_up(count), sums);
        }
        store<mode>(task.sums, i, sums);
        coinciding += sums.coinciding - 1; // without the cell itself
    }
    return coinciding;
}
} // namespace

std::int64_t sum_pairs_portable(const PairTask& task)
{
    switch (task.mode) {
    case PairMode::velocity:
        return run<PairMode::velocity>(task);
    case PairMode::squeeze:
        break;
    }
    return run<PairMode::squeeze>(task);
}

} // namespace paget::agents
