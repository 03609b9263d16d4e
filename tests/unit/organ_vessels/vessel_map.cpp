#include "paget/organ/vessel_map.hpp"

#include "paget/core/error.hpp"
#include "paget/core/fixed_point.hpp"
#include "paget/mesh/partition.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace paget::organ
{
namespace
{
const RandomNumbers random_numbers(11);
const mesh::Grid mapped{{20, 17, 9}, 7.5};

Segment vessel(const Vec3& start_um, const Vec3& end_um, double radius_um = 3.0)
{
    Segment segment;
    segment.start_um = start_um;
    segment.end_um = end_um;
    segment.radius_um = radius_um;
    return segment;
}

VesselNetwork network_of(std::vector<Segment> segments)
{
    VesselNetwork network;
    network.segments = std::move(segments);
    return network;
}

/// A point in the grid, or up to `beyond` of its size outside on each side.
Vec3 random_point(const mesh::Grid& grid, std::uint64_t number, double beyond = 0.0)
{
    const auto u = random_numbers.uniforms(Purpose::test, number, 0);
    const Vec3 e = grid.extent_um();
    const auto spread = [&](double share) { return (1.0 + 2.0 * beyond) * share - beyond; };
    return {spread(u[0]) * e.x, spread(u[1]) * e.y, spread(u[2]) * e.z};
}

/// Segments at random, a third of them without flow, radii from 1 to 6 um.
VesselNetwork random_network(const mesh::Grid& grid, std::uint64_t count, double beyond = 0.0)
{
    VesselNetwork network;
    for (std::uint64_t i = 0; i < count; ++i) {
        const double radius_um = 1.0 + 5.0 * random_numbers.uniform(Purpose::test, i, 1);
        network.segments.push_back(
            vessel(random_point(grid, 2 * i, beyond), random_point(grid, 2 * i + 1, beyond), radius_um));
        network.segments.back().flowing = i % 3 != 2;
    }
    return network;
}

double wall_um2(const Segment& segment) { return 2.0 * std::numbers::pi * segment.radius_um * segment.length_um(); }

double whole_wall_um2(const VesselNetwork& network)
{
    return std::accumulate(network.segments.begin(), network.segments.end(), 0.0,
                           [](double sum, const Segment& s) { return sum + (s.flowing ? wall_um2(s) : 0.0); });
}

double mapped_wall_um2(const VesselMap& map, const mesh::Grid& grid)
{
    const auto walls = map.wall_area_per_um();
    return std::accumulate(walls.begin(), walls.end(), 0.0) * grid.voxel_volume_um3();
}

/// The slow twin of cut_at_voxels: Liang and Barsky's clipping (1984) of the segment against one voxel.
double length_inside_um(const Segment& segment, const mesh::Grid& grid, const mesh::Index3& voxel)
{
    const std::array<double, 3> start{segment.start_um.x, segment.start_um.y, segment.start_um.z};
    const std::array<double, 3> end{segment.end_um.x, segment.end_um.y, segment.end_um.z};
    double begin = 0.0;
    double stop = 1.0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double way = end[axis] - start[axis];
        const double low = (voxel[axis] * grid.spacing_um[axis] - start[axis]) / way;
        const double high = ((voxel[axis] + 1) * grid.spacing_um[axis] - start[axis]) / way;
        begin = std::max(begin, std::min(low, high));
        stop = std::min(stop, std::max(low, high));
    }
    return std::max(0.0, stop - begin) * segment.length_um();
}

double distance_to_axis_um(const Segment& segment, const Vec3& position)
{
    const Vec3 way = segment.end_um - segment.start_um;
    const double share = std::clamp(dot(position - segment.start_um, way) / dot(way, way), 0.0, 1.0);
    return norm(position - segment.point_um(share));
}

/// The slow twin of nearest(): all segments, one after another.
VesselMap::Nearest nearest_of_all(const VesselNetwork& network, const Vec3& position, double reach_um)
{
    VesselMap::Nearest best;
    for (std::size_t i = 0; i < network.segments.size(); ++i) {
        const Segment& segment = network.segments[i];
        const double distance = std::max(0.0, distance_to_axis_um(segment, position) - segment.radius_um);
        const bool better = best.segment < 0 || distance < best.distance_um - 1e-9;
        if (segment.flowing && distance <= reach_um && better) {
            best = {static_cast<std::int32_t>(i), distance};
        }
    }
    return best;
}
} // namespace

