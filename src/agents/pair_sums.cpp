#include "pair_sums.hpp"

#include "paget/core/vector_targets.hpp"

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
            static_cast<std::uint32_t>(cells.x.size()),
            cells.strength.data()};
}

PAGET_VECTOR_TARGETS
float longest_of(const float* lengths, std::size_t count)
{
    float longest = 0.0F;
    for (std::size_t i = 0; i < count; ++i) {
        longest = lengths[i] > longest ? lengths[i] : longest;
    }
    return longest;
}

float longest(const std::vector<float>& lengths) { return longest_of(lengths.data(), lengths.size()); }

std::int32_t cut(std::int64_t sum)
{
    using Limits = std::numeric_limits<std::int32_t>;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(sum, -Limits::max(), Limits::max()));
}

// Wraps, as in kernels: sums that do are done again.
std::int32_t plus(std::int32_t a, std::int32_t b)
{
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}

/// The first entry that begins a cache line.
std::int32_t* aligned(std::int32_t* entries)
{
    constexpr std::uintptr_t line = 64;
    const auto past = reinterpret_cast<std::uintptr_t>(entries) % line;
    return past == 0 ? entries : entries + (line - past) / sizeof(std::int32_t);
}

bool coincide(const Columns& cells, std::uint32_t a, std::uint32_t b)
{
    return cells.x[a] == cells.x[b] && cells.y[a] == cells.y[b] && cells.z[a] == cells.z[b];
}
} // namespace

void PairSummation::velocities(const Columns& cells, const BinTable& bins, const Coincidence& coincidence)
{
    if (law_->without_forces()) {
        sums_.assign(cells.size_with_ghosts(), {});
        return;
    }
    sum(cells, bins, cells.has_strengths() ? PairMode::own_velocity : PairMode::velocity, &coincidence);
}

void PairSummation::measure_squeeze(Columns& cells, const BinTable& bins)
{
    sum(cells, bins, PairMode::squeeze, nullptr);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells.squeeze[i] = sums_[i].x;
    }
}

void PairSummation::sum(const Columns& cells, const BinTable& bins, PairMode mode, const Coincidence* coincidence)
{
    PairTask task;
    task.cells = columns_of(cells);
    task.table = law_->table();
    task.mode = mode;
    task.longest_reach_um = longest(cells.reach_um);
    begin_sums(cells);
    task.sums = sums_.data();
    std::int32_t most_pairs = 0;
    for (const std::uint32_t bin : bins.occupied()) {
        const Runs ahead = bins.ahead(bin);
        task.own = bins.range(bin);
        task.others = ahead.view().data();
        task.runs = static_cast<std::uint32_t>(ahead.view().size());
        make_space(task.own.count + ahead.cells() + slack);
        task.packed = packed_;
        clear_sums(task);
        if (kernel_(task) > 0) {
            add_coinciding(cells, task, coincidence);
        }
        most_pairs = std::max(most_pairs, most_pairs_of(task.own));
    }
    if (most_pairs > most_safe_pairs) {
        sum_crowds(cells, bins, task, coincidence);
    }
}

void PairSummation::begin_sums(const Columns& cells)
{
    owned_ = static_cast<std::uint32_t>(cells.size());
    cleared_ = 0;
    make_room(sums_, cells.size_with_ghosts());
    sums_.resize(cells.size_with_ghosts());
    std::fill(sums_.begin() + owned_, sums_.end(), PairSum{});
}

void PairSummation::clear_sums(const PairTask& task)
{
    std::uint32_t end = task.own.first + task.own.count;
    for (const Run& run : std::span(task.others, task.runs)) {
        if (run.first < owned_) {
            end = std::max(end, std::min(run.first + run.count, owned_));
        }
    }
    if (end > cleared_) {
        std::fill(sums_.begin() + cleared_, sums_.begin() + end, PairSum{});
        cleared_ = end;
    }
}

std::int32_t PairSummation::most_pairs_of(const Run& own) const
{
    std::int32_t most = 0;
    for (std::uint32_t cell = own.first; cell < own.first + own.count; ++cell) {
        most = std::max(most, sums_[cell].pairs);
    }
    return most;
}

