#include "paget/io/hdf5_state.hpp"

#include "field_rows.hpp"
#include "paget/core/error.hpp"
#include "paget/hdf5/frame.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/checksum.hpp"
#include "paget/io/durable.hpp"
#include "paget/io/raw_file.hpp"
#include "paget/io/seal.hpp"
#include "paget/io/state_hash.hpp"

#include <bit>
#include <functional>
#include <future>
#include <optional>

namespace paget::io
{
namespace
{
static_assert(std::endian::native == std::endian::little, "values are written as they stand in memory");

constexpr std::size_t many_bytes = std::size_t{1} << 20U;

std::vector<hsize_t> slowest_first(const mesh::Index3& v)
{
    return {static_cast<hsize_t>(v[2]), static_cast<hsize_t>(v[1]), static_cast<hsize_t>(v[0])};
}

/// A column of which not all parts may have come.
struct OpenColumn {
    std::uint64_t address = 0;
    std::uint64_t total = 0;
    std::uint64_t checksum = 0; ///< this rank's share so far
};
} // namespace

/// Rank 0 has HDF5 make the frame of the file in memory; the values are written by the ranks that hold them, each with
/// plain system calls at addresses that rank 0 tells. docs/adr/0006 says why HDF5's own parallel writing is not used.
struct Hdf5StateWriter::Impl {
    const parallel::Communicator* world = nullptr;
    std::string path;
    std::string part;
    std::optional<hdf5::FileFrame> frame; ///< on rank 0
    std::optional<RawFile> file;          ///< this rank's access to the partial file
    ByteSum sum;                          ///< of what this rank has written
    std::map<std::string, std::uint64_t> pieces;
    std::map<std::string, OpenColumn> open_columns;

