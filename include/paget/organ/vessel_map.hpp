#pragma once

#include "paget/core/vec3.hpp"
#include "paget/mesh/grid.hpp"
#include "paget/organ/vessel_network.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::organ
{

/// The part of a segment that lies in one voxel: from point_um(begin) to point_um(end).
struct SegmentPiece {
    mesh::Index3 voxel{};
    double begin = 0.0;
    double end = 1.0;
};

/// Cuts a segment at the planes between voxels: its pieces from start to end, each with begin < end, and next to each
/// other wherever the segment is inside the grid. Parts outside the grid are left out; a piece that runs in a plane
/// between two voxels belongs to the upper one, in the grid's surface to the voxel inside.
std::vector<SegmentPiece> cut_at_voxels(const Segment& segment, const mesh::Grid& grid);

/// How vessels lie in this rank's voxels. Every number is the same for any cut of the grid into boxes. Only flowing
/// segments count: the others neither exchange with tissue nor let cells through.
class VesselMap
{
public:
    /// `owned`: this rank's box, within the grid. Distances are known up to reach_um (>= 0) from a vessel's wall.
    /// Local.
    VesselMap(const VesselNetwork& network, const mesh::Grid& grid, const mesh::Box& owned, double reach_um);

    /// Wall area per tissue volume [1/um], per owned voxel, x fastest: the sum over segments of 2 pi radius * (length
    /// inside the voxel) / voxel volume. Areas are rounded to 2^-32 um^2, so that their sum does not depend on order.
    std::span<const double> wall_area_per_um() const { return wall_area_per_um_; }

    /// The same for the immature share (1 - maturity) of every segment's wall; empty if all walls are mature.
    std::span<const double> immature_area_per_um() const { return immature_area_per_um_; }

    struct Nearest {
        std::int32_t segment = -1; ///< index into the network's segments; -1: none within reach
        double distance_um = 0.0;  ///< from the wall, 0 inside the vessel
    };

    /// The segment whose wall is nearest to a point in an owned voxel (the smaller index if two are equally near), if
    /// it is within reach. Throws BugError if the voxel is not owned.
    Nearest nearest(const Vec3& position_um) const;

    /// True if a segment passes through an owned voxel. Throws BugError if the voxel is not owned.
    bool perfused(const mesh::Index3& voxel) const;

private:
    /// A straight vessel as nearest() needs it.
    struct Tube {
        Vec3 start_um;
        Vec3 way_um;
        double inverse_square_um = 0.0; ///< 1 / length^2
        double radius_um = 0.0;
        std::int32_t segment = 0;

        double wall_distance_um(const Vec3& position_um) const; ///< negative inside
    };

    static Tube tube_of(const Segment& segment, std::size_t index);
    bool comes_near(const Segment& segment, double margin_um) const;
    template <typename Share>
    std::vector<double> walls(const VesselNetwork& network, const Share& share_of) const;
    void list_candidates();
    template <typename Visit>
    void visit_near(const Tube& tube, Visit&& visit) const;

    mesh::Grid grid_;
    mesh::Box owned_;
    double reach_um_;
    std::vector<double> wall_area_per_um_;
    std::vector<double> immature_area_per_um_;
    std::vector<Tube> tubes_;              ///< the flowing segments that come near this rank's box
    std::vector<std::size_t> first_;       ///< voxel v's candidates are candidates_[first_[v]] ...
    std::vector<std::int32_t> candidates_; ///< ... to candidates_[first_[v + 1] - 1]: indices of tubes_, ascending
};

} // namespace paget::organ