TEST(VesselPieces, FollowTheSegmentWithoutGaps)
{
    const auto network = random_network(mapped, 300);
    for (const Segment& segment : network.segments) {
        const auto pieces = cut_at_voxels(segment, mapped);
        ASSERT_FALSE(pieces.empty());
        EXPECT_EQ(pieces.front().begin, 0.0);
        EXPECT_EQ(pieces.back().end, 1.0);
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            EXPECT_EQ(pieces[i].begin, pieces[i - 1].end);
            int steps = 0;
            for (std::size_t axis = 0; axis < 3; ++axis) {
                steps += std::abs(pieces[i].voxel[axis] - pieces[i - 1].voxel[axis]);
            }
            EXPECT_EQ(steps, 1) << "neighbouring pieces lie in voxels that share a face";
        }
    }
}

TEST(VesselPieces, HaveTheLengthsThatClippingEveryVoxelGives)
{
    const auto network = random_network(mapped, 60, 0.4);
    for (const Segment& segment : network.segments) {
        std::vector<double> fast(static_cast<std::size_t>(mapped.voxel_count()), 0.0);
        for (const SegmentPiece& piece : cut_at_voxels(segment, mapped)) {
            fast[mapped.global_index(piece.voxel)] += (piece.end - piece.begin) * segment.length_um();
        }
        for (int z = 0; z < mapped.voxels[2]; ++z) {
            for (int y = 0; y < mapped.voxels[1]; ++y) {
                for (int x = 0; x < mapped.voxels[0]; ++x) {
                    const double slow = length_inside_um(segment, mapped, {x, y, z});
                    ASSERT_NEAR(fast[mapped.global_index({x, y, z})], slow, 1e-9) << x << ' ' << y << ' ' << z;
                }
            }
        }
    }
}

TEST(VesselPieces, InPlanesBetweenVoxelsAreCountedOnce)
{
    const mesh::Grid grid{{4, 4, 4}, 10.0};
    const auto along_a_plane = cut_at_voxels(vessel({20, 5, 5}, {20, 35, 5}), grid);
    ASSERT_EQ(along_a_plane.size(), 4U);
    EXPECT_EQ(along_a_plane.front().voxel, (mesh::Index3{2, 0, 0}));
    EXPECT_EQ(along_a_plane.back().voxel, (mesh::Index3{2, 3, 0}));
    const auto on_the_surface = cut_at_voxels(vessel({40, 40, 0}, {40, 40, 40}), grid);
    ASSERT_EQ(on_the_surface.size(), 4U);
    EXPECT_EQ(on_the_surface.back().voxel, (mesh::Index3{3, 3, 3}));
    const auto along_the_diagonal = cut_at_voxels(vessel({0, 0, 0}, {40, 40, 40}), grid);
    ASSERT_EQ(along_the_diagonal.size(), 4U);
    EXPECT_EQ(along_the_diagonal[2].voxel, (mesh::Index3{2, 2, 2}));
    EXPECT_TRUE(cut_at_voxels(vessel({-5, 5, 5}, {-5, 35, 5}), grid).empty());
    EXPECT_TRUE(cut_at_voxels(vessel({5, 5, 5}, {5, 5, 5}), grid).size() <= 1U) << "a point has no length to lose";
}

TEST(VesselMap, HoldsTheWholeWall)
{
    const auto network = random_network(mapped, 500);
    const VesselMap map(network, mapped, mapped.box(), 10.0);
    EXPECT_NEAR(mapped_wall_um2(map, mapped) / whole_wall_um2(network), 1.0, 1e-13);
}

