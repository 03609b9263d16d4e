#include "paget/io/memory_state.hpp"

#include "field_rows.hpp"

#include "paget/io/state_hash.hpp"
#include "paget/parallel/exchange.hpp"

#include <algorithm>
#include <cstring>

namespace paget::io
{
namespace
{
/// A part of a column that this rank holds.
struct KeptPart {
    std::uint64_t first;
    std::vector<std::byte> bytes;
};

struct KeptColumn {
    std::size_t type; ///< alternative of Column
    std::uint64_t total;
    std::vector<KeptPart> parts;
};

struct KeptField {
    mesh::Index3 voxels;
    FieldRows rows;
};

/// Entries [first, first + count).
struct Entries {
    std::uint64_t first;
    std::uint64_t count;
};

template <class T>
const T& found(const std::map<std::string, T>& pieces, const std::string& path)
{
    const auto piece = pieces.find(path);
    if (piece == pieces.end()) {
        throw FileError("the state in memory has no piece " + path);
    }
    return piece->second;
}

std::span<const std::byte> bytes_of(const Column& column)
{
    return std::visit([](auto values) { return std::as_bytes(values); }, column);
}

/// Adds to a message what a part of a column has of the entries that a rank asks for.
void append_common(const KeptPart& part, std::size_t width, const Entries& asked, std::vector<std::byte>& message)
{
    const std::uint64_t begin = std::max(part.first, asked.first);
    const std::uint64_t end = std::min(part.first + part.bytes.size() / width, asked.first + asked.count);
    if (begin < end) {
        const Entries common{begin, end - begin};
        const auto* head = reinterpret_cast<const std::byte*>(&common);
        const std::byte* values = part.bytes.data() + (begin - part.first) * width;
        message.insert(message.end(), head, head + sizeof(common));
        message.insert(message.end(), values, values + common.count * width);
    }
}

/// Returns the number of entries that a message brought.
std::uint64_t take(const std::vector<std::byte>& message, std::size_t width, std::uint64_t first,
                   std::span<std::byte> room)
{
    std::uint64_t taken = 0;
    for (std::size_t at = 0; at < message.size();) {
        Entries entries{};
        std::memcpy(&entries, message.data() + at, sizeof(entries));
        at += sizeof(entries);
        std::memcpy(room.data() + (entries.first - first) * width, message.data() + at, entries.count * width);
        at += entries.count * width;
        taken += entries.count;
    }
    return taken;
}
} // namespace

struct MemoryState::Impl {
    const parallel::Communicator* world;
    std::map<std::string, KeptColumn> columns;
    std::map<std::string, KeptField> fields;
    std::map<std::string, Attribute> attributes;
};

MemoryState::MemoryState(const parallel::Communicator& world) : impl_(std::make_unique<Impl>(Impl{&world, {}, {}, {}}))
{
}
MemoryState::~MemoryState() = default;

void MemoryState::begin_column(const std::string& path, std::uint64_t total, Column like)
{
    impl_->columns.insert_or_assign(path, KeptColumn{like.index(), total, {}});
}

void MemoryState::write_part(const std::string& path, std::uint64_t first, Column mine)
{
    const auto bytes = bytes_of(mine);
    if (!bytes.empty()) {
        impl_->columns.at(path).parts.push_back({first, {bytes.begin(), bytes.end()}});
    }
}

void MemoryState::end_column(const std::string& /*path*/) {}

void MemoryState::write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                              std::span<const double> mine)
{
    impl_->fields.insert_or_assign(path, KeptField{grid.voxels, rows_from_boxes(*impl_->world, grid, box, mine)});
}

void MemoryState::write_attribute(const std::string& path, const std::string& name, const Attribute& value)
{
    impl_->attributes.insert_or_assign(attribute_path(path, name), value);
}

bool MemoryState::has_column(const std::string& path) { return impl_->columns.contains(path); }

std::uint64_t MemoryState::column_size(const std::string& path) { return found(impl_->columns, path).total; }

void MemoryState::read_column(const std::string& path, std::uint64_t first, ColumnRoom mine)
{
    const KeptColumn& column = found(impl_->columns, path);
    if (mine.index() != column.type) {
        throw FileError("column " + path + " of the state in memory is of another type");
    }
    const auto room = std::visit([](auto values) { return std::as_writable_bytes(values); }, mine);
    const std::size_t width = std::visit([](auto values) { return sizeof(values[0]); }, mine);
    const Entries wanted{first, room.size() / width};
    const auto asked = impl_->world->all_gather(std::span<const Entries>(&wanted, 1));
    std::vector<std::vector<std::byte>> outgoing(asked.size());
    for (const KeptPart& part : column.parts) {
        for (std::size_t rank = 0; rank < asked.size(); ++rank) {
            append_common(part, width, asked[rank], outgoing[rank]);
        }
    }
    std::uint64_t taken = 0;
    for (const auto& message : parallel::exchange_bytes(*impl_->world, outgoing)) {
        taken += take(message, width, first, room);
    }
    ensure(taken == wanted.count, "a column of the state in memory has gaps");
}

void MemoryState::read_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                             std::span<double> mine)
{
    const KeptField& field = found(impl_->fields, path);
    if (field.voxels != grid.voxels) {
        throw FileError("field " + path + " of the state in memory has another grid");
    }
    boxes_from_rows(*impl_->world, grid, field.rows, box, mine);
}

Attribute MemoryState::read_attribute(const std::string& path, const std::string& name)
{
    return found(impl_->attributes, attribute_path(path, name));
}

} // namespace paget::io
