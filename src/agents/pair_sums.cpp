#include "pair_sums.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace paget::agents
{
namespace
{
constexpr std::uint32_t slack = 32; // what kernels write beyond the last cell

PairColumns columns_of(const Columns& cells)
{
    return {cells.x.data(),
            cells.y.data(),
            cells.z.data(),
            cells.radius_um.data(),
            cells.reach_um.data(),
            cells.mechanics.data(),
            static_cast<std::uint32_t>(cells.x.size())};
}

void add(std::int32_t& sum, double more)
{
    using Limits = std::numeric_limits<std::int32_t>;
    const std::int64_t total = std::int64_t{sum} + static_cast<std::int64_t>(more);
    sum = static_cast<std::int32_t>(std::clamp<std::int64_t>(total, -Limits::max(), Limits::max()));
}
} // namespace

void PairSummation::velocities(const Columns& cells, const BinTable& bins, const Coincidence& coincidence)
{
    for (std::vector<std::int32_t>* column : {&x_, &y_, &z_}) {
        make_room(*column, cells.size());
        column->resize(cells.size());
    }
    sum(cells, bins, {x_.data(), y_.data(), z_.data(), nullptr}, PairMode::velocity, &coincidence);
}

void PairSummation::measure_squeeze(Columns& cells, const BinTable& bins)
{
    sum(cells, bins, {nullptr, nullptr, nullptr, cells.squeeze.data()}, PairMode::squeeze, nullptr);
}

void PairSummation::sum(const Columns& cells, const BinTable& bins, const PairSums& sums, PairMode mode,
                        const Coincidence* coincidence)
{
    std::array<Run, 27> runs;
    PairTask task;
    task.cells = columns_of(cells);
    task.table = law_->table();
    task.around = runs.data();
    task.sums = sums;
    task.mode = mode;
    for (const std::uint32_t bin : bins.occupied()) {
        task.runs = bins.runs_around(bin, runs);
        task.own = bins.range(bin);
        make_space(runs, task.runs);
        task.packed = packed_;
        if (kernel_(task) > 0) {
            add_coinciding(cells, task, coincidence);
        }
    }
}

void PairSummation::make_space(const std::array<Run, 27>& runs, std::uint32_t count)
{
    std::uint32_t needed = slack;
    for (std::uint32_t r = 0; r < count; ++r) {
        needed += runs[r].count;
    }
    if (needed <= packed_.capacity) {
        return;
    }
    // An odd number of cache lines, so that the arrays do not compete for the same places of the cache.
    const std::size_t room = (2 * std::size_t{needed} / 16 | 1U) * 16;
    const std::size_t hits = subjects_at_once * room;
    packed_integers_.assign(4 * room + hits, 0);
    packed_reals_.assign(2 * room + 3 * hits, 0.0F);
    std::int32_t* const integers = packed_integers_.data();
    float* const reals = packed_reals_.data();
    float* const hit = reals + 2 * room;
    packed_ = {integers,
               integers + room,
               integers + 2 * room,
               reals,
               reals + room,
               integers + 3 * room,
               integers + 4 * room,
               hit,
               hit + hits,
               hit + 2 * hits,
               static_cast<std::uint32_t>(room)};
}

void PairSummation::add_coinciding(const Columns& cells, const PairTask& task, const Coincidence* coincidence) const
{
    for (std::uint32_t i = task.own.first; i < task.own.first + task.own.count; ++i) {
        for (const Run& run : std::span(task.around, task.runs)) {
            for (std::uint32_t j = run.first; j < run.first + run.count; ++j) {
                if (i != j && cells.x[i] == cells.x[j] && cells.y[i] == cells.y[j] && cells.z[i] == cells.z[j]) {
                    add_pair(cells, task, i, j, coincidence);
                }
            }
        }
    }
}

void PairSummation::add_pair(const Columns& cells, const PairTask& task, std::uint32_t cell, std::uint32_t other,
                             const Coincidence* coincidence) const
{
    if (task.mode == PairMode::squeeze) {
        add(task.sums.squeeze[cell], double{squeeze_quanta});
        return;
    }
    const std::size_t entry = std::size_t{cells.mechanics[cell]} * task.table.stride + cells.mechanics[other];
    const double speed = double{task.table.repulsion[entry]} - double{task.table.adhesion[entry]};
    const Vec3 apart = coincidence->direction(cells.id[cell], cells.id[other]);
    add(task.sums.x[cell], speed * apart.x);
    add(task.sums.y[cell], speed * apart.y);
    add(task.sums.z[cell], speed * apart.z);
}

std::size_t PairSummation::bytes() const
{
    return (packed_integers_.capacity() + x_.capacity() + y_.capacity() + z_.capacity()) * sizeof(std::int32_t) +
           packed_reals_.capacity() * sizeof(float);
}

} // namespace paget::agents