    void together(const std::function<void()>& work);
    void on_root(const std::function<void()>& work);
    std::uint64_t make_dataset(const std::string& where, hid_t type, const std::vector<hsize_t>& shape);
    void write_values(const std::string& where, std::uint64_t address, std::span<const std::byte> values,
                      std::uint64_t checksum);
    void note_checksum(const std::string& where, std::uint64_t share);
    void write_frame();
    void verify();
    void write_at(std::uint64_t address, std::span<const std::byte> bytes);
    void discard() noexcept;
};

/// Does what all ranks do alike; if it fails anywhere the file is given up everywhere.
void Hdf5StateWriter::Impl::together(const std::function<void()>& work)
{
    try {
        agreed(*world, work);
    } catch (const FileError&) {
        discard();
        throw;
    }
}

void Hdf5StateWriter::Impl::on_root(const std::function<void()>& work)
{
    together([&] {
        if (world->is_root()) {
            work();
        }
    });
}

/// The address of the values of a new data set, on all ranks.
std::uint64_t Hdf5StateWriter::Impl::make_dataset(const std::string& where, hid_t type,
                                                  const std::vector<hsize_t>& shape)
{
    ensure(file.has_value(), "a state file is written to after it was closed or has failed");
    std::vector<std::uint64_t> address;
    on_root([&] { address.push_back(frame->make_dataset(where, type, shape).address); });
    world->broadcast(address);
    return address.front();
}

void Hdf5StateWriter::Impl::write_values(const std::string& where, std::uint64_t address,
                                         std::span<const std::byte> values, std::uint64_t checksum)
{
    together([&] { write_at(address, values); });
    note_checksum(where, checksum);
}

/// From this rank's share of it.
void Hdf5StateWriter::Impl::note_checksum(const std::string& where, std::uint64_t share)
{
    const std::uint64_t checksum = world->sum_modulo(share);
    pieces.emplace(where, checksum);
    on_root([&] { frame->write_attribute(where, "checksum", checksum); });
}

void Hdf5StateWriter::Impl::write_at(std::uint64_t address, std::span<const std::byte> bytes)
{
    if (bytes.size() < many_bytes) {
        file->write_at(address, bytes);
        sum.add(address, bytes);
        return;
    }
    auto summed = std::async(std::launch::async, [&] {
        ByteSum of_bytes;
        of_bytes.add(address, bytes);
        return of_bytes;
    });
    file->write_at(address, bytes);
    file->begin_writeback(address, bytes.size()); // the disk works while the next piece is made
    sum.add(summed.get());
}

/// Ends the file: what HDF5 made of it, then the seal.
void Hdf5StateWriter::Impl::write_frame()
{
    std::uint64_t size = 0;
    on_root([&] {
        const hdf5::Image& image = frame->finish();
        image.visit_written(
            [this](std::uint64_t address, std::span<const std::byte> bytes) { write_at(address, bytes); });
        size = image.size();
        file->resize(size);
    });
    const Seal seal{size, sum.over_ranks(*world)};
    on_root([&] { file->write_at(seal.size, seal.encoded()); });
}

/// Reads back what was written.
void Hdf5StateWriter::Impl::verify()
{
    try {
        check_whole(part, *world);
    } catch (const FileError&) {
        discard();
        throw;
    }
}

void Hdf5StateWriter::Impl::discard() noexcept
{
    file.reset();
    frame.reset();
    if (world->is_root()) {
        remove_quietly(part);
    }
}

Hdf5StateWriter::Hdf5StateWriter(const std::string& path, const parallel::Communicator& world)
    : impl_(std::make_unique<Impl>())
{
    impl_->world = &world;
    impl_->path = path;
    impl_->part = partial_name(path);
    impl_->on_root([this] {
        impl_->file.emplace(impl_->part, true);
        impl_->frame.emplace(impl_->path);
    });
    impl_->together([this] {
        if (!impl_->file) {
            impl_->file.emplace(impl_->part, false);
        }
    });
}

Hdf5StateWriter::~Hdf5StateWriter()
{
    if (impl_->file) {
        impl_->discard();
    }
}

void Hdf5StateWriter::begin_column(const std::string& path, std::uint64_t total, Column like)
{
    std::visit(
        [&]<class T>(std::span<const T>) {
            const std::uint64_t address = impl_->make_dataset(path, hdf5::TypeOf<T>::file(), {total});
            impl_->open_columns[path] = {address, total, 0};
        },
        like);
}

void Hdf5StateWriter::write_part(const std::string& path, std::uint64_t first, Column mine)
{
    auto& column = impl_->open_columns.at(path);
    std::visit(
        [&]<class T>(std::span<const T> entries) {
            ensure(first + entries.size() <= column.total, "a part of a column lies outside it");
            column.checksum += column_checksum(path, first, mine);
            impl_->together([&] { impl_->write_at(column.address + first * sizeof(T), std::as_bytes(entries)); });
        },
        mine);
}

void Hdf5StateWriter::end_column(const std::string& path)
{
    impl_->note_checksum(path, impl_->open_columns.at(path).checksum);
    impl_->open_columns.erase(path);
}

void Hdf5StateWriter::write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                                  std::span<const double> mine)
{
    const std::uint64_t checksum = field_checksum(path, grid, box, mine);
    const std::uint64_t address = impl_->make_dataset(path, hdf5::TypeOf<double>::file(), slowest_first(grid.voxels));
    if (impl_->world->size() == 1) { // a box that is the whole grid is one run of voxels as it is
        ensure(box == grid.box(), "the box of a field does not fill its grid");
        impl_->write_values(path, address, std::as_bytes(mine), checksum);
        return;
    }
    const FieldRows rows = rows_from_boxes(*impl_->world, grid, box, mine);
    impl_->write_values(path, address + rows.first * sizeof(double), std::as_bytes(std::span(rows.values)), checksum);
}

void Hdf5StateWriter::write_attribute(const std::string& path, const std::string& name, const Attribute& value)
{
    ensure(impl_->file.has_value(), "a state file is written to after it was closed or has failed");
    impl_->pieces.emplace(attribute_path(path, name), attribute_checksum(value));
    impl_->on_root(
        [&] { std::visit([&](const auto& held) { impl_->frame->write_attribute(path, name, held); }, value); });
}

std::uint64_t Hdf5StateWriter::hash() const { return hash_of(impl_->pieces); }

void Hdf5StateWriter::commit()
{
    ensure(impl_->file.has_value(), "a state file is committed twice or has failed");
    impl_->write_frame();
    impl_->together([this] {
        impl_->file->sync();
        impl_->file->close();
    });
    impl_->verify();
    impl_->on_root([this] { publish(impl_->part, impl_->path); });
    impl_->file.reset();
    impl_->frame.reset();
}

} // namespace paget::io
