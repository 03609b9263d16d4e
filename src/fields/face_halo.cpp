#include "face_halo.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
constexpr int face_tag = 40;
} // namespace

FaceNeighbours face_neighbours(const mesh::Partition& partition, int rank)
{
    const mesh::Index3 here = partition.coordinates(rank);
    FaceNeighbours neighbours = no_neighbours;
    for (std::size_t side = 0; side < 6; ++side) {
        mesh::Index3 there = here;
        const std::size_t axis = side / 2;
        there[axis] += side % 2 == 0 ? -1 : 1;
        if (there[axis] >= 0 && there[axis] < partition.parts()[axis]) {
            neighbours[side] = partition.rank_at(there);
        }
    }
    return neighbours;
}

template <class T>
FaceHalo<T>::FaceHalo(const mesh::Index3& extents, const FaceNeighbours& neighbours, const parallel::Communicator& comm)
    : extents_(extents),
      neighbours_(neighbours),
      comm_(&comm)
{
    for (std::size_t side = 0; side < 6; ++side) {
        if (neighbours_[side] >= 0) {
            const std::size_t axis = side / 2;
            const auto a = static_cast<std::size_t>(extents[(axis + 1) % 3]);
            const auto b = static_cast<std::size_t>(extents[(axis + 2) % 3]);
            sent_[side].resize(a * b);
            received_[side].resize(a * b);
        }
    }
}

template <class T>
void FaceHalo<T>::pack(const T* values, std::size_t side)
{
    const auto nx = static_cast<std::size_t>(extents_[0]);
    const auto ny = static_cast<std::size_t>(extents_[1]);
    const auto nz = static_cast<std::size_t>(extents_[2]);
    T* out = sent_[side].data();
    if (side < 2) {
        const std::size_t i = side == 0 ? 0 : nx - 1;
        for (std::size_t row = 0; row < ny * nz; ++row) {
            out[row] = values[row * nx + i];
        }
    } else if (side < 4) {
        const std::size_t j = side == 2 ? 0 : ny - 1;
        for (std::size_t k = 0; k < nz; ++k) {
            std::copy_n(values + (k * ny + j) * nx, nx, out + k * nx);
        }
    } else {
        const std::size_t k = side == 4 ? 0 : nz - 1;
        std::copy_n(values + k * ny * nx, ny * nx, out);
    }
}

template <class T>
void FaceHalo<T>::exchange(const T* values)
{
    std::array<MPI_Request, 12> requests{};
    int count = 0;
    for (std::size_t side = 0; side < 6; ++side) {
        if (neighbours_[side] < 0) {
            continue;
        }
        pack(values, side);
        // A message carries the side it leaves by, so its receiver asks for the opposite one.
        const int bytes = parallel::count_of(sent_[side].size() * sizeof(T));
        const int opposite = static_cast<int>(side ^ 1U);
        parallel::check(MPI_Irecv(received_[side].data(), bytes, MPI_BYTE, neighbours_[side], face_tag + opposite,
                                  comm_->handle(), &requests[static_cast<std::size_t>(count++)]));
        parallel::check(MPI_Isend(sent_[side].data(), bytes, MPI_BYTE, neighbours_[side],
                                  face_tag + static_cast<int>(side), comm_->handle(),
                                  &requests[static_cast<std::size_t>(count++)]));
    }
    parallel::check(MPI_Waitall(count, requests.data(), MPI_STATUSES_IGNORE));
}

template class FaceHalo<double>;

} // namespace paget::fields
