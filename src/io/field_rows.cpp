#include "field_rows.hpp"

#include "paget/core/error.hpp"
#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <cstring>

namespace paget::io
{
namespace
{
/// The least that is worth a writer of its own: 1 MiB of doubles.
constexpr std::uint64_t least_voxels = std::uint64_t{1} << 17U;

/// Cut of all voxels of a grid into equal runs, one per writing rank.
struct Runs {
    std::uint64_t voxels;
    std::uint64_t writers;

    Runs(const mesh::Grid& grid, int ranks)
        : voxels(static_cast<std::uint64_t>(grid.voxel_count())),
          writers(std::clamp<std::uint64_t>(voxels / least_voxels, 1, static_cast<std::uint64_t>(ranks)))
    {
    }
    std::uint64_t length() const { return (voxels + writers - 1) / writers; }
    std::uint64_t first(int rank) const { return std::min(voxels, static_cast<std::uint64_t>(rank) * length()); }
};

struct RowHeader {
    std::uint64_t first;
    std::uint64_t count;
};

void append(std::vector<std::byte>& message, const void* data, std::size_t bytes)
{
    const auto* begin = static_cast<const std::byte*>(data);
    message.insert(message.end(), begin, begin + bytes);
}

/// Adds a row of voxels to the messages of the ranks that write them.
void send_row(std::vector<std::vector<std::byte>>& outgoing, const Runs& runs, std::uint64_t first,
              std::span<const double> row)
{
    while (!row.empty()) {
        const std::uint64_t writer = first / runs.length();
        const std::uint64_t count = std::min<std::uint64_t>(row.size(), (writer + 1) * runs.length() - first);
        const RowHeader header{first, count};
        append(outgoing[writer], &header, sizeof(header));
        append(outgoing[writer], row.data(), count * sizeof(double));
        row = row.subspan(count);
        first += count;
    }
}

/// Reserves what the messages will need, or little more.
void make_room(std::vector<std::vector<std::byte>>& outgoing, const Runs& runs, const mesh::Grid& grid,
               const mesh::Box& box)
{
    const auto rows_of_layer = static_cast<std::uint64_t>(box.extent(1));
    const std::uint64_t row_bytes = sizeof(RowHeader) + static_cast<std::uint64_t>(box.extent(0)) * sizeof(double);
    std::vector<std::uint64_t> layers(outgoing.size(), 0);
    for (int z = box.lo[2]; z < box.hi[2] && row_bytes > sizeof(RowHeader); ++z) {
        const std::uint64_t first = grid.global_index({box.lo[0], box.lo[1], z}) / runs.length();
        const std::uint64_t last = grid.global_index({box.hi[0] - 1, box.hi[1] - 1, z}) / runs.length();
        for (std::uint64_t writer = first; writer <= last; ++writer) {
            ++layers[writer];
        }
    }
    for (std::size_t writer = 0; writer < outgoing.size(); ++writer) {
        outgoing[writer].reserve(layers[writer] * rows_of_layer * row_bytes);
    }
}

std::uint64_t place_rows(FieldRows& rows, const std::vector<std::byte>& message)
{
    std::uint64_t placed = 0;
    for (std::size_t at = 0; at < message.size();) {
        RowHeader header{};
        std::memcpy(&header, message.data() + at, sizeof(header));
        at += sizeof(header);
        std::memcpy(rows.values.data() + (header.first - rows.first), message.data() + at,
                    header.count * sizeof(double));
        at += header.count * sizeof(double);
        placed += header.count;
    }
    return placed;
}
/// Adds what a box has of a run of voxels, row by row, to a message.
void append_rows_of(const mesh::Box& box, const mesh::Grid& grid, const FieldRows& run, std::vector<std::byte>& message)
{
    const std::uint64_t end = run.first + run.values.size();
    const auto layer = static_cast<std::uint64_t>(grid.voxels[0]) * static_cast<std::uint64_t>(grid.voxels[1]);
    const int lowest = std::max(box.lo[2], static_cast<int>(run.first / layer));
    const int highest = std::min(box.hi[2], static_cast<int>((end + layer - 1) / layer));
    const auto width = static_cast<std::uint64_t>(box.extent(0));
    for (int z = lowest; z < highest && width > 0; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            const std::uint64_t row = grid.global_index({box.lo[0], y, z});
            const std::uint64_t begin = std::max(row, run.first);
            const std::uint64_t last = std::min(row + width, end);
            if (begin < last) {
                const RowHeader header{begin, last - begin};
                append(message, &header, sizeof(header));
                append(message, run.values.data() + (begin - run.first), header.count * sizeof(double));
            }
        }
    }
}

/// The voxel with an index in the whole grid.
mesh::Index3 voxel_with(std::uint64_t index, const mesh::Grid& grid)
{
    const auto nx = static_cast<std::uint64_t>(grid.voxels[0]);
    const auto ny = static_cast<std::uint64_t>(grid.voxels[1]);
    return {static_cast<int>(index % nx), static_cast<int>(index / nx % ny), static_cast<int>(index / nx / ny)};
}

std::uint64_t place_in_box(const mesh::Grid& grid, const mesh::Box& box, std::span<double> values,
                           const std::vector<std::byte>& message)
{
    std::uint64_t placed = 0;
    for (std::size_t at = 0; at < message.size();) {
        RowHeader header{};
        std::memcpy(&header, message.data() + at, sizeof(header));
        at += sizeof(header);
        std::memcpy(values.data() + box.offset(voxel_with(header.first, grid)), message.data() + at,
                    header.count * sizeof(double));
        at += header.count * sizeof(double);
        placed += header.count;
    }
    return placed;
}
} // namespace

