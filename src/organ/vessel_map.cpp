#include "paget/organ/vessel_map.hpp"

#include "paget/core/error.hpp"
#include "paget/core/fixed_point.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

namespace paget::organ
{
namespace
{
std::array<double, 3> components(const Vec3& v) { return {v.x, v.y, v.z}; }

double middle_of(const SegmentPiece& piece) { return 0.5 * (piece.begin + piece.end); }

/// Where the segment crosses planes between voxels, the grid's surface included, as fractions of it, with 0 and 1.
std::vector<double> crossings(const Segment& segment, const mesh::Grid& grid)
{
    const auto start = components(segment.start_um);
    const auto end = components(segment.end_um);
    std::vector<double> cuts{0.0, 1.0};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double low = std::min(start[axis], end[axis]);
        const double high = std::max(start[axis], end[axis]);
        const double last = static_cast<double>(grid.voxels[axis]);
        const int from = static_cast<int>(std::clamp(std::floor(low / grid.spacing_um[axis]), 0.0, last));
        const int to = static_cast<int>(std::clamp(std::ceil(high / grid.spacing_um[axis]), 0.0, last));
        for (int plane = from; plane <= to; ++plane) {
            const double position = plane * grid.spacing_um[axis];
            if (position > low && position < high) {
                cuts.push_back(std::clamp((position - start[axis]) / (end[axis] - start[axis]), 0.0, 1.0));
            }
        }
    }
    std::sort(cuts.begin(), cuts.end());
    return cuts;
}

/// Rounded areas from the segment's start to the ends of a piece: their differences add up to the whole without loss.
std::int64_t wall_of(const SegmentPiece& piece, double whole_um2)
{
    return fixed_point::from_double(whole_um2 * piece.end) - fixed_point::from_double(whole_um2 * piece.begin);
}

/// Half a voxel's diagonal, with room for rounding.
double voxel_radius_um(const mesh::Grid& grid)
{
    return 0.5 * (1.0 + 1e-9) * std::hypot(grid.spacing_um[0], grid.spacing_um[1], grid.spacing_um[2]);
}

/// The owned voxels that a box given by two corners and a margin touches; an extent may be empty.
mesh::Box voxels_around(const Vec3& a_um, const Vec3& b_um, double margin_um, const std::array<double, 3>& spacing_um,
                        const mesh::Box& owned)
{
    const auto a = components(a_um);
    const auto b = components(b_um);
    mesh::Box box;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double low = std::floor((std::min(a[axis], b[axis]) - margin_um) / spacing_um[axis]) - 1.0;
        const double high = std::floor((std::max(a[axis], b[axis]) + margin_um) / spacing_um[axis]) + 2.0;
        box.lo[axis] = static_cast<int>(std::clamp<double>(low, owned.lo[axis], owned.hi[axis]));
        box.hi[axis] = static_cast<int>(std::clamp<double>(high, owned.lo[axis], owned.hi[axis]));
    }
    return box;
}

template <typename Visit>
void for_each_voxel(const mesh::Box& box, Visit&& visit)
{
    for (int z = box.lo[2]; z < box.hi[2]; ++z) {
        for (int y = box.lo[1]; y < box.hi[1]; ++y) {
            for (int x = box.lo[0]; x < box.hi[0]; ++x) {
                visit(mesh::Index3{x, y, z});
            }
        }
    }
}

void check(const VesselNetwork& network, const mesh::Grid& grid, const mesh::Box& owned, double reach_um)
{
    ensure(network.segments.size() < static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()),
           "more vessel segments than an index can count");
    ensure(std::isfinite(reach_um) && reach_um >= 0.0, "the reach of a vessel map is negative or not finite");
    for (std::size_t axis = 0; axis < 3; ++axis) {
        ensure(owned.lo[axis] >= 0 && owned.lo[axis] <= owned.hi[axis] && owned.hi[axis] <= grid.voxels[axis],
               "the box of a vessel map is not within its grid");
    }
}
} // namespace

std::vector<SegmentPiece> cut_at_voxels(const Segment& segment, const mesh::Grid& grid)
{
    const std::vector<double> cuts = crossings(segment, grid);
    std::vector<SegmentPiece> pieces;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        SegmentPiece piece{{}, cuts[i], cuts[i + 1]};
        const Vec3 middle_um = segment.point_um(middle_of(piece));
        if (piece.begin < piece.end && grid.contains(middle_um)) {
            piece.voxel = grid.voxel_at(middle_um);
            pieces.push_back(piece);
        }
    }
    return pieces;
}

double VesselMap::Tube::wall_distance_um(const Vec3& position_um) const
{
    const Vec3 from_start = position_um - start_um;
    const double along = std::clamp(dot(from_start, way_um) * inverse_square_um, 0.0, 1.0);
    return norm(from_start - along * way_um) - radius_um;
}

VesselMap::Tube VesselMap::tube_of(const Segment& segment, std::size_t index)
{
    Tube tube;
    tube.start_um = segment.start_um;
    tube.way_um = segment.end_um - segment.start_um;
    const double square_um2 = dot(tube.way_um, tube.way_um);
    tube.inverse_square_um = square_um2 > 0.0 ? 1.0 / square_um2 : 0.0;
    tube.radius_um = segment.radius_um;
    tube.segment = static_cast<std::int32_t>(index);
    return tube;
}

