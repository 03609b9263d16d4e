#include "pair_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

// Loops over short arrays that the compiler turns into vector instructions of whatever processor it compiles for.

namespace paget::agents
{
namespace
{
constexpr std::size_t width = 16; // pairs that are computed together

/// One cell and what it meets.
struct Subject {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t z = 0;
    float radius_um = 0.0F;
    float reach_um = 0.0F;
    const float* repulsion = nullptr;
    const float* adhesion = nullptr;
};

struct Sums {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t z = 0;
    std::int64_t squeeze = 0;
};

struct Hits {
    std::size_t count = 0;
    std::int32_t coinciding = 0;
};

float apart(std::int32_t a, std::int32_t b)
{
    return static_cast<float>(static_cast<std::int32_t>(static_cast<std::uint32_t>(a) - static_cast<std::uint32_t>(b)));
}

/// Copies `count` cells, a number known to the compiler: short columns are not worth a call of memcpy.
template <std::size_t count>
void copy_cells(const PairColumns& from, std::size_t at, const PackedCells& to, std::size_t n)
{
    for (std::size_t k = 0; k < count; ++k) {
        to.x[n + k] = from.x[at + k];
        to.y[n + k] = from.y[at + k];
        to.z[n + k] = from.z[at + k];
        to.radius_um[n + k] = from.radius_um[at + k];
        to.reach_um[n + k] = from.reach_um[at + k];
        to.row[n + k] = from.row[at + k];
    }
}

/// Copies the cells of all runs and closes with cells that nobody reaches.
std::size_t pack(const PairTask& task)
{
    const PackedCells& p = task.packed;
    std::size_t n = 0;
    for (std::uint32_t r = 0; r < task.runs; ++r) {
        const Run run = task.around[r];
        std::size_t k = 0;
        for (; k + 4 <= run.count; k += 4) {
            copy_cells<4>(task.cells, run.first + k, p, n + k);
        }
        for (; k < run.count; ++k) {
            copy_cells<1>(task.cells, run.first + k, p, n + k);
        }
        n += run.count;
    }
    const std::int32_t far = p.x[0] ^ 0x40000000;
    for (std::size_t k = n; k < n + width; ++k) {
        p.x[k] = far;
        p.y[k] = p.y[0];
        p.z[k] = p.z[0];
        p.radius_um[k] = 0.0F;
        p.reach_um[k] = 0.0F;
        p.row[k] = 0;
    }
    return n;
}

/// Marks, among `width` cells from `at` on, those in reach of the subject and those on the same spot.
void test(const Subject& s, const PackedCells& p, std::size_t at, std::int32_t* near, std::int32_t* same)
{
    const std::int32_t* px = p.x + at;
    const std::int32_t* py = p.y + at;
    const std::int32_t* pz = p.z + at;
    const float* reach_um = p.reach_um + at;
    for (std::size_t k = 0; k < width; ++k) {
        const float x = apart(px[k], s.x);
        const float y = apart(py[k], s.y);
        const float z = apart(pz[k], s.z);
        const float squared = (x * x + y * y) + z * z;
        const float limit = (reach_um[k] + s.reach_um) * kernel_quanta_per_um;
        near[k] = squared < limit * limit ? 1 : 0;
        same[k] = squared == 0.0F ? 1 : 0;
    }
}

/// Writes the places of the cells in reach into `hit`.
Hits find_hits(const Subject& s, const PackedCells& p, std::size_t n, std::int32_t* hit)
{
    Hits hits;
    std::int32_t coinciding[width] = {};
    for (std::size_t at = 0; at < n; at += width) {
        std::int32_t near[width];
        std::int32_t same[width];
        test(s, p, at, near, same);
        for (std::size_t k = 0; k < width; ++k) {
            coinciding[k] += same[k];
        }
        for (std::size_t k = 0; k < width; ++k) {
            hit[hits.count] = static_cast<std::int32_t>(at + k);
            hits.count += static_cast<std::size_t>(near[k] - same[k]);
        }
    }
    for (std::size_t k = 0; k < width; ++k) {
        hits.coinciding += coinciding[k];
    }
    return hits;
}

constexpr std::size_t rounded_up(std::size_t pairs) { return (pairs + 3U) & ~std::size_t{3}; }

struct Block {
    std::int32_t x[width];
    std::int32_t y[width];
    std::int32_t z[width];
    float radius_um[width];
    float reach_um[width];
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
        b.radius_um[k] = p.radius_um[j];
        b.reach_um[k] = p.reach_um[j];
        b.repulsion[k] = s.repulsion[p.row[j]];
        b.adhesion[k] = s.adhesion[p.row[j]];
    }
    const std::size_t end = rounded_up(count);
    for (std::size_t k = count; k < end; ++k) {
        b.x[k] = s.x ^ 0x40000000;
        b.y[k] = s.y;
        b.z[k] = s.z;
        b.radius_um[k] = b.reach_um[k] = 1.0F;
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
    for (std::size_t k = 0; k < wide; ++k) {
        const float x = apart(s.x, b.x[k]);
        const float y = apart(s.y, b.y[k]);
        const float z = apart(s.z, b.z[k]);
        const float distance = std::sqrt((x * x + y * y) + z * z);
        const float contact = (s.radius_um + b.radius_um[k]) * kernel_quanta_per_um;
        const float reach = (s.reach_um + b.reach_um[k]) * kernel_quanta_per_um;
        const float both = contact * reach;
        const float inverse = 1.0F / (distance * both);
        const float overlap = 1.0F - distance * (inverse * (distance * reach));
        const float push = overlap > 0.0F ? overlap : 0.0F;
        if constexpr (mode == PairMode::squeeze) {
            squeeze[k] = static_cast<std::int32_t>(push * push * squeeze_quanta);
        } else {
            const float nearness = 1.0F - distance * (inverse * (distance * contact));
            const float pull = nearness > 0.0F ? nearness : 0.0F;
            const float speed = b.repulsion[k] * (push * push) - b.adhesion[k] * (pull * pull);
            const float factor = speed * (inverse * both);
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
    const PairColumns& c = task.cells;
    const std::size_t n = pack(task);
    std::int64_t coinciding = 0;
    Block block;
    for (std::uint32_t i = task.own.first; i < task.own.first + task.own.count; ++i) {
        const std::size_t row = std::size_t{c.row[i]} * task.table.stride;
        const Subject s{c.x[i],
                        c.y[i],
                        c.z[i],
                        c.radius_um[i],
                        c.reach_um[i],
                        task.table.repulsion + row,
                        task.table.adhesion + row};
        const Hits hits = find_hits(s, task.packed, n, task.packed.hit_row);
        coinciding += hits.coinciding - 1; // the cell itself
        Sums sums;
        for (std::size_t done = 0; done < hits.count; done += width) {
            const std::size_t count = std::min(width, hits.count - done);
            gather(s, task.packed, task.packed.hit_row + done, count, block);
            compute<mode>(s, block, rounded_up(count), sums);
        }
        store<mode>(task.sums, i, sums);
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