FieldRows rows_from_boxes(const parallel::Communicator& world, const mesh::Grid& grid, const mesh::Box& box,
                          std::span<const double> mine)
{
    const Runs runs(grid, world.size());
    std::vector<std::vector<std::byte>> outgoing(static_cast<std::size_t>(world.size()));
    const auto width = static_cast<std::size_t>(box.extent(0));
    make_room(outgoing, runs, grid, box);
    for (int z = box.lo[2]; z < box.hi[2] && width > 0; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            const mesh::Index3 start{box.lo[0], y, z};
            send_row(outgoing, runs, grid.global_index(start), mine.subspan(box.offset(start), width));
        }
    }
    FieldRows rows = rows_to_read(world, grid);
    std::uint64_t placed = 0;
    for (const auto& message : parallel::exchange_bytes(world, outgoing)) {
        placed += place_rows(rows, message);
    }
    ensure(placed == rows.values.size(), "the boxes of a field do not fill its grid");
    return rows;
}

FieldRows rows_to_read(const parallel::Communicator& world, const mesh::Grid& grid)
{
    const Runs runs(grid, world.size());
    FieldRows rows{runs.first(world.rank()), {}};
    rows.values.resize(runs.first(world.rank() + 1) - rows.first);
    return rows;
}

void boxes_from_rows(const parallel::Communicator& world, const mesh::Grid& grid, const FieldRows& rows,
                     const mesh::Box& box, std::span<double> mine)
{
    const std::vector<mesh::Box> boxes = world.all_gather(std::span<const mesh::Box>(&box, 1));
    std::vector<std::vector<std::byte>> outgoing(boxes.size());
    for (std::size_t reader = 0; reader < boxes.size(); ++reader) {
        append_rows_of(boxes[reader], grid, rows, outgoing[reader]);
    }
    std::uint64_t placed = 0;
    for (const auto& message : parallel::exchange_bytes(world, outgoing)) {
        placed += place_in_box(grid, box, mine, message);
    }
    ensure(placed == mine.size(), "the runs of a field do not fill a rank's box");
}

} // namespace paget::io
