// The layer around a rank's voxels holds what the neighbours have, edges and corners included.

#include "paget/fields/concentration.hpp"

#include "support/field_case.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace paget::fields
{
using namespace testing_fields;

TEST(Halos, HoldTheNeighboursVoxelsAndMirrorsAtWalls)
{
    const auto comm = parallel::Communicator::world();
    for (const mesh::Index3 voxels : {mesh::Index3{37, 20, 11}, mesh::Index3{48, 32, 1}}) {
        const mesh::Grid grid{voxels, 20.0};
        for (const auto& partition : all_partitions(grid, comm.size())) {
            Concentration field(partition, comm, 0.0);
            field.assign(values_on(field.box(), [&](const auto& v) { return random_at(grid, v, 5); }));
            mesh::Box wide = field.box();
            for (std::size_t a = 0; a < 3; ++a) {
                wide.lo[a] -= 1;
                wide.hi[a] += 1;
            }
            for_voxels(wide, [&](const mesh::Index3& v) {
                mesh::Index3 inside = v;
                for (std::size_t a = 0; a < 3; ++a) {
                    inside[a] = std::clamp(v[a], 0, voxels[a] - 1);
                }
                ASSERT_EQ(field.at(v), random_at(grid, inside, 5)) << v[0] << ' ' << v[1] << ' ' << v[2];
            });
        }
    }
}

} // namespace paget::fields
