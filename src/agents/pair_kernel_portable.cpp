#include "pair_kernel.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

// Loops over short arrays that the compiler turns into vector instructions of whatever processor it compiles for.

namespace paget::agents
{
namespace
{
constexpr std::size_t width = 16; // pairs that are computed together

constexpr std::size_t word = 64; // marks of cells that are collected before they are read
constexpr std::uint32_t mark[width] = {1U << 0, 1U << 1, 1U << 2,  1U << 3,  1U << 4,  1U << 5,  1U << 6,  1U << 7,
                                       1U << 8, 1U << 9, 1U << 10, 1U << 11, 1U << 12, 1U << 13, 1U << 14, 1U << 15};

// Like the processor's integers, these wrap.
std::int32_t plus(std::int32_t a, std::int32_t b)
{
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

std::int32_t minus(std::int32_t a, std::int32_t b)
{
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b));
}

float apart(std::int32_t a, std::int32_t b) { return static_cast<float>(minus(a, b)); }

/// The centres of some cells along one axis.
struct Interval {
    std::int32_t middle = 0;
    float half_width = 0.0F;
};

Interval span_of(const std::int32_t* centres, const Run& run)
{
    // Rounding of what is computed with it stays far below, as cells of a neighbourhood are less than 2 mm apart.
    constexpr float margin = 1024.0F; // quanta, 0.001 um
    const std::int32_t origin = centres[run.first];
    float low = 0.0F;
    float high = 0.0F;
    for (std::uint32_t i = run.first; i < run.first + run.count; ++i) {
        const float off = apart(centres[i], origin);
        low = std::min(low, off);
        high = std::max(high, off);
    }
    return {plus(origin, static_cast<std::int32_t>(0.5F * (low + high))), 0.5F * (high - low) + margin};
}

/// How far a centre lies outside an interval, or a little less.
float outside(std::int32_t centre, const Interval& interval)
{
    const float beyond = std::fabs(apart(centre, interval.middle)) - interval.half_width;
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

/// Copies the cells that are listed in `index`, and closes with some that nobody reaches.
void copy_cells(const PairColumns& from, const PackedCells& to, std::size_t count)
{
    for (std::size_t k = 0; k < count; ++k) {
        const std::int32_t i = to.index[k];
        to.x[k] = from.x[i];
        to.y[k] = from.y[i];
        to.z[k] = from.z[i];
        to.radius[k] = from.radius_um[i] * kernel_quanta_per_um;
        to.reach[k] = from.reach_um[i] * kernel_quanta_per_um;
        to.row[k] = from.row[i];
    }
    for (std::size_t k = count; k < count + width; ++k) {
        to.x[k] = to.x[0] ^ 0x40000000;
        to.y[k] = to.y[0];
        to.z[k] = to.z[0];
        to.reach[k] = 0.0F;
    }
}

/// Copies the bin's own cells, then the others that matter to them.
std::size_t pack(const PairTask& task)
{
    const Hull hull = hull_of(task.cells, task.own);
    std::int32_t* end = task.packed.index;
    for (std::uint32_t i = task.own.first; i < task.own.first + task.own.count; ++i) {
        *end++ = static_cast<std::int32_t>(i);
    }
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.others[r];
        for (std::size_t k = 0; k < run.count; k += word) {
            const std::size_t first = run.first + k;
            end = list_marks(mark_near(hull, task.cells, first, std::min(word, run.count - k)), first, end);
        }
    }
    const auto count = static_cast<std::size_t>(end - task.packed.index);
    copy_cells(task.cells, task.packed, count);
    return count;
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
    PairStrength own;
};

template <PairMode mode>
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
            task.table.adhesion + row,
            mode == PairMode::own_velocity ? c.strength[i] : PairStrength{}};
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

