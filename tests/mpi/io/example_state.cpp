#include "example_state.hpp"

#include "paget/core/hash.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/mesh/partition.hpp"

#include <gtest/gtest.h>

#include <string>

namespace paget::test
{
namespace
{
template <class T>
std::vector<T> entries(const Part& part)
{
    std::vector<T> column;
    for (std::uint64_t i = part.first; i < part.last; ++i) {
        column.push_back(static_cast<T>(mix64(i)));
    }
    return column;
}

template <class T>
void write_integers(io::StateWriter& writer, const std::string& path, const Part& part)
{
    const std::vector<T> column = entries<T>(part);
    writer.write_column(path, example_cells, part.first, std::span<const T>(column));
}

void write_lengths(io::StateWriter& writer, const std::string& path, const Part& part)
{
    std::vector<double> column;
    for (std::uint64_t i = part.first; i < part.last; ++i) {
        column.push_back(example_length(i));
    }
    writer.write_column(path, example_cells, part.first, std::span<const double>(column));
}

void write_oxygen(io::StateWriter& writer, const std::string& path, const mesh::Box& box)
{
    std::vector<double> values;
    for (int z = box.lo[2]; z < box.hi[2]; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            for (int x = box.lo[0]; x < box.hi[0]; ++x) {
                values.push_back(example_oxygen({x, y, z}));
            }
        }
    }
    writer.write_field(path, example_grid, box, values);
}

/// Part of an even cut, other than that of the writer.
Part even_part(std::uint64_t total, const parallel::Communicator& comm)
{
    const auto rank = static_cast<std::uint64_t>(comm.rank());
    const auto ranks = static_cast<std::uint64_t>(comm.size());
    return {total * rank / ranks, total * (rank + 1) / ranks};
}

template <class T>
std::vector<T> read_part(io::StateReader& reader, const std::string& path, const Part& part)
{
    std::vector<T> values(part.last - part.first);
    reader.read_column(path, part.first, std::span<T>(values));
    return values;
}

void expect_oxygen(io::StateReader& reader, const std::string& path, const mesh::Box& box)
{
    std::vector<double> values(static_cast<std::size_t>(box.volume()));
    reader.read_field(path, example_grid, box, values);
    for (int z = box.lo[2]; z < box.hi[2]; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            for (int x = box.lo[0]; x < box.hi[0]; ++x) {
                ASSERT_EQ(values[box.offset({x, y, z})], example_oxygen({x, y, z}));
            }
        }
    }
}
} // namespace

double example_length(std::uint64_t i) { return 0.1 * static_cast<double>(i) - 3.0; }

double example_oxygen(const mesh::Index3& v) { return v[0] + 0.01 * v[1] - 1.0 / (1 + v[2]); }

Part uneven_part(std::uint64_t total, int rank, int ranks)
{
    const auto cut = [&](int r) {
        const auto n = static_cast<std::uint64_t>(ranks);
        const auto k = static_cast<std::uint64_t>(r);
        return r <= 1 && ranks > 1 ? 0 : total * k * k / (n * n);
    };
    return {cut(rank), cut(rank + 1)};
}

void write_example(io::StateWriter& writer, const parallel::Communicator& comm)
{
    const Part part = uneven_part(example_cells, comm.rank(), comm.size());
    writer.write_attribute("/", "version", std::string("example"));
    write_lengths(writer, "/organs/lung/cells/length_um", part);
    write_integers<std::int64_t>(writer, "/organs/lung/cells/born_at", part);
    write_integers<std::uint64_t>(writer, "/organs/lung/cells/id", part);
    write_integers<std::uint32_t>(writer, "/organs/lung/cells/clone", part);
    write_integers<std::uint16_t>(writer, "/organs/lung/cells/journeys", part);
    write_integers<std::uint8_t>(writer, "/organs/lung/cells/state", part);
    for (int i = 0; i < 40; ++i) {
        write_lengths(writer, "/organs/lung/cells/column_" + std::to_string(i), part);
    }
    writer.write_column("/organs/bone/cells/length_um", 0, 0, std::span<const double>());
    const mesh::Partition partition(example_grid, *mesh::choose_parts(example_grid, comm.size()));
    write_oxygen(writer, "/organs/lung/fields/oxygen", partition.box(comm.rank()));
    const bool last = comm.rank() == comm.size() - 1;
    write_oxygen(writer, "/organs/bone/fields/oxygen", last ? example_grid.box() : mesh::Box{});
    writer.write_attribute("/organs/lung/fields/oxygen", "unit", std::string("mmHg"));
    writer.write_attribute("/blood/ledger", "shed", std::int64_t{-5});
    writer.write_attribute("/blood/ledger", "seed", std::uint64_t{1} << 63U);
    writer.write_attribute("/blood/ledger", "days", 0.1);
}

std::uint64_t write_state(const std::string& path, const parallel::Communicator& comm)
{
    io::Hdf5StateWriter writer(path, comm);
    write_example(writer, comm);
    writer.commit();
    return writer.hash();
}

void expect_example(io::StateReader& reader, const parallel::Communicator& comm)
{
    EXPECT_EQ(reader.column_size("/organs/lung/cells/id"), example_cells);
    EXPECT_EQ(reader.column_size("/organs/bone/cells/length_um"), 0U);
    const Part part = even_part(example_cells, comm);
    const auto lengths = read_part<double>(reader, "/organs/lung/cells/length_um", part);
    const auto ids = read_part<std::uint64_t>(reader, "/organs/lung/cells/id", part);
    const auto born = read_part<std::int64_t>(reader, "/organs/lung/cells/born_at", part);
    const auto clones = read_part<std::uint32_t>(reader, "/organs/lung/cells/clone", part);
    const auto journeys = read_part<std::uint16_t>(reader, "/organs/lung/cells/journeys", part);
    const auto states = read_part<std::uint8_t>(reader, "/organs/lung/cells/state", part);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::uint64_t entry = part.first + i;
        ASSERT_EQ(lengths[i], example_length(entry));
        ASSERT_EQ(ids[i], mix64(entry));
        ASSERT_EQ(born[i], static_cast<std::int64_t>(mix64(entry)));
        ASSERT_EQ(clones[i], static_cast<std::uint32_t>(mix64(entry)));
        ASSERT_EQ(journeys[i], static_cast<std::uint16_t>(mix64(entry)));
        ASSERT_EQ(states[i], static_cast<std::uint8_t>(mix64(entry)));
    }
    EXPECT_TRUE(read_part<double>(reader, "/organs/bone/cells/length_um", {}).empty());
    const mesh::Partition partition(example_grid, *mesh::choose_parts(example_grid, comm.size()));
    expect_oxygen(reader, "/organs/bone/fields/oxygen", partition.box(comm.rank()));
    expect_oxygen(reader, "/organs/lung/fields/oxygen", comm.is_root() ? example_grid.box() : mesh::Box{});
    EXPECT_EQ(io::read_attribute<std::string>(reader, "/organs/lung/fields/oxygen", "unit"), "mmHg");
    EXPECT_EQ(io::read_attribute<std::string>(reader, "/", "version"), "example");
    EXPECT_EQ(io::read_attribute<std::int64_t>(reader, "/blood/ledger", "shed"), -5);
    EXPECT_EQ(io::read_attribute<std::uint64_t>(reader, "/blood/ledger", "seed"), std::uint64_t{1} << 63U);
    EXPECT_EQ(io::read_attribute<double>(reader, "/blood/ledger", "days"), 0.1);
}

} // namespace paget::test
