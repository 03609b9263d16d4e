#pragma once

#include "paget/core/vec3.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <memory>
#include <span>
#include <vector>

namespace paget::fields
{

template <class T>
class MarginExchange;

/// Values of one substance on this rank's voxels and on one layer of voxels around them (those of the neighbouring
/// ranks; outside the organ: the mirror of the nearest voxel inside).
class Concentration
{
public:
    Concentration(const mesh::Partition& partition, const parallel::Communicator& comm, double initial);
    ~Concentration();
    Concentration(Concentration&&) noexcept;
    Concentration& operator=(Concentration&&) noexcept;

    const mesh::Box& box() const { return box_; }

    /// Value at an owned voxel or a voxel next to one. Local.
    double at(const mesh::Index3& voxel) const { return ghosted_[ghosted_offset(voxel)]; }

    /// Central difference per um at an owned voxel (one-sided differences halved at walls; 0 along z in 2-D). Local.
    Vec3 gradient_per_um(const mesh::Index3& voxel) const;

    /// Owned values, x fastest, as a copy. Local.
    std::vector<double> owned() const;

    /// Replaces the owned values (x fastest) and refreshes the layer around them. Collective over the organ.
    void assign(std::span<const double> owned);

    /// The same after setting what is negative in `owned` to zero. Collective.
    void assign_clipped(std::span<double> owned);

private:
    std::size_t ghosted_offset(const mesh::Index3& voxel) const { return ghosted_box_.offset(voxel); }

    mesh::Partition partition_;
    mesh::Box box_;
    mesh::Box ghosted_box_;
    std::vector<double> ghosted_;
    std::unique_ptr<MarginExchange<double>> margins_;
};

} // namespace paget::fields