/// Lists the packed cells from `first` on that are in reach.
std::size_t find_hits(const Subject& s, const PackedCells& p, std::size_t first, std::size_t packed)
{
    std::int32_t* end = p.hit;
    for (std::size_t at = first; at < packed; at += word) {
        std::uint64_t marks = 0;
        for (std::size_t k = 0; k < word && at + k < packed; k += width) {
            marks |= std::uint64_t{mark_hits(s, p, at + k)} << k;
        }
        end = list_marks(marks, at, end);
    }
    return static_cast<std::size_t>(end - p.hit);
}

constexpr std::size_t rounded_up(std::size_t pairs) { return (pairs + 3U) & ~std::size_t{3}; }

/// Up to `width` cells that a subject meets.
struct Block {
    std::int32_t x[width];
    std::int32_t y[width];
    std::int32_t z[width];
    float radius[width];
    float reach[width];
    float repulsion[width];
    float adhesion[width];
};

/// Fills a block up to a multiple of four with pairs of no effect.
void fill(const Subject& s, Block& b, std::size_t count)
{
    for (std::size_t k = count; k < rounded_up(count); ++k) {
        b.x[k] = s.x ^ 0x40000000;
        b.y[k] = s.y;
        b.z[k] = s.z;
        b.radius[k] = b.reach[k] = kernel_quanta_per_um;
        b.repulsion[k] = b.adhesion[k] = 0.0F;
    }
}

/// Largest speeds of the subject and the cell that stands at `index` in the columns, in a row of the table.
template <PairMode mode>
void look_up(const Subject& s, const PairColumns& cells, std::int32_t index, std::int32_t row, Block& b, std::size_t k)
{
    if constexpr (mode == PairMode::own_velocity) {
        b.repulsion[k] = s.own.repulsion * cells.strength[index].repulsion;
        b.adhesion[k] = s.own.adhesion * cells.strength[index].adhesion;
    } else {
        b.repulsion[k] = s.repulsion[row];
        b.adhesion[k] = s.adhesion[row];
    }
}

template <PairMode mode>
void gather(const Subject& s, const PairTask& task, const std::int32_t* hit, std::size_t count, Block& b)
{
    const PackedCells& p = task.packed;
    for (std::size_t k = 0; k < count; ++k) {
        const std::int32_t j = hit[k];
        b.x[k] = p.x[j];
        b.y[k] = p.y[j];
        b.z[k] = p.z[j];
        b.radius[k] = p.radius[j];
        b.reach[k] = p.reach[j];
        look_up<mode>(s, task.cells, p.index[j], p.row[j], b, k);
    }
    fill(s, b, count);
}

/// What a subject gets from the cells of a block.
struct Contributions {
    std::int32_t x[width]; ///< or how much they squeeze it
    std::int32_t y[width];
    std::int32_t z[width];
};

/// The force law, with one division for three quotients; `wide` is the number of pairs rounded up to a multiple of
/// four. Returns how many cells stand on the subject's spot; they give nothing.
template <PairMode mode>
std::int32_t compute(const Subject& s, const Block& b, std::size_t wide, Contributions& c)
{
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
            c.x[k] = static_cast<std::int32_t>(pair ? push * push * squeeze_quanta : 0.0F);
        } else {
            const float nearness = 1.0F - distance * (inverse * (distance * contact));
            const float pull = nearness > 0.0F ? nearness : 0.0F;
            const float speed = b.repulsion[k] * (push * push) - b.adhesion[k] * (pull * pull);
            const float factor = pair ? speed * (inverse * both) : 0.0F;
            c.x[k] = static_cast<std::int32_t>(factor * x);
            c.y[k] = static_cast<std::int32_t>(factor * y);
            c.z[k] = static_cast<std::int32_t>(factor * z);
        }
    }
    return coinciding;
}

template <PairMode mode>
PairSum given_by(const Contributions& c, std::size_t k)
{
    return mode == PairMode::squeeze ? PairSum{c.x[k], 0, 0, 1} : PairSum{c.x[k], c.y[k], c.z[k], 1};
}

void add(PairSum& sum, const PairSum& more)
{
    sum = {plus(sum.x, more.x), plus(sum.y, more.y), plus(sum.z, more.z), plus(sum.pairs, more.pairs)};
}

