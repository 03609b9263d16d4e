// State files against the same bytes by plain parallel HDF5 (contiguous, collective) and by plain writes, on the disk
// of the temporary folder. Everything is synced; reads begin with nothing in the page cache.

#include "paget/hdf5/handle.hpp"
#include "paget/io/hdf5_reader.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/io/raw_file.hpp"
#include "paget/io/source_file.hpp"
#include "paget/mesh/partition.hpp"
#include "support/bench.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace paget::bench
{
namespace
{
constexpr int fields = 6;
constexpr int columns = 12;

/// A state of fields and columns of doubles, and this rank's part of each.
class Example
{
public:
    Example(int edge, const parallel::Communicator& world)
        : world_(&world),
          grid_({edge, edge, edge}, 20.0),
          box_(mesh::Partition(grid_, mesh::choose_parts(grid_, world.size()).value()).box(world.rank())),
          entries_(static_cast<std::uint64_t>(grid_.voxel_count())),
          field_(static_cast<std::size_t>(box_.volume())),
          column_(cut(world.rank() + 1) - cut(world.rank()))
    {
        std::generate(field_.begin(), field_.end(), [n = 0.0]() mutable { return n += 0.1; });
        std::generate(column_.begin(), column_.end(), [n = 0.0]() mutable { return n -= 0.3; });
    }

    double bytes() const { return 8.0 * (fields + columns) * static_cast<double>(entries_); }
    const parallel::Communicator& world() const { return *world_; }
    const mesh::Grid& grid() const { return grid_; }
    const mesh::Box& box() const { return box_; }
    std::uint64_t entries() const { return entries_; }
    std::uint64_t first() const { return cut(world_->rank()); }
    std::vector<double>& field() { return field_; }
    std::vector<double>& column() { return column_; }

private:
    std::uint64_t cut(int rank) const
    {
        return entries_ * static_cast<std::uint64_t>(rank) / static_cast<std::uint64_t>(world_->size());
    }

    const parallel::Communicator* world_;
    mesh::Grid grid_;
    mesh::Box box_;
    std::uint64_t entries_;
    std::vector<double> field_;
    std::vector<double> column_;
};

std::string field_name(int i) { return fmt::format("/field_{}", i); }
std::string column_name(int i) { return fmt::format("/column_{}", i); }

void write_by_paget(Example& e, const std::string& path)
{
    io::Hdf5StateWriter writer(path, e.world());
    for (int i = 0; i < fields; ++i) {
        writer.write_field(field_name(i), e.grid(), e.box(), e.field());
    }
    for (int i = 0; i < columns; ++i) {
        writer.write_column(column_name(i), e.entries(), e.first(), std::span<const double>(e.column()));
    }
    writer.commit();
}

void read_by_paget(Example& e, const std::string& path)
{
    io::Hdf5StateReader reader(path, e.world());
    for (int i = 0; i < fields; ++i) {
        reader.read_field(field_name(i), e.grid(), e.box(), e.field());
    }
    for (int i = 0; i < columns; ++i) {
        reader.read_column(column_name(i), e.first(), std::span<double>(e.column()));
    }
}

/// One data set of the plain file: this rank's part of it, transferred by all ranks together.
void transfer(hid_t file, const std::string& name, const std::vector<hsize_t>& shape, const std::vector<hsize_t>& start,
              const std::vector<hsize_t>& count, std::vector<double>& values, bool write)
{
    const hdf5::Dataspace space{H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr)};
    const hdf5::Dataset data{
        write ? H5Dcreate2(file, name.c_str(), H5T_IEEE_F64LE, space.id(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)
              : H5Dopen2(file, name.c_str(), H5P_DEFAULT)};
    const hsize_t mine = values.size();
    const hdf5::Dataspace memory{H5Screate_simple(1, &mine, nullptr)};
    H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr);
    const hdf5::PropertyList together{H5Pcreate(H5P_DATASET_XFER)};
    H5Pset_dxpl_mpio(together.id(), H5FD_MPIO_COLLECTIVE);
    const herr_t done =
        write ? H5Dwrite(data.id(), H5T_NATIVE_DOUBLE, memory.id(), space.id(), together.id(), values.data())
              : H5Dread(data.id(), H5T_NATIVE_DOUBLE, memory.id(), space.id(), together.id(), values.data());
    hdf5::checked(name, "transfer", [done] { return done; });
}

void transfer_by_plain_hdf5(Example& e, const std::string& path, bool write)
{
    const hdf5::PropertyList access{H5Pcreate(H5P_FILE_ACCESS)};
    H5Pset_fapl_mpio(access.id(), e.world().handle(), MPI_INFO_NULL);
    hdf5::File file{write ? H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.id())
                          : H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id())};
    const auto size = [](int n) { return static_cast<hsize_t>(n); };
    const mesh::Box& b = e.box();
    for (int i = 0; i < fields; ++i) {
        transfer(file.id(), field_name(i),
                 {size(e.grid().voxels[2]), size(e.grid().voxels[1]), size(e.grid().voxels[0])},
                 {size(b.lo[2]), size(b.lo[1]), size(b.lo[0])},
                 {size(b.extent(2)), size(b.extent(1)), size(b.extent(0))}, e.field(), write);
    }
    for (int i = 0; i < columns; ++i) {
        transfer(file.id(), column_name(i), {e.entries()}, {e.first()}, {e.column().size()}, e.column(), write);
    }
    file.close(path, "close");
}

