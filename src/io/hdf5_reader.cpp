#include "paget/io/hdf5_reader.hpp"

#include "field_rows.hpp"

#include "paget/core/error.hpp"
#include "paget/hdf5/contents.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/seal.hpp"
#include "paget/io/source_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <optional>
#include <type_traits>

namespace paget::io
{
namespace
{
/// What all ranks need to know of a piece before they read it.
struct Place {
    std::uint64_t address = 0;
    std::uint64_t entries = 0;
};

template <class T>
constexpr hdf5::NumberType number_type();
template <>
constexpr hdf5::NumberType number_type<double>()
{
    return hdf5::NumberType::real64;
}
template <>
constexpr hdf5::NumberType number_type<std::int64_t>()
{
    return hdf5::NumberType::int64;
}
template <>
constexpr hdf5::NumberType number_type<std::uint64_t>()
{
    return hdf5::NumberType::uint64;
}
template <>
constexpr hdf5::NumberType number_type<std::uint32_t>()
{
    return hdf5::NumberType::uint32;
}
template <>
constexpr hdf5::NumberType number_type<std::uint16_t>()
{
    return hdf5::NumberType::uint16;
}
template <>
constexpr hdf5::NumberType number_type<std::uint8_t>()
{
    return hdf5::NumberType::uint8;
}

std::vector<hsize_t> shape_of(const mesh::Grid& grid)
{
    return {static_cast<hsize_t>(grid.voxels[2]), static_cast<hsize_t>(grid.voxels[1]),
            static_cast<hsize_t>(grid.voxels[0])};
}
} // namespace

struct Hdf5StateReader::Impl {
    const parallel::Communicator* world;
    std::string path;
    std::optional<hdf5::FileContents> contents; ///< on rank 0
    std::optional<SourceFile> file;

    Place find(const std::string& where, hdf5::NumberType type, const std::vector<hsize_t>* shape);
};

/// The place of a piece on all ranks; it must be of this type and, if one is given, of this shape.
Place Hdf5StateReader::Impl::find(const std::string& where, hdf5::NumberType type, const std::vector<hsize_t>* shape)
{
    std::vector<Place> found;
    agreed_on_root(*world, [&] {
        const hdf5::StoredData& data = contents->data(where);
        if (data.type != type || (shape != nullptr && data.shape != *shape)) {
            throw FileError(fmt::format("{}: {} is of another type or shape ({}) than it should be", path, where,
                                        fmt::join(data.shape, " x ")));
        }
        found.push_back({data.place.address, data.entries()});
    });
    world->broadcast(found);
    return found.front();
}

Hdf5StateReader::Hdf5StateReader(const std::string& path, const parallel::Communicator& world)
    : impl_(std::make_unique<Impl>(&world, path))
{
    check_whole(path, world);
    agreed(world, [this] {
        impl_->file.emplace(impl_->path);
        if (impl_->world->is_root()) {
            impl_->contents.emplace(impl_->path);
        }
    });
}

Hdf5StateReader::~Hdf5StateReader() = default;

const std::string& Hdf5StateReader::path() const { return impl_->path; }

bool Hdf5StateReader::has_column(const std::string& path)
{
    return impl_->world->any(impl_->world->is_root() && impl_->contents->has_data(path));
}

std::uint64_t Hdf5StateReader::column_size(const std::string& path)
{
    std::vector<std::uint64_t> size;
    agreed_on_root(*impl_->world, [&] { size.push_back(impl_->contents->data(path).entries()); });
    impl_->world->broadcast(size);
    return size.front();
}

void Hdf5StateReader::read_column(const std::string& path, std::uint64_t first, ColumnRoom mine)
{
    std::visit(
        [&]<class T>(std::span<T> entries) {
            const Place place = impl_->find(path, number_type<T>(), nullptr);
            ensure(first + entries.size() <= place.entries, "a part of a column lies outside it");
            agreed(*impl_->world, [&] {
                impl_->file->read_many_at(place.address + first * sizeof(T), std::as_writable_bytes(entries));
            });
        },
        mine);
}

void Hdf5StateReader::read_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                                 std::span<double> mine)
{
    ensure(mine.size() == static_cast<std::size_t>(box.volume()), "a field's values do not fit its box");
    const std::vector<hsize_t> shape = shape_of(grid);
    const Place place = impl_->find(path, hdf5::NumberType::real64, &shape);
    if (impl_->world->size() == 1) { // a box that is the whole grid is one run of voxels as it is
        ensure(box == grid.box(), "the box of a field does not fill its grid");
        impl_->file->read_many_at(place.address, std::as_writable_bytes(mine));
    } else {
        FieldRows rows = rows_to_read(*impl_->world, grid);
        agreed(*impl_->world, [&] {
            impl_->file->read_many_at(place.address + rows.first * sizeof(double),
                                      std::as_writable_bytes(std::span(rows.values)));
        });
        boxes_from_rows(*impl_->world, grid, rows, box, mine);
    }
}

bool Hdf5StateReader::has_attribute(const std::string& path, const std::string& name)
{
    return impl_->world->any(impl_->world->is_root() && impl_->contents->has_attribute(path, name));
}

std::uint64_t Hdf5StateReader::bytes() const { return impl_->file->size(); }

Attribute Hdf5StateReader::read_attribute(const std::string& path, const std::string& name)
{
    std::vector<std::int64_t> kind;
    std::uint64_t bits = 0;
    std::string text;
    agreed_on_root(*impl_->world, [&] {
        const Attribute& value = impl_->contents->attribute(path, name);
        kind.push_back(static_cast<std::int64_t>(value.index()));
        std::visit(
            [&]<class T>(const T& held) {
                if constexpr (std::is_same_v<T, std::string>) {
                    text = held;
                } else {
                    bits = std::bit_cast<std::uint64_t>(held);
                }
            },
            value);
    });
    impl_->world->broadcast(kind);
    impl_->world->broadcast(text);
    std::vector<std::uint64_t> number{bits};
    impl_->world->broadcast(number);
    switch (kind.front()) {
    case 0:
        return std::bit_cast<std::int64_t>(number.front());
    case 1:
        return number.front();
    case 2:
        return std::bit_cast<double>(number.front());
    default:
        return text;
    }
}

} // namespace paget::io
