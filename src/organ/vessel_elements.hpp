#pragma once

#include "paget/mesh/grid.hpp"
#include "paget/organ/blood_carriage.hpp"
#include "paget/organ/vessel_flow.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace paget::organ
{

/// A short piece of a vessel, over which tissue and wall are taken to be alike.
struct VesselElement {
    std::int32_t segment = 0;
    Vec3 middle_um;
    double ring_um = 0.0;     ///< radius of the ring of points by which it meets tissue
    double um3_per_min = 0.0; ///< amount per time over the difference of blood and the ring's mean
};

/// The vessels through which blood flows, cut into elements of at most half a voxel.
struct VesselElements {
    std::vector<VesselElement> all;    ///< segment by segment, from its start to its end
    std::vector<std::int32_t> first{}; ///< segment s has all[first[s]] to all[first[s + 1] - 1]
};

/// Between blood and the voxels around a vessel lie its wall and, where the ring is wider than the vessel, a sleeve of
/// tissue: a voxel's value is that at a distance of r_eq = ring + h (0.18 + 0.028 h / ring) from the axis (h: edge of a
/// voxel), computed from the Green's function of the seven-point stencil for rings of radius 0.5 h and more. The ring
/// is the wall itself, but at least 0.5 h wide. Peaceman 1978 (SPE J 18:183) introduced such radii for wells. Local.
VesselElements cut_into_elements(const VesselNetwork& network, const VesselFlow& flow, const BloodCarriage& carriage,
                                 double diffusivity_um2_per_min, const mesh::Grid& grid);

/// How elements lie in this rank's voxels: points on a ring around the middle, each shared out over the eight voxels
/// around it (linear interpolation), mirrored at the organ's faces. Over all voxels the shares of an element sum to
/// one.
class VesselShares
{
public:
    /// Local.
    VesselShares(const VesselNetwork& network, const VesselElements& elements, const mesh::Grid& grid,
                 const mesh::Box& owned);

    struct Share {
        std::int32_t element = 0;
        std::int32_t voxel = 0; ///< offset in this rank's box
        double weight = 0.0;
    };

    /// Ascending in elements, so that sums over a voxel's elements have one order on any number of ranks.
    std::span<const Share> all() const { return shares_; }

private:
    std::vector<Share> shares_;
};

} // namespace paget::organ
