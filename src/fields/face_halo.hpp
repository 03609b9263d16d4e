#pragma once

#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <array>
#include <vector>

namespace paget::fields
{

/// Ranks across the six faces of a box (x_low, x_high, y_low, ...), or -1 where there is none.
using FaceNeighbours = std::array<int, 6>;

FaceNeighbours face_neighbours(const mesh::Partition& partition, int rank);

/// No neighbours: for grids that one rank holds as a whole.
inline constexpr FaceNeighbours no_neighbours{-1, -1, -1, -1, -1, -1};

/// Exchanges the outermost layers of an array over a box (x fastest) with the ranks across its faces. What arrives
/// stays in buffers of its own, so that solvers work on plain arrays without a margin.
template <class T>
class FaceHalo
{
public:
    FaceHalo(const mesh::Index3& extents, const FaceNeighbours& neighbours, const parallel::Communicator& comm);

    /// Sends this rank's layers and receives its neighbours'. Collective among neighbours.
    void exchange(const T* values);

    /// The neighbour's layer (x faces: y fastest, then z; y faces: x, z; z faces: x, y); nullptr where there is none.
    const T* face(std::size_t side) const { return received_[side].empty() ? nullptr : received_[side].data(); }

private:
    void pack(const T* values, std::size_t side);

    mesh::Index3 extents_;
    FaceNeighbours neighbours_;
    const parallel::Communicator* comm_;
    std::array<std::vector<T>, 6> sent_;
    std::array<std::vector<T>, 6> received_;
};

extern template class FaceHalo<double>;

} // namespace paget::fields