TEST(VesselMap, LosesNotOneUnitOfAWall)
{
    // With voxels of volume 1 um^3 the walls in the voxels, in units of 2^-32 um^2, are whole numbers that a double
    // holds.
    const mesh::Grid unit_grid{{20, 17, 9}, 1.0};
    for (const Segment& segment : random_network(unit_grid, 100).segments) {
        const VesselMap map(network_of({segment}), unit_grid, unit_grid.box(), 0.0);
        std::int64_t units = 0;
        for (const double wall : map.wall_area_per_um()) {
            units += fixed_point::from_double(wall);
        }
        EXPECT_EQ(units, segment.flowing ? fixed_point::from_double(wall_um2(segment)) : 0);
    }
}

TEST(VesselMap, OfAStraightCapillaryIsKnown)
{
    const mesh::Grid grid{{5, 5, 5}, 10.0};
    const VesselMap map(network_of({vessel({25, 25, 0}, {25, 25, 50}, 4.0)}), grid, grid.box(), 8.0);
    EXPECT_NEAR(map.wall_area_per_um()[grid.global_index({2, 2, 3})], 2.0 * std::numbers::pi * 4.0 / 100.0, 1e-12);
    EXPECT_EQ(map.wall_area_per_um()[grid.global_index({1, 2, 3})], 0.0);
    EXPECT_TRUE(map.perfused({2, 2, 4}));
    EXPECT_FALSE(map.perfused({2, 1, 4}));
    EXPECT_EQ(map.nearest({35, 25, 12}).segment, 0);
    EXPECT_NEAR(map.nearest({35, 25, 12}).distance_um, 6.0, 1e-12);
    EXPECT_EQ(map.nearest({26, 25, 12}).distance_um, 0.0) << "inside the vessel";
    EXPECT_EQ(map.nearest({25, 37, 12}).segment, 0) << "at 8 um, the reach";
    EXPECT_EQ(map.nearest({25, 37.001, 12}).segment, -1) << "just beyond";
}

TEST(VesselMap, IgnoresVesselsWithoutFlow)
{
    auto network = network_of({vessel({25, 25, 0}, {25, 25, 50})});
    network.segments[0].flowing = false;
    const mesh::Grid grid{{5, 5, 5}, 10.0};
    const VesselMap map(network, grid, grid.box(), 8.0);
    EXPECT_EQ(mapped_wall_um2(map, grid), 0.0);
    EXPECT_FALSE(map.perfused({2, 2, 2}));
    EXPECT_EQ(map.nearest({25, 25, 25}).segment, -1);
}

TEST(VesselMap, TakesTheSmallerIndexOfEquallyNearVessels)
{
    const mesh::Grid grid{{5, 5, 5}, 10.0};
    const auto left = vessel({15, 25, 0}, {15, 25, 50});
    const auto right = vessel({35, 25, 0}, {35, 25, 50});
    EXPECT_EQ(VesselMap(network_of({left, right}), grid, grid.box(), 20.0).nearest({25, 25, 25}).segment, 0);
    const auto thin = vessel({25, 25, 0}, {25, 25, 50}, 1.0);
    const auto thick = vessel({26, 25, 0}, {26, 25, 50}, 20.0);
    EXPECT_EQ(VesselMap(network_of({thin, thick}), grid, grid.box(), 20.0).nearest({25, 25, 25}).segment, 0)
        << "the point is inside both";
}

TEST(VesselMap, FindsTheNearestOfAll)
{
    const auto network = random_network(mapped, 40, 0.2);
    for (const double reach_um : {0.0, 5.0, 60.0}) {
        const VesselMap map(network, mapped, mapped.box(), reach_um);
        int found = 0;
        for (std::uint64_t i = 0; i < 3000; ++i) {
            const Vec3 position = random_point(mapped, 100000 + i);
            const auto fast = map.nearest(position);
            const auto slow = nearest_of_all(network, position, reach_um);
            ASSERT_EQ(fast.segment, slow.segment) << i;
            ASSERT_NEAR(fast.distance_um, slow.distance_um, 1e-9);
            found += fast.segment >= 0 ? 1 : 0;
        }
        EXPECT_GT(found, 10) << "the reach " << reach_um << " was tried in earnest";
    }
}