void add_opposite(PairSum& sum, const PairSum& more)
{
    sum = {minus(sum.x, more.x), minus(sum.y, more.y), minus(sum.z, more.z), plus(sum.pairs, more.pairs)};
}

/// Adds to the sums of both cells of every pair: of velocities, the other gets the opposite.
template <PairMode mode>
void add_hits(const PairTask& task, PairSum& subject, const Contributions& c, const std::int32_t* hit,
              std::size_t count)
{
    for (std::size_t k = 0; k < count; ++k) {
        const PairSum given = given_by<mode>(c, k);
        PairSum& other = task.sums[task.packed.index[hit[k]]];
        add(subject, given);
        if constexpr (mode == PairMode::squeeze) {
            add(other, given);
        } else {
            add_opposite(other, given);
        }
    }
}

template <PairMode mode>
std::int64_t run(const PairTask& task)
{
    const std::size_t packed = pack(task);
    std::int64_t coinciding = 0;
    Block block;
    Contributions contributions;
    for (std::uint32_t i = 0; i < task.own.count; ++i) {
        const Subject s = subject_of<mode>(task, task.own.first + i);
        const std::size_t hits = find_hits(s, task.packed, i + 1, packed);
        PairSum sum;
        for (std::size_t done = 0; done < hits; done += width) {
            const std::size_t count = std::min(width, hits - done);
            const std::int32_t* const hit = task.packed.hit + done;
            gather<mode>(s, task, hit, count, block);
            coinciding += compute<mode>(s, block, rounded_up(count), contributions);
            add_hits<mode>(task, sum, contributions, hit, count);
        }
        add(task.sums[task.own.first + i], sum);
    }
    return coinciding;
}

/// Fills a block with cells of the columns.
template <PairMode mode>
void gather(const PairTask& task, const Subject& s, std::uint32_t first, std::size_t count, Block& b)
{
    for (std::size_t k = 0; k < count; ++k) {
        const Subject other = subject_of<mode>(task, first + static_cast<std::uint32_t>(k));
        b.x[k] = other.x;
        b.y[k] = other.y;
        b.z[k] = other.z;
        b.radius[k] = other.radius;
        b.reach[k] = other.reach;
        look_up<mode>(s, task.cells, static_cast<std::int32_t>(first + k), task.cells.row[first + k], b, k);
    }
    fill(s, b, count);
}

template <PairMode mode>
CrowdSum sum_crowd_of(const PairTask& task, std::uint32_t cell)
{
    const Subject s = subject_of<mode>(task, cell);
    CrowdSum sum;
    Block block;
    Contributions contributions;
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.others[r];
        for (std::uint32_t done = 0; done < run.count; done += width) {
            const std::size_t count = std::min<std::size_t>(width, run.count - done);
            gather<mode>(task, s, run.first + done, count, block);
            compute<mode>(s, block, rounded_up(count), contributions);
            for (std::size_t k = 0; k < count; ++k) {
                const PairSum given = given_by<mode>(contributions, k);
                sum = {sum.x + given.x, sum.y + given.y, sum.z + given.z};
            }
        }
    }
    return sum;
}
} // namespace

std::int64_t sum_pairs_portable(const PairTask& task)
{
    switch (task.mode) {
    case PairMode::velocity:
        return run<PairMode::velocity>(task);
    case PairMode::own_velocity:
        return run<PairMode::own_velocity>(task);
    case PairMode::squeeze:
        break;
    }
    return run<PairMode::squeeze>(task);
}

CrowdSum sum_crowd(const PairTask& task, std::uint32_t cell)
{
    switch (task.mode) {
    case PairMode::velocity:
        return sum_crowd_of<PairMode::velocity>(task, cell);
    case PairMode::own_velocity:
        return sum_crowd_of<PairMode::own_velocity>(task, cell);
    case PairMode::squeeze:
        break;
    }
    return sum_crowd_of<PairMode::squeeze>(task, cell);
}

} // namespace paget::agents
