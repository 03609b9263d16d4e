#pragma once

#include "paget/core/hash.hpp"
#include "paget/fields/concentration.hpp"
#include "paget/fields/substance.hpp"
#include "paget/mesh/partition.hpp"
#include "paget/parallel/communicator.hpp"

#include <cstdint>
#include <vector>

namespace paget::testing_fields
{

/// Calls f(voxel) for the voxels of a box, x fastest.
template <class F>
void for_voxels(const mesh::Box& box, F f)
{
    for (int k = box.lo[2]; k < box.hi[2]; ++k) {
        for (int j = box.lo[1]; j < box.hi[1]; ++j) {
            for (int i = box.lo[0]; i < box.hi[0]; ++i) {
                f(mesh::Index3{i, j, k});
            }
        }
    }
}

/// f(voxel) for the voxels of a box, x fastest.
template <class F>
std::vector<double> values_on(const mesh::Box& box, F f)
{
    std::vector<double> values;
    for_voxels(box, [&](const mesh::Index3& v) { values.push_back(f(v)); });
    return values;
}

/// A number in [0, 1) that belongs to a voxel, whatever the cut.
inline double random_at(const mesh::Grid& grid, const mesh::Index3& voxel, std::uint64_t salt)
{
    return static_cast<double>(mix64(mix64(grid.global_index(voxel)) ^ mix64(salt)) >> 11U) * 0x1p-53;
}

/// Checksum of a field over the whole organ. Collective.
inline std::uint64_t checksum(const mesh::Grid& grid, const fields::Concentration& field,
                              const parallel::Communicator& comm)
{
    UnorderedChecksum sum;
    for_voxels(field.box(), [&](const mesh::Index3& v) { sum.add(grid.global_index(v), field.at(v)); });
    return comm.sum_modulo(sum.value());
}

/// Every way to cut a grid into one box per rank.
inline std::vector<mesh::Partition> all_partitions(const mesh::Grid& grid, int ranks)
{
    std::vector<mesh::Partition> partitions;
    const mesh::Index3 bricks = grid.bricks();
    for (int px = 1; px <= ranks; ++px) {
        for (int py = 1; py <= ranks; ++py) {
            for (int pz = 1; pz <= ranks; ++pz) {
                if (px * py * pz == ranks && px <= bricks[0] && py <= bricks[1] && pz <= bricks[2]) {
                    partitions.emplace_back(grid, mesh::Index3{px, py, pz});
                }
            }
        }
    }
    return partitions;
}

/// Loss and gain of every voxel of a box.
struct Rates {
    std::vector<double> loss_per_min;
    std::vector<double> gain_per_min;

    fields::Reaction reaction() const { return {loss_per_min, gain_per_min}; }
};

/// Scattered cells and a few sources: losses of 3 to 10 per minute in a third of the voxels, gains in a tenth.
inline Rates scattered_cells(const mesh::Grid& grid, const mesh::Box& box)
{
    return {values_on(box,
                      [&](const mesh::Index3& v) {
                          return random_at(grid, v, 1) < 0.33 ? 3.0 + 7.0 * random_at(grid, v, 2) : 0.0;
                      }),
            values_on(box, [&](const mesh::Index3& v) {
                return random_at(grid, v, 3) < 0.1 ? 5.0 * random_at(grid, v, 4) : 0.0;
            })};
}

/// Oxygen: 38 mmHg held at all walls.
inline fields::Substance oxygen()
{
    fields::Substance substance;
    substance.name = "oxygen";
    substance.unit = "mmHg";
    substance.diffusivity_um2_per_min = 1e5;
    substance.decay_per_min = 0.1;
    substance.initial = 38.0;
    substance.walls.fill(38.0);
    return substance;
}

} // namespace paget::testing_fields
