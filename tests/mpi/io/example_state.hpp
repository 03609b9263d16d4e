#pragma once

#include "paget/io/state.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace paget::test
{

inline constexpr std::uint64_t example_cells = 1013;
inline const mesh::Grid example_grid{{40, 24, 16}, 20.0};

/// Entry i of a column, and the value of a voxel, as anybody can compute them.
double example_length(std::uint64_t i);
double example_oxygen(const mesh::Index3& voxel);

/// Writes the same state from any number of ranks, cut unevenly: columns of every type, an empty one, fields over all
/// ranks and over one, numbers and texts, and enough columns in one group to make HDF5 index them.
void write_example(io::StateWriter& writer, const parallel::Communicator& comm);

/// Expects that state of a reader, with other parts on the ranks of `comm` than were written. Collective.
void expect_example(io::StateReader& reader, const parallel::Communicator& comm);

/// Writes that state into a file. Returns its hash.
std::uint64_t write_state(const std::string& path, const parallel::Communicator& comm);

/// Evenly spread values in [first, last) of a column on `rank` of `ranks`; rank 0 of several has none.
struct Part {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};
Part uneven_part(std::uint64_t total, int rank, int ranks);

} // namespace paget::test
