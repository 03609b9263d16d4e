#include "paget/fields/concentration.hpp"

#include "margin_exchange.hpp"

#include "paget/core/error.hpp"

#include <algorithm>

namespace paget::fields
{
namespace
{
mesh::Box with_margin(const mesh::Box& box)
{
    mesh::Box wide = box;
    for (std::size_t a = 0; a < 3; ++a) {
        wide.lo[a] -= 1;
        wide.hi[a] += 1;
    }
    return wide;
}

/// Sets what is negative to zero. Nearly always nothing is: then nothing is written either.
void clip(std::span<double> values)
{
    int negative = 0;
    for (const double u : values) {
        negative |= static_cast<int>(u < 0.0);
    }
    if (negative != 0) {
        std::transform(values.begin(), values.end(), values.begin(), [](double u) { return u < 0.0 ? 0.0 : u; });
    }
}

/// Calls f(first voxel) for the rows of a box.
template <class F>
void for_rows(const mesh::Box& box, F f)
{
    for (int k = box.lo[2]; k < box.hi[2]; ++k) {
        for (int j = box.lo[1]; j < box.hi[1]; ++j) {
            f(mesh::Index3{box.lo[0], j, k});
        }
    }
}
} // namespace

Concentration::Concentration(const mesh::Partition& partition, const parallel::Communicator& comm, double initial)
    : partition_(partition),
      box_(partition.box(comm.rank())),
      ghosted_box_(with_margin(box_)),
      ghosted_(static_cast<std::size_t>(ghosted_box_.volume()), initial),
      margins_(std::make_unique<MarginExchange<double>>(
          PaddedBox{{box_.extent(0), box_.extent(1), box_.extent(2)}, {1, 1, 1}, {1, 1, 1}},
          face_neighbours(partition, comm.rank()), comm))
{
}

Concentration::~Concentration() = default;
Concentration::Concentration(Concentration&&) noexcept = default;
Concentration& Concentration::operator=(Concentration&&) noexcept = default;

Vec3 Concentration::gradient_per_um(const mesh::Index3& v) const
{
    const auto slope = [&](std::size_t axis) {
        mesh::Index3 before = v;
        mesh::Index3 after = v;
        before[axis] -= 1;
        after[axis] += 1;
        return (at(after) - at(before)) / (2.0 * partition_.grid().spacing_um[axis]);
    };
    return {slope(0), slope(1), slope(2)};
}

std::vector<double> Concentration::owned() const
{
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(box_.volume()));
    for_rows(box_, [&](const mesh::Index3& first) {
        const double* row = ghosted_.data() + ghosted_offset(first);
        values.insert(values.end(), row, row + box_.extent(0));
    });
    return values;
}

void Concentration::assign_clipped(std::span<double> owned)
{
    ensure(owned.size() == static_cast<std::size_t>(box_.volume()), "values do not match the voxels of this rank");
    for_rows(box_, [&](const mesh::Index3& first) {
        const auto row = owned.subspan(box_.offset(first), static_cast<std::size_t>(box_.extent(0)));
        clip(row);
        std::copy(row.begin(), row.end(), ghosted_.data() + ghosted_offset(first));
    });
    margins_->refresh(ghosted_.data());
}

void Concentration::assign(std::span<const double> owned)
{
    ensure(owned.size() == static_cast<std::size_t>(box_.volume()), "values do not match the voxels of this rank");
    for_rows(box_, [&](const mesh::Index3& first) {
        std::copy_n(owned.data() + box_.offset(first), box_.extent(0), ghosted_.data() + ghosted_offset(first));
    });
    margins_->refresh(ghosted_.data());
}

} // namespace paget::fields