/// What dd does: long pieces one after the other, each rank in a part of the file of its own.
void transfer_plainly(Example& e, const std::string& path, bool write)
{
    std::optional<io::RawFile> target;
    if (write) {
        if (e.world().is_root()) {
            target.emplace(path, true);
        }
        e.world().barrier();
        if (!target) {
            target.emplace(path, false);
        }
    }
    const io::SourceFile source(path);
    for (int i = 0; i < fields + columns; ++i) {
        const auto address = 8 * (static_cast<std::uint64_t>(i) * e.entries() + e.first());
        if (write) {
            target->write_at(address, std::as_bytes(std::span(e.column())));
        } else {
            source.read_at(address, std::as_writable_bytes(std::span(e.column())));
        }
    }
    e.world().barrier();
}

void sync_file(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDWR);
    ::fsync(file);
    ::close(file);
}

void forget_pages(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

template <class Work>
double seconds_of(const parallel::Communicator& world, Work&& work)
{
    world.barrier();
    const auto start = std::chrono::steady_clock::now();
    work();
    world.barrier();
    return world.maximum(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

/// Best times of three ways to do the same, in turns.
struct Times {
    double paget = std::numeric_limits<double>::max();
    double hdf5 = std::numeric_limits<double>::max();
    double plain = std::numeric_limits<double>::max();
};

Times measure_writes(Example& e, const test::TemporaryFolder& folder, int turns)
{
    Times best;
    const auto synced = [&](const std::string& path, const auto& work) {
        return seconds_of(e.world(), [&] {
            work();
            if (e.world().is_root()) {
                sync_file(path);
            }
        });
    };
    for (int turn = 0; turn < turns; ++turn) {
        best.plain =
            std::min(best.plain, synced(folder / "plain", [&] { transfer_plainly(e, folder / "plain", true); }));
        best.hdf5 = std::min(
            best.hdf5, synced(folder / "plain.h5", [&] { transfer_by_plain_hdf5(e, folder / "plain.h5", true); }));
        best.paget = std::min(best.paget, synced(folder / "paget.h5", [&] { write_by_paget(e, folder / "paget.h5"); }));
    }
    return best;
}

Times measure_reads(Example& e, const test::TemporaryFolder& folder, int turns)
{
    Times best;
    const auto cold = [&](const std::string& path, const auto& work) {
        forget_pages(path);
        return seconds_of(e.world(), work);
    };
    for (int turn = 0; turn < turns; ++turn) {
        best.plain =
            std::min(best.plain, cold(folder / "plain", [&] { transfer_plainly(e, folder / "plain", false); }));
        best.hdf5 = std::min(best.hdf5,
                             cold(folder / "plain.h5", [&] { transfer_by_plain_hdf5(e, folder / "plain.h5", false); }));
        best.paget = std::min(best.paget, cold(folder / "paget.h5", [&] { read_by_paget(e, folder / "paget.h5"); }));
    }
    return best;
}

void report(::benchmark::State& state, const Example& e, const Times& best)
{
    const double megabytes = e.bytes() / 1e6;
    state.counters["figure"] = megabytes / best.paget;
    state.counters["bound"] = megabytes / best.hdf5;
    state.counters["share"] = best.hdf5 / best.paget;
    state.counters["plain_writes"] = megabytes / best.plain;
    state.counters["megabytes"] = megabytes;
    state.SetLabel(fmt::format("MB/s | plain collective HDF5; dd's way {:.0f} MB/s", megabytes / best.plain));
}

void measure(::benchmark::State& state, int edge, bool writing, const Bench& bench)
{
    const test::TemporaryFolder folder(bench.world());
    Example example(edge, bench.world());
    const std::vector<double> field = example.field();
    const std::vector<double> column = example.column();
    for (auto iteration : state) {
        const Times writes = measure_writes(example, folder, bench.choose(1, 3, 5));
        if (writing) {
            report(state, example, writes);
        } else {
            report(state, example, measure_reads(example, folder, bench.choose(1, 3, 5)));
        }
    }
    read_by_paget(example, folder / "paget.h5");
    bench.require(state, example.field() == field && example.column() == column,
                  "what was read is not what was written");
}
} // namespace

void register_benchmarks(const Bench& bench)
{
    const int edge = bench.choose(32, 96, 128);
    for (const bool writing : {true, false}) {
        bench.add(
            fmt::format("checkpoint/{}/{}", writing ? "write" : "read", edge), 1,
            [=, &bench](auto& state) { measure(state, edge, writing, bench); }, true);
    }
}

std::vector<std::string> petsc_options() { return {}; }

} // namespace paget::bench
