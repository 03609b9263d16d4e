#include "paget/organ/vessel_network.hpp"

#include "vessel_text.hpp"

#include "paget/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace paget::organ
{
namespace
{
constexpr const char* segment_words = "name, type, from node, to node, diameter [um], flow [nl/min], haematocrit";
constexpr const char* node_words = "name, x, y, z [um]";
constexpr const char* boundary_words = "node, type, value, haematocrit, oxygen [mmHg]";

/// Kinds of segments in a file; what a file may say and nothing else.
constexpr std::int64_t not_flowing = 3;
constexpr std::int64_t flow_given_zero = 4;
constexpr std::int64_t flowing = 5;

constexpr std::int64_t pressure_given = 0;
constexpr std::int64_t flow_given = 2;

/// A segment line, before the nodes are known.
struct SegmentLine {
    const TextLine* line = nullptr;
    std::int64_t name = 0;
    std::int64_t type = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    double diameter_um = 0.0;
    double flow_nl_per_min = 0.0;
    double haematocrit = 0.0;
};

/// Slack for sums of decimal numbers that binary ones only approximate.
bool at_most(double value, double limit) { return value <= limit * (1.0 + 1e-9); }

std::string size_text(const Vec3& size_um) { return fmt::format("{} x {} x {} um", size_um.x, size_um.y, size_um.z); }

/// Reads the parts of a network file in their order.
class VesselFile
{
public:
    explicit VesselFile(const std::string& path) : text_(path) {}

    VesselNetwork read(const mesh::Grid& grid)
    {
        VesselNetwork network;
        network.title = text_.title();
        read_box(grid);
        read_solver_settings();
        read_segments();
        read_nodes(grid);
        network.nodes = nodes_;
        read_boundary(network); // before segments look up their nodes, so that a wrong number of nodes is found first
        for (const SegmentLine& segment : segments_) {
            append_segment(network, segment);
        }
        return network;
    }

private:
    void read_box(const mesh::Grid& grid)
    {
        const TextLine& line = text_.next("the box: its size along x, y and z [um]");
        const auto edge = [&](std::size_t axis, const char* name) {
            const double size_um = text_.number(line, axis, name);
            text_.require(line, size_um > 0.0, fmt::format("the {} is {}, not above 0", name, size_um),
                          "vessels need a box with a volume", "Give the size of the measured tissue in micrometres.");
            return size_um;
        };
        box_um_ = {edge(0, "box size along x [um]"), edge(1, "box size along y [um]"),
                   edge(2, "box size along z [um]")};
        const Vec3 space_um = grid.extent_um();
        const bool fits =
            at_most(box_um_.x, space_um.x) && at_most(box_um_.y, space_um.y) && at_most(box_um_.z, space_um.z);
        text_.require(line, fits,
                      fmt::format("the network's box of {} does not fit into the organ's {}", size_text(box_um_),
                                  size_text(space_um)),
                      "its vessels would lie outside the tissue",
                      fmt::format("Make the organ at least {}.", size_text(box_um_)));
    }

    /// Settings of the program the format comes from: checked, so that a shifted file is noticed, and not used.
    void read_solver_settings()
    {
        const TextLine& points = text_.next("the numbers of tissue points along x, y and z");
        for (std::size_t axis = 0; axis < 3; ++axis) {
            text_.whole(points, axis, "number of tissue points");
        }
        text_.number(text_.next("the outer bound distance [um]"), 0, "outer bound distance [um]");
        text_.number(text_.next("the maximum segment length [um]"), 0, "maximum segment length [um]");
        text_.whole(text_.next("the maximum number of segments per node"), 0, "maximum number of segments per node");
    }

    void read_segments()
    {
        const std::int64_t count = text_.count("segments", 1);
        text_.skip_heading();
        std::unordered_map<std::int64_t, int> seen;
        for (std::int64_t i = 0; i < count; ++i) {
            const TextLine& line = text_.next(fmt::format("segment {} of {}: {}", i + 1, count, segment_words));
            segments_.push_back(segment_of(line));
            const auto [first, fresh] = seen.emplace(segments_.back().name, line.number);
            text_.require(line, fresh,
                          fmt::format("segment {} was already given on line {}", first->first, first->second),
                          "names tell segments apart", "Give every segment a name of its own.");
        }
    }

    SegmentLine segment_of(const TextLine& line) const
    {
        SegmentLine s{&line};
        s.name = text_.whole(line, 0, "segment's name", segment_words);
        s.type = text_.whole(line, 1, "segment's type", segment_words);
        s.from = text_.whole(line, 2, "name of the node it comes from", segment_words);
        s.to = text_.whole(line, 3, "name of the node it goes to", segment_words);
        s.diameter_um = text_.number(line, 4, "diameter [um]", segment_words);
        s.flow_nl_per_min = text_.number(line, 5, "flow [nl/min]", segment_words);
        s.haematocrit = text_.share(line, 6, "haematocrit", segment_words);
        text_.require(line, s.type == not_flowing || s.type == flow_given_zero || s.type == flowing,
                      fmt::format("segment {} is of type {}", s.name, s.type),
                      "5 = flowing, 4 = flow given zero, 3 = not flowing", "Give one of these.");
        text_.require(
            line, s.diameter_um > 0.0, fmt::format("segment {} has a diameter of {} um", s.name, s.diameter_um),
            "a vessel without a wall exchanges nothing", "Give a diameter above 0, or leave the segment out.");
        return s;
    }

    void read_nodes(const mesh::Grid& grid)
    {
        const std::int64_t count = text_.count("nodes", 2);
        text_.skip_heading();
        for (std::int64_t i = 0; i < count; ++i) {
            const TextLine& line = text_.next(fmt::format("node {} of {}: {}", i + 1, count, node_words));
            const std::int64_t name = text_.whole(line, 0, "node's name", node_words);
            const bool fresh = node_index_.emplace(name, static_cast<std::int32_t>(nodes_.size())).second;
            text_.require(line, fresh, fmt::format("node {} is given twice", name), "names tell nodes apart",
                          "Give every node a name of its own.");
            nodes_.push_back({placed(position_of(line, name), grid), name});
        }
    }

    Vec3 position_of(const TextLine& line, std::int64_t name) const
    {
        const Vec3 p{text_.number(line, 1, "x [um]", node_words), text_.number(line, 2, "y [um]", node_words),
                     text_.number(line, 3, "z [um]", node_words)};
        const bool inside = p.x >= 0.0 && p.y >= 0.0 && p.z >= 0.0 && at_most(p.x, box_um_.x) &&
                            at_most(p.y, box_um_.y) && at_most(p.z, box_um_.z);
        text_.require(line, inside, fmt::format("node {} lies outside the box of {}", name, size_text(box_um_)),
                      "all vessels must lie in the measured piece of tissue",
                      "Correct the position, or the box on the second line.");
        return p;
    }

    /// From the file's corner to the grid's. The rounding of the shift must not push a node out of the grid.
    Vec3 placed(const Vec3& position_um, const mesh::Grid& grid) const
    {
        const Vec3 space_um = grid.extent_um();
        const Vec3 p = position_um + 0.5 * (space_um - box_um_);
        return {std::clamp(p.x, 0.0, space_um.x), std::clamp(p.y, 0.0, space_um.y), std::clamp(p.z, 0.0, space_um.z)};
    }

    std::int32_t node_named(const TextLine& line, std::int64_t name, const std::string& who) const
    {
        const auto found = node_index_.find(name);
        text_.require(line, found != node_index_.end(),
                      fmt::format("{} names node {}, which is not among the nodes", who, name),
                      "its position is unknown", "Add the node, or correct the name.");
        return found->second;
    }

    void append_segment(VesselNetwork& network, const SegmentLine& from) const
    {
        const std::string who = fmt::format("segment {}", from.name);
        const bool flows = from.type == flowing;
        const MeasuredFlow flow{node_named(*from.line, from.from, who), node_named(*from.line, from.to, who),
                                flows ? from.flow_nl_per_min : 0.0, from.haematocrit};
        Segment segment;
        segment.start_um = nodes_[static_cast<std::size_t>(flow.from_node)].position_um;
        segment.end_um = nodes_[static_cast<std::size_t>(flow.to_node)].position_um;
        segment.radius_um = 0.5 * from.diameter_um;
        segment.name = from.name;
        segment.flowing = flows;
        text_.require(*from.line, segment.length_um() > 0.0, fmt::format("{} starts and ends at one point", who),
                      "it has no length", "Correct its nodes, or leave it out.");
        network.segments.push_back(segment);
        network.flows.push_back(flow);
    }

    void read_boundary(VesselNetwork& network)
    {
        const std::int64_t count = text_.count("boundary nodes", 0);
        text_.skip_heading();
        std::unordered_map<std::int32_t, int> seen;
        for (std::int64_t i = 0; i < count; ++i) {
            const TextLine& line = text_.next(fmt::format("boundary node {} of {}: {}", i + 1, count, boundary_words));
            network.boundary.push_back(boundary_of(line));
            const auto [first, fresh] = seen.emplace(network.boundary.back().node, line.number);
            text_.require(line, fresh, fmt::format("this boundary node was already given on line {}", first->second),
                          "a node has one condition", "Leave one of the lines out.");
        }
        text_.finish("boundary nodes", 3);
    }

    FlowBoundary boundary_of(const TextLine& line) const
    {
        FlowBoundary b;
        const std::int64_t name = text_.whole(line, 0, "boundary node's name", boundary_words);
        const std::int64_t type = text_.whole(line, 1, "boundary node's type", boundary_words);
        b.node = node_named(line, name, "the boundary");
        b.kind = type == pressure_given ? FlowBoundary::Kind::pressure : FlowBoundary::Kind::flow;
        b.value = text_.number(line, 2, "pressure [mmHg] or flow [nl/min]", boundary_words);
        b.haematocrit = text_.share(line, 3, "haematocrit", boundary_words);
        b.oxygen_mmhg = text_.number(line, 4, "oxygen [mmHg]", boundary_words);
        text_.require(line, type == pressure_given || type == flow_given,
                      fmt::format("boundary node {} is of type {}", name, type), "0 = pressure given, 2 = flow given",
                      "Give one of these.");
        return b;
    }

    TextLines text_;
    Vec3 box_um_;
    std::vector<SegmentLine> segments_;
    std::vector<VesselNode> nodes_;
    std::unordered_map<std::int64_t, std::int32_t> node_index_;
};
} // namespace

VesselNetwork read_vessel_network(const std::string& path, const mesh::Grid& grid)
{
    return VesselFile(path).read(grid);
}

} // namespace paget::organ
