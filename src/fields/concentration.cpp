#include "paget/fields/concentration.hpp"

#include "face_halo.hpp"

#include "paget/core/error.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
constexpr int layer_tag = 48;

mesh::Box with_margin(const mesh::Box& box)
{
    mesh::Box wide = box;
    for (std::size_t a = 0; a < 3; ++a) {
        wide.lo[a] -= 1;
        wide.hi[a] += 1;
    }
    return wide;
}

/// One layer of the widened box, across `axis` at index `at`.
mesh::Box layer(const mesh::Box& wide, std::size_t axis, int at)
{
    mesh::Box slab = wide;
    slab.lo[axis] = at;
    slab.hi[axis] = at + 1;
    return slab;
}

template <class F>
void for_cells(const mesh::Box& box, F f)
{
    for (int k = box.lo[2]; k < box.hi[2]; ++k) {
        for (int j = box.lo[1]; j < box.hi[1]; ++j) {
            for (int i = box.lo[0]; i < box.hi[0]; ++i) {
                f(mesh::Index3{i, j, k});
            }
        }
    }
}

/// The array over a box and one layer around it, as the exchange between ranks sees it.
class GhostLayers
{
public:
    GhostLayers(std::span<double> values, const mesh::Box& box, const FaceNeighbours& neighbours,
                const parallel::Communicator& comm)
        : values_(values),
          box_(box),
          wide_(with_margin(box)),
          neighbours_(neighbours),
          comm_(&comm)
    {
    }

    /// Axis after axis, each with the layers already filled, so that edges and corners arrive too.
    void refresh()
    {
        for (std::size_t axis = 0; axis < 3; ++axis) {
            refresh_axis(axis);
        }
    }

private:
    void refresh_axis(std::size_t axis)
    {
        std::array<std::vector<double>, 2> sent;
        std::array<std::vector<double>, 2> received;
        std::array<MPI_Request, 4> requests{};
        std::size_t count = 0;
        for (std::size_t end = 0; end < 2; ++end) {
            const int inner = end == 0 ? box_.lo[axis] : box_.hi[axis] - 1;
            sent[end] = read(layer(wide_, axis, inner));
            received[end] = sent[end]; // stays so at walls: the mirror image
            const int rank = neighbours_[2 * axis + end];
            if (rank >= 0) {
                const int bytes = parallel::count_of(sent[end].size() * sizeof(double));
                const int tag = layer_tag + static_cast<int>(2 * axis);
                parallel::check(MPI_Irecv(received[end].data(), bytes, MPI_BYTE, rank, tag + static_cast<int>(1 - end),
                                          comm_->handle(), &requests[count++]));
                parallel::check(MPI_Isend(sent[end].data(), bytes, MPI_BYTE, rank, tag + static_cast<int>(end),
                                          comm_->handle(), &requests[count++]));
            }
        }
        parallel::check(MPI_Waitall(static_cast<int>(count), requests.data(), MPI_STATUSES_IGNORE));
        write(layer(wide_, axis, wide_.lo[axis]), received[0]);
        write(layer(wide_, axis, wide_.hi[axis] - 1), received[1]);
    }

    std::vector<double> read(const mesh::Box& slab) const
    {
        std::vector<double> out;
        out.reserve(static_cast<std::size_t>(slab.volume()));
        for_cells(slab, [&](const mesh::Index3& v) { out.push_back(values_[wide_.offset(v)]); });
        return out;
    }

    void write(const mesh::Box& slab, const std::vector<double>& in)
    {
        std::size_t next = 0;
        for_cells(slab, [&](const mesh::Index3& v) { values_[wide_.offset(v)] = in[next++]; });
    }

    std::span<double> values_;
    mesh::Box box_;
    mesh::Box wide_;
    FaceNeighbours neighbours_;
    const parallel::Communicator* comm_;
};
} // namespace

Concentration::Concentration(const mesh::Partition& partition, const parallel::Communicator& comm, double initial)
    : partition_(partition),
      comm_(&comm),
      box_(partition.box(comm.rank())),
      ghosted_box_(with_margin(box_)),
      ghosted_(static_cast<std::size_t>(ghosted_box_.volume()), initial)
{
}

Vec3 Concentration::gradient_per_um(const mesh::Index3& v) const
{
    const double twice_um = 2.0 * partition_.grid().spacing_um;
    const auto slope = [&](const mesh::Index3& before, const mesh::Index3& after) {
        return (at(after) - at(before)) / twice_um;
    };
    return {slope({v[0] - 1, v[1], v[2]}, {v[0] + 1, v[1], v[2]}),
            slope({v[0], v[1] - 1, v[2]}, {v[0], v[1] + 1, v[2]}),
            slope({v[0], v[1], v[2] - 1}, {v[0], v[1], v[2] + 1})};
}

std::vector<double> Concentration::owned() const
{
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(box_.volume()));
    for_cells(box_, [&](const mesh::Index3& v) { values.push_back(at(v)); });
    return values;
}

void Concentration::assign(std::span<const double> owned)
{
    ensure(owned.size() == static_cast<std::size_t>(box_.volume()), "values do not match the voxels of this rank");
    std::size_t next = 0;
    for_cells(box_, [&](const mesh::Index3& v) { ghosted_[ghosted_offset(v)] = owned[next++]; });
    refresh_halo();
}

void Concentration::refresh_halo()
{
    GhostLayers(ghosted_, box_, face_neighbours(partition_, comm_->rank()), *comm_).refresh();
}

} // namespace paget::fields
