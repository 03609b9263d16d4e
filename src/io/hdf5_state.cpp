#include "paget/io/hdf5_state.hpp"

#include "paget/core/error.hpp"
#include "paget/hdf5/file.hpp"
#include "paget/hdf5/slab.hpp"
#include "paget/io/agreement.hpp"
#include "paget/io/checksum.hpp"
#include "paget/io/durable.hpp"

#include <exception>
#include <functional>
#include <optional>

namespace paget::io
{
namespace
{
/// Where a piece goes: its type, whole shape and this rank's part.
struct Piece {
    hid_t file_type;
    hid_t memory_type;
    std::vector<hsize_t> shape;
    hdf5::Slab slab;
    const void* data;
    std::uint64_t checksum; ///< this rank's share
};

template <class T>
Piece column_piece(std::uint64_t total, std::uint64_t first, std::span<const T> mine)
{
    ensure(first + mine.size() <= total, "a part of a column lies outside it");
    return {hdf5::TypeOf<T>::file(), hdf5::TypeOf<T>::memory(), {total}, {{first}, {mine.size()}}, mine.data(), 0};
}

std::vector<hsize_t> slowest_first(const mesh::Index3& v)
{
    return {static_cast<hsize_t>(v[2]), static_cast<hsize_t>(v[1]), static_cast<hsize_t>(v[0])};
}
} // namespace

struct Hdf5StateWriter::Impl {
    const parallel::Communicator* world;
    std::string path;
    std::string part;
    int exceptions_at_start = std::uncaught_exceptions();
    std::optional<hdf5::NewFile> file;

    /// Does what all ranks do alike; if it fails anywhere the file is given up everywhere.
    void together(const std::function<void()>& work);
    void write(const std::string& where, const Piece& piece);
    void discard();
};

void Hdf5StateWriter::Impl::together(const std::function<void()>& work)
{
    try {
        agreed(*world, work);
    } catch (const FileError&) {
        discard();
        throw;
    }
}

void Hdf5StateWriter::Impl::write(const std::string& where, const Piece& piece)
{
    ensure(file.has_value(), "a state file is written to after it was closed or has failed");
    hdf5::Dataset dataset;
    together([&] { dataset = file->make_dataset(where, piece.file_type, piece.shape); });
    together([&] {
        hdf5::write_slab(dataset, piece.slab, piece.memory_type, piece.data, hdf5::Transfer::collective, part);
    });
    const std::uint64_t checksum = world->sum_modulo(piece.checksum);
    together([&] { file->write_attribute(dataset.id(), "checksum", checksum); });
}

/// After a failure that all ranks know of: closes as well as it can be and removes what was written.
void Hdf5StateWriter::Impl::discard()
{
    file.reset();
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
    // Rank 0 tries first: where it fails, MPI would report one and the same error once per rank, and less clearly.
    impl_->together([this] {
        if (impl_->world->is_root()) {
            write_whole_file(impl_->part, "");
        }
    });
    impl_->together([this] { impl_->file.emplace(impl_->part, *impl_->world); });
}

Hdf5StateWriter::~Hdf5StateWriter()
{
    if (!impl_->file) {
        return;
    }
    // An exception that only this rank knows of may be on its way: the others would not come to a collective close.
    if (std::uncaught_exceptions() > impl_->exceptions_at_start) {
        impl_->file->abandon();
    }
    impl_->discard();
}

void Hdf5StateWriter::write_column(const std::string& path, std::uint64_t total, std::uint64_t first, Column mine)
{
    Piece piece = std::visit([&](auto entries) { return column_piece(total, first, entries); }, mine);
    piece.checksum = column_checksum(path, first, mine);
    impl_->write(path, piece);
}

void Hdf5StateWriter::write_field(const std::string& path, const mesh::Grid& grid, const mesh::Box& box,
                                  std::span<const double> mine)
{
    const hdf5::Slab slab{slowest_first(box.lo), slowest_first({box.extent(0), box.extent(1), box.extent(2)})};
    impl_->write(path, {hdf5::TypeOf<double>::file(), hdf5::TypeOf<double>::memory(), slowest_first(grid.voxels), slab,
                        mine.data(), field_checksum(path, grid, box, mine)});
}

void Hdf5StateWriter::write_attribute(const std::string& path, const std::string& name, const Attribute& value)
{
    ensure(impl_->file.has_value(), "a state file is written to after it was closed or has failed");
    impl_->together(
        [&] { std::visit([&](const auto& held) { impl_->file->write_attribute(path, name, held); }, value); });
}

void Hdf5StateWriter::commit()
{
    ensure(impl_->file.has_value(), "a state file is committed twice or has failed");
    impl_->together([this] { impl_->file->flush(); });
    impl_->together([this] { impl_->file->close(); });
    impl_->file.reset();
    impl_->together([this] {
        if (impl_->world->is_root()) {
            publish(impl_->part, impl_->path);
        }
    });
}

} // namespace paget::io