void PairSummation::make_space(std::uint32_t cells)
{
    if (cells <= packed_.room_for_cells) {
        return;
    }
    // An odd number of cache lines, so that the arrays do not compete for the same places of the cache.
    const std::size_t room = (2 * std::size_t{cells} / 16 | 1U) * 16;
    const std::size_t hits = 4 * room;
    integers_.assign(8 * room + hits + 16, 0);
    reals_.assign(2 * room, 0.0F);
    given_.resize(hits);
    std::int32_t* next = aligned(integers_.data());
    for (std::int32_t** column : {&packed_.x, &packed_.y, &packed_.z, &packed_.row, &packed_.index, &packed_.xy,
                                  &packed_.z_reach, &packed_.excess}) {
        *column = next;
        next += room;
    }
    packed_.hit = next;
    packed_.radius = reals_.data();
    packed_.reach = reals_.data() + room;
    packed_.given = given_.data();
    packed_.room_for_cells = static_cast<std::uint32_t>(room);
    packed_.room_for_hits = static_cast<std::uint32_t>(hits);
}

void PairSummation::add_coinciding(const Columns& cells, const PairTask& task, const Coincidence* coincidence)
{
    const std::uint32_t end = task.own.first + task.own.count;
    for (std::uint32_t a = task.own.first; a < end; ++a) {
        for (std::uint32_t b = a + 1; b < end; ++b) {
            add_if_coinciding(cells, task.mode, a, b, coincidence);
        }
        for (const Run& run : std::span(task.others, task.runs)) {
            for (std::uint32_t b = run.first; b < run.first + run.count; ++b) {
                add_if_coinciding(cells, task.mode, a, b, coincidence);
            }
        }
    }
}

void PairSummation::add_if_coinciding(const Columns& cells, PairMode mode, std::uint32_t a, std::uint32_t b,
                                      const Coincidence* coincidence)
{
    if (!coincide(cells, a, b)) {
        return;
    }
    const auto add = [&](std::uint32_t cell, std::uint32_t other) {
        PairSum& sum = sums_[cell];
        const PairSum more = from_spot(cells, mode, cell, other, coincidence);
        sum = {plus(sum.x, more.x), plus(sum.y, more.y), plus(sum.z, more.z), sum.pairs};
    };
    add(a, b);
    add(b, a);
}

double PairSummation::largest_speed(const Columns& cells, PairMode mode, std::uint32_t cell, std::uint32_t other) const
{
    if (mode == PairMode::own_velocity) {
        const PairStrength& a = cells.strength[cell];
        const PairStrength& b = cells.strength[other];
        return double{a.repulsion * b.repulsion} - double{a.adhesion * b.adhesion};
    }
    const PairTable table = law_->table();
    const std::size_t entry = std::size_t{cells.mechanics[cell]} * table.stride + cells.mechanics[other];
    return double{table.repulsion[entry]} - double{table.adhesion[entry]};
}

PairSum PairSummation::from_spot(const Columns& cells, PairMode mode, std::uint32_t cell, std::uint32_t other,
                                 const Coincidence* coincidence) const
{
    if (mode == PairMode::squeeze) {
        return {static_cast<std::int32_t>(squeeze_quanta), 0, 0, 1};
    }
    const double speed = largest_speed(cells, mode, cell, other);
    const Vec3 apart = coincidence->direction(cells.id[cell], cells.id[other]);
    return {static_cast<std::int32_t>(speed * apart.x), static_cast<std::int32_t>(speed * apart.y),
            static_cast<std::int32_t>(speed * apart.z), 1};
}

void PairSummation::sum_crowds(const Columns& cells, const BinTable& bins, PairTask task,
                               const Coincidence* coincidence)
{
    for (const std::uint32_t bin : bins.occupied()) {
        const Run own = bins.range(bin);
        for (std::uint32_t cell = own.first; cell < own.first + own.count; ++cell) {
            if (sums_[cell].pairs > most_safe_pairs) {
                const Runs around = bins.around(bin);
                task.others = around.view().data();
                task.runs = static_cast<std::uint32_t>(around.view().size());
                sums_[cell] = crowd(cells, task, cell, coincidence);
            }
        }
    }
}

PairSum PairSummation::crowd(const Columns& cells, const PairTask& task, std::uint32_t cell,
                             const Coincidence* coincidence) const
{
    CrowdSum sum = sum_crowd(task, cell);
    for (const Run& run : std::span(task.others, task.runs)) {
        for (std::uint32_t other = run.first; other < run.first + run.count; ++other) {
            if (other != cell && coincide(cells, cell, other)) {
                const PairSum more = from_spot(cells, task.mode, cell, other, coincidence);
                sum = {sum.x + more.x, sum.y + more.y, sum.z + more.z};
            }
        }
    }
    return {cut(sum.x), cut(sum.y), cut(sum.z), 0};
}

std::size_t PairSummation::bytes() const
{
    return integers_.capacity() * sizeof(std::int32_t) + reals_.capacity() * sizeof(float) +
           (given_.capacity() + sums_.capacity()) * sizeof(PairSum);
}

} // namespace paget::agents