TEST(VesselMap, IsTheSameForAnyCut)
{
    const auto network = random_network(mapped, 80, 0.1);
    const VesselMap whole(network, mapped, mapped.box(), 12.0);
    for (const mesh::Index3& parts : {mesh::Index3{2, 1, 1}, mesh::Index3{3, 3, 2}}) {
        const mesh::Partition partition(mapped, parts);
        for (int rank = 0; rank < partition.ranks(); ++rank) {
            const mesh::Box box = partition.box(rank);
            const VesselMap part(network, mapped, box, 12.0);
            ASSERT_EQ(part.wall_area_per_um().size(), static_cast<std::size_t>(box.volume()));
            for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(mapped.voxel_count()); ++i) {
                const Vec3 position = random_point(mapped, 200000 + i);
                const mesh::Index3 voxel = mapped.voxel_at(position);
                if (!box.contains(voxel)) {
                    continue;
                }
                ASSERT_EQ(part.wall_area_per_um()[box.offset(voxel)],
                          whole.wall_area_per_um()[mapped.global_index(voxel)]);
                ASSERT_EQ(part.perfused(voxel), whole.perfused(voxel));
                ASSERT_EQ(part.nearest(position).segment, whole.nearest(position).segment);
                ASSERT_EQ(part.nearest(position).distance_um, whole.nearest(position).distance_um);
            }
        }
    }
}

TEST(VesselMap, WallsDoNotDependOnTheOrderOfVessels)
{
    auto network = random_network(mapped, 200);
    const VesselMap forward(network, mapped, mapped.box(), 0.0);
    std::reverse(network.segments.begin(), network.segments.end());
    const VesselMap backward(network, mapped, mapped.box(), 0.0);
    EXPECT_TRUE(std::equal(forward.wall_area_per_um().begin(), forward.wall_area_per_um().end(),
                           backward.wall_area_per_um().begin()));
}

TEST(VesselMap, OfATwoDimensionalBedSeesVesselsEndOn)
{
    const mesh::Grid layer{{20, 20, 1}, 10.0};
    const auto bed = generate_capillary_bed(layer, 50.0, 4.0, 0.2, RandomNumbers(3), 0);
    const VesselMap map(bed, layer, layer.box(), 30.0);
    EXPECT_NEAR(mapped_wall_um2(map, layer), 16.0 * 2.0 * std::numbers::pi * 4.0 * 10.0, 1e-6);
    const Vec3 at{bed.segments[5].start_um.x + 6.0, bed.segments[5].start_um.y, 5.0};
    EXPECT_EQ(map.nearest(at).segment, 5);
    EXPECT_NEAR(map.nearest(at).distance_um, 2.0, 1e-12);
}

TEST(VesselMap, WithoutVesselsOrVoxelsIsEmpty)
{
    const VesselMap none({}, mapped, mapped.box(), 10.0);
    EXPECT_EQ(mapped_wall_um2(none, mapped), 0.0);
    EXPECT_EQ(none.nearest(mapped.centre_um({1, 1, 1})).segment, -1);
    const VesselMap nothing_owned(random_network(mapped, 5), mapped, {{0, 0, 0}, {0, 0, 0}}, 10.0);
    EXPECT_TRUE(nothing_owned.wall_area_per_um().empty());
}

TEST(VesselMap, AnswersForItsOwnVoxelsOnly)
{
    const mesh::Box lower{{0, 0, 0}, {8, 17, 9}};
    const VesselMap map(random_network(mapped, 5), mapped, lower, 10.0);
    EXPECT_THROW(map.nearest(mapped.centre_um({8, 0, 0})), BugError);
    EXPECT_THROW(map.perfused({8, 0, 0}), BugError);
    EXPECT_THROW(VesselMap({}, mapped, {{0, 0, 0}, {21, 17, 9}}, 1.0), BugError);
    EXPECT_THROW(VesselMap({}, mapped, mapped.box(), -1.0), BugError);
    EXPECT_THROW(VesselMap({}, mapped, mapped.box(), std::numeric_limits<double>::infinity()), BugError);
}

} // namespace paget::organ
