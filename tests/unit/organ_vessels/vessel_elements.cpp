#include "vessel_elements.hpp"

#include "made_network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

namespace paget::organ
{
using testing_vessels::MadeNetwork;

namespace
{
const mesh::Grid block({16, 16, 16}, 10.0);

MadeNetwork two_vessels()
{
    MadeNetwork made;
    made.node({0, 20, 30});
    made.node({160, 90, 110});
    made.node({70, 0, 20}); // along a face
    made.node({90, 0, 150});
    made.vessel(0, 1, 9.0, 1.0);
    made.vessel(2, 3, 30.0, -1.0);
    made.inflow(0, 1.0);
    made.inflow(1, -1.0);
    made.inflow(2, -1.0);
    made.inflow(3, 1.0);
    return made;
}

BloodCarriage permeable()
{
    BloodCarriage carriage;
    carriage.permeability_um_per_min = 1e4;
    return carriage;
}

VesselElements elements_of(const VesselNetwork& network, const mesh::Grid& grid)
{
    const VesselFlow flow = find_flow(network, {FlowSource::file, HaematocritLaw::mixed, 1.0, 1.2});
    return cut_into_elements(network, flow, permeable(), 1.2e5, grid);
}
} // namespace

TEST(VesselElements, AreShortAndCoverTheWholeVessel)
{
    const MadeNetwork made = two_vessels();
    const VesselElements elements = elements_of(made.network, block);
    ASSERT_EQ(elements.first.size(), 3U);
    for (std::size_t s = 0; s < 2; ++s) {
        const double length_um = made.network.segments[s].length_um();
        const int count = elements.first[s + 1] - elements.first[s];
        EXPECT_LE(length_um / count, 5.0);
        EXPECT_GE(length_um / (count - 1), 5.0);
    }
    EXPECT_EQ(elements.all.front().ring_um, 5.0); // half a voxel, wider than the vessel
    EXPECT_EQ(elements.all.back().ring_um, 15.0); // the vessel's own wall
}

TEST(VesselElements, LieBehindTheirWallAndASleeveOfTissue)
{
    const MadeNetwork made = two_vessels();
    const VesselElements elements = elements_of(made.network, block);
    const double length_um = made.network.segments[0].length_um() / elements.first[1];
    const double wall = 1.0 / (std::numbers::pi * 9.0 * 1e4);
    const double sleeve = std::log((5.0 + 1.8 + 0.56) / 4.5) / (2.0 * std::numbers::pi * 1.2e5);
    EXPECT_NEAR(elements.all[0].um3_per_min, length_um / (wall + sleeve), 1e-9 * length_um / (wall + sleeve));
}

TEST(VesselShares, SumToOneAndAreTheSameForAnyCut)
{
    const MadeNetwork made = two_vessels();
    const VesselElements elements = elements_of(made.network, block);
    const VesselShares whole(made.network, elements, block, block.box());
    std::map<std::pair<std::int32_t, std::uint64_t>, double> all;
    std::map<std::int32_t, double> sums;
    std::map<std::int32_t, Vec3> centres;
    for (const auto& share : whole.all()) {
        const mesh::Index3 voxel{share.voxel % 16, share.voxel / 16 % 16, share.voxel / 256};
        all[{share.element, block.global_index(voxel)}] = share.weight;
        sums[share.element] += share.weight;
        centres[share.element] += share.weight * block.centre_um(voxel);
    }
    EXPECT_EQ(sums.size(), elements.all.size());
    for (const auto& [element, sum] : sums) {
        EXPECT_NEAR(sum, 1.0, 1e-14);
    }
    const std::int32_t inner = elements.first[1] / 2; // far from faces the shares lie around the axis
    EXPECT_LT(norm(centres[inner] - elements.all[static_cast<std::size_t>(inner)].middle_um), 1e-9);
    std::size_t found = 0;
    for (const mesh::Box& part :
         {mesh::Box{{0, 0, 0}, {8, 16, 8}}, mesh::Box{{8, 0, 0}, {16, 16, 8}}, mesh::Box{{0, 0, 8}, {16, 16, 16}}}) {
        const VesselShares shares(made.network, elements, block, part);
        for (const auto& share : shares.all()) {
            const int nx = part.extent(0);
            const int ny = part.extent(1);
            const mesh::Index3 voxel{part.lo[0] + share.voxel % nx, part.lo[1] + share.voxel / nx % ny,
                                     part.lo[2] + share.voxel / (nx * ny)};
            const auto same = all.find({share.element, block.global_index(voxel)});
            ASSERT_NE(same, all.end());
            EXPECT_EQ(share.weight, same->second);
            ++found;
        }
    }
    EXPECT_EQ(found, all.size());
}

} // namespace paget::organ
