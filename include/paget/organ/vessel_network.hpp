#pragma once

#include "paget/core/random.hpp"
#include "paget/core/vec3.hpp"
#include "paget/mesh/grid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paget::organ
{

/// A straight piece of blood vessel.
struct Segment {
    Vec3 start_um;
    Vec3 end_um;
    double radius_um = 4.0;
    std::int64_t name = 0; ///< its label in the file, or its running number
    bool flowing = true;   ///< exchanges with tissue, lets cells in and out
    double maturity = 1.0; ///< of its wall, 0 (just grown, leaky) to 1

    double length_um() const { return norm(end_um - start_um); }
    Vec3 point_um(double fraction) const { return start_um + fraction * (end_um - start_um); }
};

/// A point where segments meet or end.
struct VesselNode {
    Vec3 position_um;
    std::int64_t name = 0; ///< its label in the file
};

/// What a network file says of the blood in one segment.
struct MeasuredFlow {
    std::int32_t from_node = 0; ///< index into the network's nodes; the segment's start
    std::int32_t to_node = 0;
    double flow_nl_per_min = 0.0; ///< positive from start to end; 0 if the segment does not flow
    double haematocrit = 0.0;     ///< discharge haematocrit
};

/// What a network file prescribes where a vessel leaves the measured piece of tissue.
struct FlowBoundary {
    enum class Kind { pressure, flow };
    std::int32_t node = 0; ///< index into the network's nodes
    Kind kind = Kind::pressure;
    double value = 0.0; ///< pressure [mmHg], or flow into the network [nl/min]
    double haematocrit = 0.0;
    double oxygen_mmhg = 0.0;
};

/// The vessels of an organ, the same on all ranks. The last three lists are empty for a generated network through
/// which no flow is asked for.
struct VesselNetwork {
    std::string title;
    std::vector<Segment> segments;
    std::vector<VesselNode> nodes;
    std::vector<MeasuredFlow> flows; ///< one per segment
    std::vector<FlowBoundary> boundary;

    double total_length_um() const;
    /// Over what acts on cells and fields: places, radii, flows and what holds at the ends.
    std::uint64_t checksum() const;
};

/// Where blood comes into a generated bed and leaves it: at the faces z = 0 and z = end.
struct BedEnds {
    double inflow_mmhg = 0.0;
    double outflow_mmhg = 0.0;
    double haematocrit = 0.0;
    bool alternating = false; ///< neighbours flow in opposite directions, else all up z
};

/// A bed of parallel capillaries along z on a square lattice of the given spacing in x and y, centred in the grid. Each
/// capillary runs from face to face and is cut into equal segments of about the spacing; the nodes between them, and
/// the ends on the faces, are moved at random in x and y by up to jitter * spacing (0 <= jitter <= 1), never out of the
/// grid. In 2-D a capillary is seen end on: one segment through the layer. Empty if spacing is 0. The numbers depend on
/// (random's seed, organ_key) only. With `ends`, there are nodes and conditions at them, too. Throws BugError for a
/// negative or non-finite spacing, radius or jitter.
VesselNetwork generate_capillary_bed(const mesh::Grid& grid, double spacing_um, double radius_um, double jitter,
                                     const RandomNumbers& random, std::uint64_t organ_key,
                                     const std::optional<BedEnds>& ends = {});

/// Reads a measured network (format: docs/vessel_files.md), placed with its box's centre at the grid's centre. Local:
/// it reads the file on the calling rank. Throws InputError with file, line and remedy if the file cannot be read, is
/// not such a network, or does not fit into the grid.
VesselNetwork read_vessel_network(const std::string& path, const mesh::Grid& grid);

} // namespace paget::organ
