#include "example_state.hpp"

#include "paget/core/hash.hpp"
#include "paget/io/hdf5_state.hpp"
#include "paget/mesh/partition.hpp"

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

} // namespace paget::test