VesselMap::VesselMap(const VesselNetwork& network, const mesh::Grid& grid, const mesh::Box& owned, double reach_um)
    : grid_(grid),
      owned_(owned),
      reach_um_(reach_um)
{
    check(network, grid, owned, reach_um);
    wall_area_per_um_ = walls(network, [](const Segment&) { return 1.0; });
    const auto leaky = [](const Segment& segment) { return segment.flowing && segment.maturity < 1.0; };
    if (std::any_of(network.segments.begin(), network.segments.end(), leaky)) {
        immature_area_per_um_ = walls(network, [](const Segment& segment) { return 1.0 - segment.maturity; });
    }
    for (std::size_t i = 0; i < network.segments.size(); ++i) {
        const Segment& segment = network.segments[i];
        if (segment.flowing && comes_near(segment, segment.radius_um + reach_um)) {
            tubes_.push_back(tube_of(segment, i));
        }
    }
    list_candidates();
}

bool VesselMap::comes_near(const Segment& segment, double margin_um) const
{
    return voxels_around(segment.start_um, segment.end_um, margin_um, grid_.spacing_um, owned_).volume() > 0;
}

/// Wall area per volume of the owned voxels, of which every segment counts with its share.
template <typename Share>
std::vector<double> VesselMap::walls(const VesselNetwork& network, const Share& share_of) const
{
    std::vector<std::int64_t> quanta(static_cast<std::size_t>(owned_.volume()), 0);
    for (const Segment& segment : network.segments) {
        const double share = share_of(segment);
        if (!segment.flowing || share == 0.0 || !comes_near(segment, 0.0)) {
            continue;
        }
        const double whole_um2 = share * (2.0 * std::numbers::pi * segment.radius_um * segment.length_um());
        for (const SegmentPiece& piece : cut_at_voxels(segment, grid_)) {
            if (owned_.contains(piece.voxel)) {
                quanta[owned_.offset(piece.voxel)] += wall_of(piece, whole_um2);
            }
        }
    }
    std::vector<double> area_per_um;
    area_per_um.reserve(quanta.size());
    for (const std::int64_t wall : quanta) {
        area_per_um.push_back(fixed_point::to_double(wall) / grid_.voxel_volume_um3());
    }
    return area_per_um;
}

/// Calls visit(voxel's offset, wall's distance from the voxel's centre) for owned voxels that hold a point within
/// reach.
template <typename Visit>
void VesselMap::visit_near(const Tube& tube, Visit&& visit) const
{
    const double limit_um = reach_um_ + voxel_radius_um(grid_);
    const Vec3 end_um = tube.start_um + tube.way_um;
    const double margin_um = tube.radius_um + reach_um_;
    for_each_voxel(voxels_around(tube.start_um, end_um, margin_um, grid_.spacing_um, owned_),
                   [&](const mesh::Index3& voxel) {
                       const double distance_um = tube.wall_distance_um(grid_.centre_um(voxel));
                       if (distance_um <= limit_um) {
                           visit(owned_.offset(voxel), distance_um);
                       }
                   });
}

/// A tube is left out of a voxel's list if another one is nearer to every point of the voxel. Distances within a voxel
/// differ from the centre's by at most half the diagonal.
void VesselMap::list_candidates()
{
    const double half_um = voxel_radius_um(grid_);
    std::vector<double> beaten_um(static_cast<std::size_t>(owned_.volume()), std::numeric_limits<double>::infinity());
    for (const Tube& tube : tubes_) {
        visit_near(tube, [&](std::size_t v, double distance_um) {
            beaten_um[v] = std::min(beaten_um[v], std::max(0.0, distance_um + half_um));
        });
    }
    first_.assign(beaten_um.size() + 1, 0);
    std::vector<std::pair<std::size_t, std::int32_t>> pairs;
    for (std::size_t t = 0; t < tubes_.size(); ++t) {
        visit_near(tubes_[t], [&](std::size_t v, double distance_um) {
            if (distance_um - half_um <= beaten_um[v]) {
                pairs.emplace_back(v, static_cast<std::int32_t>(t));
                ++first_[v + 1];
            }
        });
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    candidates_.resize(pairs.size());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (const auto& [voxel, tube] : pairs) {
        candidates_[next[voxel]++] = tube;
    }
}

VesselMap::Nearest VesselMap::nearest(const Vec3& position_um) const
{
    const mesh::Index3 voxel = grid_.voxel_at(position_um);
    ensure(owned_.contains(voxel), "nearest vessel asked for a point outside this rank's box");
    const std::size_t v = owned_.offset(voxel);
    Nearest best{-1, std::numeric_limits<double>::infinity()};
    for (std::size_t i = first_[v]; i < first_[v + 1]; ++i) {
        const Tube& tube = tubes_[static_cast<std::size_t>(candidates_[i])];
        const double distance_um = std::max(0.0, tube.wall_distance_um(position_um));
        if (distance_um <= reach_um_ && distance_um < best.distance_um) {
            best = {tube.segment, distance_um};
        }
    }
    return best.segment < 0 ? Nearest{} : best;
}

bool VesselMap::perfused(const mesh::Index3& voxel) const
{
    ensure(owned_.contains(voxel), "perfusion asked for a voxel outside this rank's box");
    return wall_area_per_um_[owned_.offset(voxel)] > 0.0;
}

} // namespace paget::organ
