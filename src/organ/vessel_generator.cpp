#include "paget/organ/vessel_network.hpp"

#include "paget/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace paget::organ
{
namespace
{
/// The capillaries before they are moved: how many there are, and where their nodes lie.
struct Lattice {
    Vec3 extent_um;
    double spacing_um = 0.0;
    std::int64_t columns_x = 1;
    std::int64_t columns_y = 1;
    std::int64_t pieces = 1; ///< segments of one capillary

    std::int64_t segment_count() const { return columns_x * columns_y * pieces; }
    Vec3 node_um(std::int64_t column, std::int64_t node) const;
};

double centred(std::int64_t index, std::int64_t count, double spacing_um, double extent_um)
{
    return 0.5 * extent_um + (static_cast<double>(index) - 0.5 * static_cast<double>(count - 1)) * spacing_um;
}

Vec3 Lattice::node_um(std::int64_t column, std::int64_t node) const
{
    return {centred(column % columns_x, columns_x, spacing_um, extent_um.x),
            centred(column / columns_x, columns_y, spacing_um, extent_um.y),
            node == pieces ? extent_um.z : extent_um.z * static_cast<double>(node) / static_cast<double>(pieces)};
}

/// Nearest whole number of spacings in an extent, at least one. Refuses what would not fit into an index.
std::int64_t count_along(double extent_um, double spacing_um)
{
    const double count = std::round(extent_um / spacing_um);
    ensure(count < 1e6, "the spacing of a capillary bed is far too small for its grid");
    return std::max(std::int64_t{1}, static_cast<std::int64_t>(count));
}

Lattice lay_out(const mesh::Grid& grid, double spacing_um)
{
    Lattice lattice;
    lattice.extent_um = grid.extent_um();
    lattice.spacing_um = spacing_um;
    lattice.columns_x = count_along(lattice.extent_um.x, spacing_um);
    lattice.columns_y = count_along(lattice.extent_um.y, spacing_um);
    lattice.pieces = grid.planar() ? 1 : count_along(lattice.extent_um.z, spacing_um);
    ensure(lattice.segment_count() <= std::numeric_limits<std::int32_t>::max(), "too many segments in a capillary bed");
    return lattice;
}

/// Keeps the whole cross-section inside where there is room for it, at least the centre line where there is not.
double kept_inside(double position_um, double radius_um, double extent_um)
{
    const double margin_um = std::min(radius_um, 0.5 * extent_um);
    return std::clamp(position_um, margin_um, extent_um - margin_um);
}

/// Moves the nodes of a lattice. A node's displacement is uniform in a disc of radius jitter * spacing.
class Jitter
{
public:
    Jitter(const Lattice& lattice, double radius_um, double reach_um, const RandomNumbers& random, std::uint64_t key)
        : lattice_(lattice),
          radius_um_(radius_um),
          reach_um_(reach_um),
          random_(random),
          key_(key)
    {
    }

    Vec3 moved_um(std::int64_t column, std::int64_t node) const
    {
        const auto draw = 2 * static_cast<std::uint64_t>(column * (lattice_.pieces + 1) + node);
        const double share = random_.uniform(Purpose::vessel_generator, key_, 0, draw);
        const Vec3 way = random_.unit_vector(Purpose::vessel_generator, key_, 0, true, draw + 1);
        Vec3 position = lattice_.node_um(column, node) + reach_um_ * std::sqrt(share) * way;
        position.x = kept_inside(position.x, radius_um_, lattice_.extent_um.x);
        position.y = kept_inside(position.y, radius_um_, lattice_.extent_um.y);
        return position;
    }

private:
    const Lattice& lattice_;
    double radius_um_;
    double reach_um_;
    const RandomNumbers& random_;
    std::uint64_t key_;
};

Segment segment_between(const Vec3& start_um, const Vec3& end_um, double radius_um, std::size_t name)
{
    Segment segment;
    segment.start_um = start_um;
    segment.end_um = end_um;
    segment.radius_um = radius_um;
    segment.name = static_cast<std::int64_t>(name);
    return segment;
}

/// In 2-D the one segment stands upright, so its end is moved as its start.
void append_capillary(std::vector<Segment>& segments, const Lattice& lattice, const Jitter& jitter, std::int64_t column,
                      double radius_um, bool upright)
{
    Vec3 start_um = jitter.moved_um(column, 0);
    for (std::int64_t node = 1; node <= lattice.pieces; ++node) {
        const Vec3 end_um = upright ? Vec3{start_um.x, start_um.y, lattice.extent_um.z} : jitter.moved_um(column, node);
        segments.push_back(segment_between(start_um, end_um, radius_um, segments.size()));
        start_um = end_um;
    }
}

void append_end(VesselNetwork& network, std::size_t node, double pressure_mmhg, double haematocrit)
{
    FlowBoundary end;
    end.node = static_cast<std::int32_t>(node);
    end.value = pressure_mmhg;
    end.haematocrit = haematocrit;
    network.boundary.push_back(end);
}

/// The nodes of one capillary, from the low face to the high one.
void connect_capillary(VesselNetwork& network, const Lattice& lattice, std::int64_t column, const BedEnds& ends)
{
    const auto node = [&](const Vec3& at_um) {
        network.nodes.push_back({at_um, static_cast<std::int64_t>(network.nodes.size())});
        return static_cast<std::int32_t>(network.nodes.size() - 1);
    };
    const auto first = static_cast<std::size_t>(column * lattice.pieces);
    const auto pieces = static_cast<std::size_t>(lattice.pieces);
    const std::size_t low = network.nodes.size();
    std::int32_t from = node(network.segments[first].start_um);
    for (std::size_t s = first; s < first + pieces; ++s) {
        const std::int32_t to = node(network.segments[s].end_um);
        network.flows.push_back({from, to, 0.0, ends.haematocrit});
        from = to;
    }
    const bool down = ends.alternating && (column % lattice.columns_x + column / lattice.columns_x) % 2 == 1;
    append_end(network, low, down ? ends.outflow_mmhg : ends.inflow_mmhg, ends.haematocrit);
    append_end(network, low + pieces, down ? ends.inflow_mmhg : ends.outflow_mmhg, ends.haematocrit);
}
} // namespace

VesselNetwork generate_capillary_bed(const mesh::Grid& grid, double spacing_um, double radius_um, double jitter,
                                     const RandomNumbers& random, std::uint64_t organ_key,
                                     const std::optional<BedEnds>& ends)
{
    ensure(std::isfinite(spacing_um) && spacing_um >= 0.0, "the spacing of a capillary bed is negative or not finite");
    ensure(std::isfinite(radius_um) && radius_um > 0.0, "the radius of a capillary is not positive");
    ensure(jitter >= 0.0 && jitter <= 1.0, "the jitter of a capillary bed is not between 0 and 1");
    VesselNetwork network;
    network.title = "generated capillary bed";
    if (spacing_um == 0.0) {
        return network;
    }
    const Lattice lattice = lay_out(grid, spacing_um);
    const Jitter moved(lattice, radius_um, jitter * spacing_um, random, organ_key);
    network.segments.reserve(static_cast<std::size_t>(lattice.segment_count()));
    for (std::int64_t column = 0; column < lattice.columns_x * lattice.columns_y; ++column) {
        append_capillary(network.segments, lattice, moved, column, radius_um, grid.planar());
        if (ends) {
            connect_capillary(network, lattice, column, *ends);
        }
    }
    return network;
}

} // namespace paget::organ
